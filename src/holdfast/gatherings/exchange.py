"""Reading requests and writing answers of the room's own routes, which stand in front of Django."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from holdfast.gatherings.messages import MESSAGES
from holdfast.refusals import Refused
from holdfast.web.routes import Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]
NO_STORE: Headers = [(b"cache-control", b"no-store")]
as_json = json.JSONEncoder(ensure_ascii=False).encode
HEX = re.compile("[0-9a-f]{32}")


async def read_body(receive: Receive) -> bytes:
    """Return the whole body; the server in front has already limited its size."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused("gatherings.unreadable", status=400)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def read_json(receive: Receive) -> dict[str, Any]:
    """Return a JSON object. Raises Refused for anything else."""
    try:
        body = json.loads(await read_body(receive))
    except (ValueError, RecursionError) as error:
        raise Refused("gatherings.unreadable", status=400) from error
    if not isinstance(body, dict):
        raise Refused("gatherings.unreadable", status=400)
    return body


def text_of(body: Mapping[str, Any], name: str, *, most: int = 4096) -> str:
    """Return a field that must be text of at most so many characters. Raises Refused."""
    value = body.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise Refused("gatherings.unreadable", status=400)
    return value


def number_of(body: Mapping[str, Any], name: str, *, low: int, high: int) -> int:
    """Return a field that must be a whole number in low .. high, as a number or as decimal text. Raises Refused."""
    value = body.get(name)
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused("gatherings.unreadable", status=400)
    return value


def hex_of(body: Mapping[str, Any], name: str) -> str:
    """Return a field that must be 32 lower-case hexadecimal characters. Raises Refused."""
    value = body.get(name)
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise Refused("gatherings.unreadable", status=400)
    return value


async def answer(
    send: Send, status: int, body: bytes, *, kind: bytes = b"application/json", headers: Headers = NO_STORE
) -> None:
    """Send a whole answer."""
    start: Headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, status: int, body: object, *, headers: Headers = NO_STORE) -> None:
    """Send a JSON answer."""
    await answer(send, status, as_json(body).encode(), headers=headers)


async def answer_page(send: Send, status: int, page: str, *, headers: Headers = NO_STORE) -> None:
    """Send a page."""
    await answer(send, status, page.encode(), kind=b"text/html; charset=utf-8", headers=headers)


def words_of(refused: Refused) -> dict[str, str]:
    """Return the code and the two sentences of a refusal."""
    message = MESSAGES[refused.code]
    details = refused.details or {}
    return {
        "code": refused.code,
        "what": str(message.what % details if details else message.what),
        "next": str(message.next % details if details else message.next),
    }


def again_after(refused: Refused) -> Headers:
    """Return the headers of a refusal; some say when to try again."""
    seconds = {429: b"5", 503: b"2"}.get(refused.status)
    return [*NO_STORE, (b"retry-after", seconds)] if seconds else NO_STORE


async def answer_refusal(send: Send, refused: Refused) -> None:
    """Say no in JSON: a code, what is so, what to do next."""
    await answer_json(send, refused.status, words_of(refused), headers=again_after(refused))


def query_of(scope: Scope) -> dict[str, str]:
    """Return the query string as single values."""
    return dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))


def header_of(scope: Scope, name: bytes) -> bytes:
    """Return a request header, b"" when it is missing."""
    return next((value for key, value in scope["headers"] if key == name), b"")


async def answer_packed(
    scope: Scope, send: Send, plain_body: bytes, packed: bytes, *, kind: bytes, headers: Headers
) -> None:
    """Answer with a body, packed where the browser can read that."""
    if b"gzip" in header_of(scope, b"accept-encoding"):
        more = [*headers, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
        await answer(send, 200, packed, kind=kind, headers=more)
    else:
        await answer(send, 200, plain_body, kind=kind, headers=[*headers, (b"vary", b"accept-encoding")])
