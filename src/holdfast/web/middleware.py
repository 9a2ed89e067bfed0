"""What no browser keeps, the language of a page, and refusals raised by a view as a page with what to do next."""

from asyncio import iscoroutinefunction
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from holdfast.refusals import Refused
from holdfast.web import language
from holdfast.web.wording import words_for

Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class KeepNothingMiddleware(MiddlewareMixin):
    """Tells browsers to keep no page, unless the page itself said what may be kept.

    Staff rooms share computers: after signing out, nobody may go back to a page or find it on the disk.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Speak only where nothing was said."""
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class LanguageMiddleware(MiddlewareMixin):
    """Speaks the language the address names, the one the person chose, or the one the browser asks for.

    A language in the address travels on: whoever comes from such a page of ours is sent to the same language.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Choose before anything is drawn."""
        named = language.named_in(request.META["QUERY_STRING"])
        chosen = "" if named else _chosen_by(request)
        came_with = "" if named or chosen else _came_with(request)
        plain_page = request.method == "GET" and request.headers.get("HX-Request") != "true"
        if came_with and plain_page:
            query = request.GET.copy()
            query[language.NAME] = came_with
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        asked = language.asked_for(request.headers.get("Accept-Language", ""))
        language.speak(named or chosen or came_with or asked, named=named or came_with)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say what decided, so that nothing between keeps one language for all."""
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language",))
        return response


def _chosen_by(request: HttpRequest) -> str:
    """Return what a signed-in person chose; outside the desk there is no session to ask."""
    if not request.path.startswith(settings.SESSION_COOKIE_PATH or "/"):
        return ""
    chosen = getattr(request.user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def _came_with(request: HttpRequest) -> str:
    return language.named_by(request.headers.get("Referer", ""), host=request.get_host())


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
        """Draw the two sentences: alone for htmx, else as a page with what was typed and the way back."""
        if not isinstance(exception, Refused):
            return None
        what, next_step = words_for(exception)
        part = "#refusal" if request.headers.get("HX-Request") == "true" else ""
        parts = {"what": what, "next": next_step, "back": way_back(request), "typed": typed_in(request)}
        return render(request, f"web/refused.html{part}", parts, status=exception.status)


def typed_in(request: HttpRequest) -> list[str]:
    """Return the words of a form that was refused, to be copied; a value without a space is no sentence."""
    if request.method != "POST" or request.headers.get("HX-Request") == "true":
        return []
    return [text for text in request.POST.values() if isinstance(text, str) and " " in text.strip()]


def way_back(request: HttpRequest) -> str:
    """Return the page the person came from, as a path of this site, or the first page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host() and url_has_allowed_host_and_scheme(came_from.path, None)
    return came_from.path if ours else "/"
