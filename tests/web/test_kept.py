"""No browser keeps a page of somebody who is signed in: staff rooms share computers."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from holdfast.web.middleware import KeepNothingMiddleware
from tests.given import our_district

KEEPER = "holdfast.web.middleware.KeepNothingMiddleware"


@pytest.mark.django_db
def test_a_page_of_the_desk_is_not_kept_and_would_be_without_the_part_that_says_so() -> None:
    dee, path = our_district().dee, reverse("people.me")
    for middleware, said in ((settings.MIDDLEWARE, "no-store"), ([m for m in settings.MIDDLEWARE if m != KEEPER], "")):
        with override_settings(MIDDLEWARE=middleware):
            client = Client()
            client.force_login(dee)
            answer = client.get(path)
        assert (answer.status_code, answer.get("Cache-Control", "")) == (200, said)


def test_what_a_page_says_itself_stands() -> None:
    answer = HttpResponse(headers={"Cache-Control": "private, max-age=600"})
    keeper = KeepNothingMiddleware(lambda _request: answer)
    assert keeper.process_response(RequestFactory().get("/"), answer)["Cache-Control"] == "private, max-age=600"
