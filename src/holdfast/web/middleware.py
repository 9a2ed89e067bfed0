"""Turns a refusal raised by a view into a page or a fragment that says what is so and what to do next."""

from asyncio import iscoroutinefunction
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from holdfast.refusals import Refused
from holdfast.web.wording import words_for

Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class RefusalMiddleware:
    """Answers Refused; every other exception goes on its way."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Draw the two sentences: alone for htmx, else as a page with the way back."""
        if not isinstance(exception, Refused):
            return None
        what, next_step = words_for(exception)
        part = "#refusal" if request.headers.get("HX-Request") == "true" else ""
        parts = {"what": what, "next": next_step, "back": way_back(request)}
        return render(request, f"web/refused.html{part}", parts, status=exception.status)


def way_back(request: HttpRequest) -> str:
    """Return the page the person came from, as a path of this site, or the first page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host() and url_has_allowed_host_and_scheme(came_from.path, None)
    return came_from.path if ours else "/"
