"""A refusal becomes a page or a fragment with what is so and what to do next."""

from unittest.mock import patch

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from holdfast.refusals import Message, Refused
from holdfast.web.middleware import RefusalMiddleware, way_back
from holdfast.web.wording import words_for

SENTENCES = {"web.closed": Message(what="“%(name)s” is closed.", next="Open another one.")}


def answer(refused: Exception, **headers: str) -> HttpResponse | None:
    def never(request: HttpRequest) -> HttpResponseBase:
        raise AssertionError("not called")

    request = RequestFactory().post("/desk/x/", headers=headers)
    with patch("holdfast.web.wording.messages_of", return_value=SENTENCES):
        return RefusalMiddleware(never).process_exception(request, refused)


def refusal() -> Refused:
    return Refused("web.closed", {"name": "<b>Circle</b>"}, status=410)


def test_a_refusal_is_a_page_with_both_sentences_and_its_status() -> None:
    response = answer(refusal())
    assert response is not None
    assert response.status_code == 410
    page = response.content.decode()
    assert "“&lt;b&gt;Circle&lt;/b&gt;” is closed." in page
    assert "Open another one." in page
    assert "<!doctype html>" in page


def test_htmx_gets_the_sentences_alone() -> None:
    response = answer(refusal(), hx_request="true")
    assert response is not None
    assert response.status_code == 410
    assert "Open another one." in response.content.decode()
    assert "<html" not in response.content.decode()


def test_other_exceptions_go_on_their_way() -> None:
    assert answer(ValueError("x")) is None


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/desk/programmes/", "/desk/programmes/"),
        ("https://elsewhere.example/desk/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leaves_the_site(came_from: str, back: str) -> None:
    assert way_back(RequestFactory().get("/desk/x/", headers={"referer": came_from})) == back


def test_a_code_without_a_sentence_is_an_error_not_an_empty_page() -> None:
    with patch("holdfast.web.wording.messages_of", return_value=SENTENCES):
        assert words_for(refusal()) == ("“<b>Circle</b>” is closed.", "Open another one.")
        with pytest.raises(KeyError):
            words_for(Refused("web.unheard_of"))
