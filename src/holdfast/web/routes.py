"""What a route is: one row that the server, Django and the access tests all read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
AsgiHandler = Callable[[Scope, Receive, Send], Awaitable[None]]
View = Callable[..., Any]


class Access(StrEnum):
    """Who may ask for a route at all; the view decides about the single object."""

    EVERYONE = "everyone"
    TICKET = "ticket"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the product.

    pattern: Django path syntax without the leading slash. body_limit: bytes; a larger request gets 413.
    seconds: time limit of the whole request; 0 means a stream, which has none.
    """

    name: str
    pattern: str
    methods: tuple[str, ...]
    access: Access
    body_limit: int = 64 * 1024
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class PageRoute(Route):
    """A route that Django answers."""

    view: View | None = None


@dataclass(frozen=True, slots=True)
class RoomRoute(Route):
    """A route in front of Django: no session, no cookie, no access log.

    handler: an ASGI application; path arguments are in scope["path_args"].
    """

    handler: AsgiHandler | None = None


def page(
    name: str, pattern: str, view: View, *, methods: tuple[str, ...] = ("GET",), access: Access = Access.SIGNED_IN
) -> PageRoute:
    """Write a Django route in one line."""
    return PageRoute(name=name, pattern=pattern, methods=methods, access=access, view=view)
