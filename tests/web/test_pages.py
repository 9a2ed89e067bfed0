"""Pages for everyone and for what goes wrong: kind, complete, and alike for what is not there and what is not yours."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory

from holdfast.web import navigation, views
from holdfast.web.errors import PAGES


@pytest.fixture
def anybody() -> HttpRequest:
    return RequestFactory().get("/desk/something/")


@pytest.mark.parametrize("address", ["/help/", "/promise/"])
def test_pages_for_everyone_need_no_account_and_set_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_promise_says_what_nobody_can_promise(client: Client) -> None:
    page = client.get("/promise/").content.decode()
    for words in ("People may still guess", "What nobody can promise", "small group", "one leader", "A disk may hold"):
        assert words in page


def test_help_and_promise_are_one_tap_away_on_every_page(client: Client) -> None:
    for page in (client.get("/help/"), client.get("/no/such/page/")):
        text = page.content.decode()
        assert text.index("<summary") < text.index("<main")
        assert 'href="/promise/"' in text
        assert 'href="#main"' in text


def test_not_there_answers_alike_whatever_was_asked(client: Client) -> None:
    one, other = client.get("/desk/secret-name/"), client.get("/desk/another/7/")
    assert one.status_code == other.status_code == 404
    assert one.content == other.content
    assert b"secret-name" not in one.content


@pytest.mark.parametrize("status", PAGES)
def test_an_error_page_says_what_is_so_and_what_to_do(anybody: HttpRequest, status: int) -> None:
    response = views.error_page(anybody, status)
    assert response.status_code == status
    text = response.content.decode()
    assert "<h1>" in text
    message = PAGES[status].message
    assert str(message.what).endswith(".")
    assert str(message.next).endswith(".")


def test_each_handler_gives_its_status(anybody: HttpRequest) -> None:
    assert views.bad_request(anybody, SuspiciousOperation()).status_code == 400
    assert views.bad_request(anybody, RequestDataTooBig()).status_code == 413
    assert views.not_allowed(anybody, PermissionDenied()).status_code == 403
    assert views.page_not_found(anybody, Http404()).status_code == 404
    assert views.server_error(anybody).status_code == 500
    assert views.page_too_old(anybody).status_code == 403


def test_the_page_for_a_broken_server_asks_neither_session_nor_database() -> None:
    assert views.server_error(HttpRequest()).status_code == 500  # such a request has no session and no user


def test_a_form_without_its_token_is_answered_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post("/desk/something/")
    assert response.status_code in {403, 404}


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/desk/", "/desk/"),
        ("/desk/programmes/", "/desk/programmes/"),
        ("/desk/programmes/7/", "/desk/programmes/"),
        ("/desk/gatherings/7/", None),
    ],
)
def test_the_first_page_counts_as_here_only_for_itself(path: str, here: str | None) -> None:
    addresses = ["/desk/", "/desk/programmes/", "/desk/me/"]
    marked = [href for href in addresses if navigation._is_here(path, href, addresses)]
    assert marked == ([here] if here else [])


def test_somebody_who_is_not_signed_in_has_no_places_to_go(anybody: HttpRequest) -> None:
    assert navigation.links_for(anybody) == []


def test_places_are_shown_to_whom_they_are_for(anybody: HttpRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    class Somebody:
        is_authenticated = True

    monkeypatch.setattr(navigation, "_PLACES", {})
    navigation.register("What we keep", "web.promise", place=2)
    navigation.register("Help", "web.help", place=1)
    navigation.register("Not for you", "web.help", place=1, shown_to=lambda person: False)
    navigation.register("Help", "web.help", place=1)
    navigation.register("Switched off", "nowhere.at_all", place=3)
    anybody.user = Somebody()  # type: ignore[assignment]
    anybody.path = "/help/"
    assert [(str(link.label), link.here) for link in navigation.links_for(anybody)] == [
        ("Help", True),
        ("What we keep", False),
    ]
