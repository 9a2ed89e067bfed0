"""Django's side of the route table: methods, signing in and what is archived are checked here, once for every page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from holdfast.config.archived import as_it_is
from holdfast.config.routes import PAGES
from holdfast.web.routes import Access, PageRoute


def to_pattern(route: PageRoute) -> URLPattern:
    """Turn a row of the route table into a Django address."""
    if route.view is None:
        raise TypeError(f"{route.name} has no view")
    view: Any = as_it_is(route, route.view)
    if route.access is Access.SIGNED_IN:
        view = login_required(view)
    methods = [*route.methods, "HEAD"] if "GET" in route.methods else list(route.methods)
    pattern: URLPattern = path(route.pattern, require_http_methods(methods)(view), name=route.name)
    return pattern


urlpatterns = [to_pattern(route) for route in PAGES]
handler404 = "holdfast.web.views.page_not_found"
handler403 = "holdfast.web.views.not_allowed"
handler500 = "holdfast.web.views.server_error"
handler400 = "holdfast.web.views.bad_request"
