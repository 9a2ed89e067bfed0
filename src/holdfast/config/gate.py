"""What every request passes: host, limits, security headers; and nothing personal goes on to the room."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls.resolvers import RoutePattern

from holdfast.gatherings.exchange import words_of
from holdfast.refusals import Refused
from holdfast.web.language import speaking
from holdfast.web.routes import Receive, RoomRoute, Route, Scope, Send

LOG = logging.getLogger("holdfast.room")
PAGE_LIMIT = 1024 * 1024
MOST_READ_AWAY = 256 * 1024 * 1024
TOO_LARGE = "/desk/too-large/"
STRIPPED = frozenset(
    {b"cookie", b"authorization", b"x-forwarded-for", b"forwarded", b"user-agent", b"referer", b"accept-language"}
)
"""Nothing that could tell one phone from another reaches code that handles voices; of its languages only the choice."""


NAMELESS = "/barrier/"
"""Where somebody tells their leader something without a name: Django answers it, and is told as little as a room is."""


class TooLarge(Exception):
    """The body is over the limit of its route. more: whether there is more of it to come."""

    def __init__(self, *, more: bool = True) -> None:
        super().__init__()
        self.more = more


class Gate:
    """The outermost application.

    rooms: routes answered here. pages: Django. uploads: those of its routes that take more than a form.
    start, stop: awaited at the begin and end of the process.
    """

    def __init__(
        self,
        *,
        rooms: Sequence[RoomRoute],
        pages: Callable[..., Awaitable[None]],
        start: Callable[[], Awaitable[None]],
        stop: Callable[[], Awaitable[None]],
        uploads: Sequence[Route] = (),
    ) -> None:
        self._rooms = [(fixed_end(route), RoutePattern(route.pattern, is_endpoint=True), route) for route in rooms]
        self._prefixes = tuple({"/" + route.pattern.split("<")[0] for route in rooms})
        self._pages = pages
        self._uploads = [(RoutePattern(route.pattern, is_endpoint=True), route.body_limit) for route in uploads]
        self._start, self._stop = start, stop
        self._headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        route, arguments = self._match(path)
        guarded = self._with_headers(send)
        if not host_is_ours(scope):
            await refuse(guarded, 400, "gatherings.unreadable")
        elif route is None and self._lacks_its_slash(scope):
            await send_on(scope, guarded)
        elif route is None:
            limited = limit_body(scope, receive, self._limit_of(path))
            if limited is None:
                await self._too_large(scope, receive, guarded)
            else:
                bare = without_a_trace(scope) if path.startswith(NAMELESS) else scope
                await self._page(bare, limited, receive, guarded)
        else:
            named = scope.get("query_string", b"").decode("latin-1")
            with speaking(query=named, accept=_accept_language(scope["headers"])):
                await self._room(route, arguments, scope, receive, guarded)

    async def _page(self, scope: Scope, limited: Receive, receive: Receive, send: Send) -> None:
        started = Started(send)
        try:
            await self._pages(scope, limited, started)
        except TooLarge as too_large:  # sent in pieces, so that its length was not known before
            if not started.begun:
                await self._too_large(scope, receive, send, more=too_large.more)

    async def _too_large(self, scope: Scope, receive: Receive, send: Send, *, more: bool = True) -> None:
        """Say so on a page where somebody works, and in two sentences everywhere else."""
        if scope["path"].startswith("/desk/") and (not more or await read_away(receive)):
            await self._pages(*asking_for(TOO_LARGE, scope, receive), send)
        else:
            await refuse(send, 413, "gatherings.too_large")

    async def _room(
        self, route: RoomRoute, arguments: dict[str, Any], scope: Scope, receive: Receive, send: Send
    ) -> None:
        method = "GET" if scope["method"] == "HEAD" and route.seconds else scope["method"]  # a stream has no length
        if method not in route.methods:
            await refuse(send, 405, "gatherings.unreadable", headers=[(b"allow", ", ".join(route.methods).encode())])
            return
        limited = limit_body(scope, receive, route.body_limit)
        if limited is None:
            await refuse(send, 413, "gatherings.too_large")
            return
        bare = {**without_a_trace(scope), "path_args": arguments}
        assert route.handler is not None
        started = Started(headless(send) if scope["method"] == "HEAD" else send)
        try:
            async with asyncio.timeout(route.seconds or None):
                await route.handler(bare, limited, started)
        except TooLarge:
            await started.refuse(413, "gatherings.too_large")
        except TimeoutError:
            await started.refuse(503, "gatherings.cannot_save_now")
        except Exception as error:  # the log names the route and the kind of error, never what was sent or from where
            LOG.error("%s failed: %s", route.name, type(error).__name__)
            if settings.DEBUG:
                LOG.exception("details")
            await started.refuse(500, "gatherings.something_broke")

    def _limit_of(self, path: str) -> int:
        """Return how many bytes a page takes: a file may be larger than what is typed."""
        return next((limit for pattern, limit in self._uploads if pattern.match(path[1:])), PAGE_LIMIT)

    def _lacks_its_slash(self, scope: Scope) -> bool:
        """Tell whether somebody typed an address of the room or of a staff page and left out the last stroke."""
        path, asks = scope["path"], scope["method"] in {"GET", "HEAD"}
        return asks and not path.endswith("/") and self._match(f"{path}/")[0] is not None

    def _match(self, path: str) -> tuple[RoomRoute | None, dict[str, Any]]:
        if not path.startswith(self._prefixes):
            return None, {}
        for end, pattern, route in self._rooms:
            if path.endswith(end) and (found := pattern.match(path[1:])):
                return route, found[2]
        return None, {}

    def _with_headers(self, send: Send) -> Send:
        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                there = {name.lower() for name, _ in headers}
                message = {**message, "headers": headers + [h for h in self._headers if h[0] not in there]}
            await send(message)

        return with_headers

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._start()
                except Exception as error:
                    LOG.exception("the server cannot start")
                    await send({"type": "lifespan.startup.failed", "message": type(error).__name__})
                    return
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


class Started:
    """Remembers whether an answer has begun, so that a failure never sends two."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: dict[str, Any]) -> None:
        """Pass a message on."""
        self.begun = True
        await self._send(message)

    async def refuse(self, status: int, code: str) -> None:
        """Say no, unless an answer has begun already."""
        if not self.begun:
            await refuse(self._send, status, code)


