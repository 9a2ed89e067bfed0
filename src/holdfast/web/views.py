"""Pages for everyone: help, the promise in plain words, and what is shown when something goes wrong."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from holdfast.web.errors import FILE_TOO_LARGE, PAGE_TOO_OLD, PAGES, ErrorPage


def help_page(request: HttpRequest) -> HttpResponse:
    """GET /help/ - whom to call, for everyone."""
    return render(request, "web/help.html")


def promise(request: HttpRequest) -> HttpResponse:
    """GET /promise/ - what is kept, what is not, and what cannot be promised."""
    return render(request, "web/promise.html")


def too_large(request: HttpRequest) -> HttpResponse:
    """GET /desk/too-large/ - what the gate shows in place of a page that was sent more than it takes."""
    return error_page(request, 413, FILE_TOO_LARGE)


def error_page(request: HttpRequest | None, status: int, page: ErrorPage | None = None) -> HttpResponse:
    """Draw an error page; without a request it asks neither session nor database, so it works when they fail."""
    page = page or PAGES[status]
    parts = {"what": page.message.what, "next": page.message.next, "action": page.action, "href": page.href}
    return HttpResponse(render_to_string("web/error.html", parts, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when more was sent than is read."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, alike for what is not there and what is not yours: the address is not repeated."""
    return error_page(request, 404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return error_page(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching session or database."""
    return error_page(None, 500)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a form's token does not fit."""
    return error_page(request, 403, PAGE_TOO_OLD)
