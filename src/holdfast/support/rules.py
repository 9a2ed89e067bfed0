"""Decisions about threads, addresses that may be asked, answers of a server, and files, pure."""

import ipaddress
import re
import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit

MOST_REDIRECTS = 5
DAYS_BETWEEN_LOOKS = 7
LARGEST_FILE = 10 * 1024 * 1024
MOST_TURNS = 200


class State(StrEnum):
    """How a request for help stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


def after_a_turn(state: State, *, from_coach: bool) -> State:
    """Return how a thread stands after somebody wrote; writing into a closed one takes it up again."""
    return State.ANSWERED if from_coach else State.ASKED


class LinkState(StrEnum):
    """What the server found behind a link."""

    NEW = "new"
    WORKS = "works"
    SIGN_IN = "sign_in"
    GONE = "gone"
    SILENT = "silent"
    REFUSED = "refused"


def state_for(status: int) -> LinkState:
    """Return what an HTTP status, 100 to 599, says about a link. Raises ValueError otherwise."""
    if not 100 <= status <= 599:
        raise ValueError(f"{status=}")
    if status in {404, 410}:
        return LinkState.GONE
    if status in {401, 403, 407}:
        return LinkState.SIGN_IN
    return LinkState.WORKS if status < 400 or status in {405, 429} else LinkState.SILENT


Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
TEREDO = ipaddress.IPv6Network("2001::/32")


def may_be_asked(written: str) -> bool:
    """Tell whether the server may send a request to an IP address: only to one the whole internet can reach.

    Private, loopback, link-local, shared, reserved and multicast addresses are refused, also where an IPv6 address
    carries an IPv4 address inside: a link must never make the server ask its own neighbours. Raises ValueError for
    anything that is no IP address.
    """
    address: Address = ipaddress.ip_address(written.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return may_be_asked(str(address.ipv4_mapped))
        if address in NAT64:
            return may_be_asked(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        if address in SIX_TO_FOUR or address in TEREDO:
            return False
        if int(address) >> 32 == 0:  # ::a.b.c.d, given up long ago, and ::1 among them
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_unspecified
    )


def fits_a_link(url: str) -> bool:
    """Tell whether this is an address of the web that a browser opens: http or https, a host, nobody's password.

    Ports below 1024 belong to other services, except the two of the web.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return plain and url.isprintable() and " " not in url and (port is None or port in {80, 443} or port >= 1024)


class FileKind(StrEnum):
    """What may be added as a file."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


CONTENT_TYPES = {FileKind.PDF: "application/pdf", FileKind.PNG: "image/png", FileKind.JPEG: "image/jpeg"}
BEGINNINGS = {
    FileKind.PDF: b"%PDF-",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
}


def kind_of(begin: bytes) -> FileKind | None:
    """Return what a file is by how it begins; what it is called says nothing. None for everything else."""
    return next((kind for kind, first in BEGINNINGS.items() if begin.startswith(first)), None)


def download_name(title: str, kind: FileKind) -> str:
    """Return a name any computer can save a file under: letters, digits and hyphens of the title, and its kind."""
    kept = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", title)).strip("-_")[:80]
    return f"{kept or 'handout'}.{'jpg' if kind is FileKind.JPEG else kind.value}"
