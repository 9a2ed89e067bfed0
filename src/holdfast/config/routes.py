"""The one route table: what the server, Django and the access tests read."""

from importlib import import_module
from importlib.util import find_spec

from holdfast.web.routes import PageRoute, RoomRoute, Route

APPS = (
    "homes",
    "report_back",
    "gatherings",
    "surveys",
    "support",
    "programmes",
    "curriculum",
    "people",
    "notifications",
    "web",
)


def _routes() -> tuple[Route, ...]:
    found: list[Route] = []
    for app in APPS:
        if find_spec(f"holdfast.{app}.urls"):
            found += import_module(f"holdfast.{app}.urls").ROUTES
    return tuple(found)


ROUTES = _routes()
PAGES = tuple(route for route in ROUTES if isinstance(route, PageRoute))
ROOM = tuple(route for route in ROUTES if isinstance(route, RoomRoute))
