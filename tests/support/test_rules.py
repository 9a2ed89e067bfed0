"""Which addresses a server may ask, what its answers say, and what a file is, decided without asking anybody."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.support.rules import FileKind, LinkState, download_name, fits_a_link, kind_of, may_be_asked, state_for

NOBODYS_BUSINESS = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4", "255.255.255.255/32", "::1/128", "::/128", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32",
    "100::/64", "2002::/16", "2001::/32",
)  # fmt: skip
NETWORKS = [ipaddress.ip_network(network) for network in NOBODYS_BUSINESS]


@pytest.mark.parametrize("network", NOBODYS_BUSINESS)
def test_DV_no_address_of_a_private_loopback_link_local_or_reserved_range_is_asked(network: str) -> None:
    found = ipaddress.ip_network(network)
    for address in (found[0], found[-1], found[found.num_addresses // 2]):
        assert not may_be_asked(str(address))


@given(st.sampled_from([n for n in NETWORKS if n.version == 4]), st.integers(0, 2**32 - 1))
def test_DV_an_inner_address_is_refused_in_whatever_clothes_it_comes(
    network: ipaddress.IPv4Network, drawn: int
) -> None:
    inner = network[drawn % network.num_addresses]
    for written in (str(inner), f"::ffff:{inner}", f"64:ff9b::{inner}", f"::{inner}"):
        assert not may_be_asked(written), written


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_DV_an_address_of_the_whole_internet_is_asked(address: str) -> None:
    assert may_be_asked(address)


def test_what_is_no_address_is_an_error() -> None:
    with pytest.raises(ValueError, match="localhost"):
        may_be_asked("localhost")


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org:8080/", True),
        ("https://[2606:2800::1]/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("ftp://example.org/", False),
        ("https://", False),
        ("https://me:secret@example.org/", False),
        ("https://example.org:22/", False),
        ("https://example.org:99999/", False),
        ("https://[broken/", False),
        ("https://example.org/a b", False),
        ("https://example.org/\r\nHost: x", False),
        ("example.org", False),
    ],
)
def test_DV_only_addresses_a_browser_opens_are_links(url: str, fits: bool) -> None:
    assert fits_a_link(url) is fits


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "works"), (204, "works"), (405, "works"), (429, "works"), (404, "gone"), (410, "gone"), (401, "sign_in"),
     (403, "sign_in"), (500, "silent"), (400, "silent"), (301, "works")],
)  # fmt: skip
def test_DV_a_status_says_how_a_link_stands(status: int, state: str) -> None:
    assert state_for(status) is LinkState(state)


def test_a_status_out_of_range_is_an_error() -> None:
    with pytest.raises(ValueError, match="status=99"):
        state_for(99)


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"%PDF-1.4 ...", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (b"<svg onload=alert(1)>", None),
        (b"<html>", None),
        (b"MZ\x90", None),
        (b"", None),
        (b" %PDF-1.4", None),
    ],
)
def test_DV_a_file_is_what_it_begins_with(begin: bytes, kind: FileKind | None) -> None:
    assert kind_of(begin) is kind


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The steps", "The-steps.pdf"),
        ("<script>alert(1)</script>", "script-alert-1-script.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ('a"; filename=evil.exe', "a-filename-evil-exe.pdf"),
        ("\u202efdp.exe", "fdp-exe.pdf"),
        ("משאבים", "משאבים.pdf"),
        ("🌿", "handout.pdf"),
    ],
)
def test_DV_a_file_is_saved_under_a_harmless_name(title: str, name: str) -> None:
    assert download_name(title, FileKind.PDF) == name