def _accept_language(headers: Sequence[tuple[bytes, bytes]]) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == b"accept-language"), "")


def fixed_end(route: RoomRoute) -> str:
    """Return what every address of a route ends with: quicker to compare than a pattern."""
    return route.pattern.rpartition(">")[2]


def without_a_trace(scope: Scope) -> Scope:
    """Return a request without anything that could tell who sends it, or from which device."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in STRIPPED], "client": None}


def security_headers() -> list[tuple[bytes, bytes]]:
    """Return the headers every answer carries."""
    headers = [
        (b"content-security-policy", build_policy(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append((b"strict-transport-security", b"max-age=%d" % settings.SECURE_HSTS_SECONDS))
    return headers


def host_is_ours(scope: Scope) -> bool:
    """Tell whether the Host header names this installation."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and _is_ours(hosts[0], tuple(settings.ALLOWED_HOSTS))


@lru_cache(maxsize=256)
def _is_ours(host: bytes, ours: tuple[str, ...]) -> bool:
    domain, _port = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, ours)


def limit_body(scope: Scope, receive: Receive, most: int) -> Receive | None:
    """Return a receive that raises TooLarge past the limit, or None when the length announced is already over it."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if announced.isdigit() and int(announced) > most:
        return None
    received = 0

    async def limited() -> dict[str, Any]:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise TooLarge(more=bool(message.get("more_body")))
        return message

    return limited


async def read_away(receive: Receive) -> bool:
    """Read a body that is too large and keep nothing of it: a browser shows no answer before it has sent all.

    False when there is no end to it.
    """
    read = 0
    while read < MOST_READ_AWAY:
        message = await receive()
        read += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return bool(message["type"] == "http.request")
    return False


def asking_for(path: str, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """Return the same request as if another page had been asked for, with nothing sent along."""
    lengths = {b"content-length", b"content-type", b"transfer-encoding"}
    headers = [pair for pair in scope["headers"] if pair[0] not in lengths]
    body = [{"type": "http.request", "body": b"", "more_body": False}]

    async def nothing_then_silence() -> dict[str, Any]:
        return body.pop() if body else await receive()

    asked = {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}
    return asked, nothing_then_silence


async def refuse(send: Send, status: int, code: str, *, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Answer with a refusal before anything else has been sent."""
    body = json.dumps(words_of(Refused(code)), ensure_ascii=False).encode()
    start = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


async def send_on(scope: Scope, send: Send) -> None:
    """Answer with the same address and a stroke at its end."""
    asked = b"?" + scope["query_string"] if scope.get("query_string") else b""
    headers = [
        (b"location", scope["raw_path"] + b"/" + asked),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 308, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def headless(send: Send) -> Send:
    """Return a send for HEAD: the same headers, no body."""

    async def without_body(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return without_body
