"""A log line never holds what would let its reader in (E3)."""

import io
import logging
import re

import pytest
from django.test import Client

from holdfast.config.routes import ROUTES
from holdfast.people import actions
from holdfast.web.routes import Access
from tests.given import Ours


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What reaches the server's own output."""
    stderr = next(handler for handler in logging.getLogger().handlers if handler.get_name() == "stderr")
    kept = io.StringIO()
    monkeypatch.setattr(stderr, "stream", kept)
    return kept


def test_E3_a_sign_in_link_that_still_works_is_not_written_down(ours: Ours, written: io.StringIO) -> None:
    token = actions.make_sign_in_link(ours.pat)
    address = f"/desk/sign-in/link/{token}/"
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403  # from a browser that keeps no cookie
    assert actions.check_link(token).person == ours.pat  # there was something to keep secret
    assert "Forbidden (CSRF cookie not set.): /desk/sign-in/link/…\n" in written.getvalue()
    assert token not in written.getvalue()


def test_E3_an_address_inside_a_room_is_not_written_down(written: io.StringIO) -> None:
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/r/KTRMWE/stream?ticket=p.7.abc")
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/report/")
    assert [line.rpartition(" ")[2] for line in written.getvalue().splitlines()] == ["/r/…", "/report/"]


def test_E3_the_address_of_a_staff_page_or_of_a_mail_is_not_written_down(written: io.StringIO) -> None:
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/s/vY5IowtxmErh7HrFsboQ0")
    logging.getLogger("django.request").warning("%s: %s", "Method Not Allowed", "/mail/417:x8f/")
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/sites/")
    assert [line.rpartition(" ")[2] for line in written.getvalue().splitlines()] == ["/s/…", "/mail/…", "/sites/"]


def test_E3_no_address_that_is_a_key_by_itself_is_written_down(written: io.StringIO) -> None:
    """Also those of routes that nobody has thought of here yet: whoever reads the log could go in."""
    keys = [one.pattern for one in ROUTES if one.access is Access.EVERYONE and re.search("<(slug|str):", one.pattern)]
    assert {"dates/<slug:token>.ics", "barrier/<str:token>/", "mail/<str:token>/"} <= set(keys)
    for pattern in keys:
        logging.getLogger("django.request").error("%s: %s", "Server", "/" + re.sub("<[^>]+>", "KTRMWE7", pattern))
    assert len(written.getvalue().splitlines()) == len(keys)
    assert [line for line in written.getvalue().splitlines() if "KTRMWE7" in line] == []
