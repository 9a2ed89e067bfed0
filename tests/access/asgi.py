"""Asks the whole application in this process, without a network."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

Application = Any
Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; of a stream, its first part."""

    status: int
    headers: dict[str, list[str]]
    body: bytes


@asynccontextmanager
async def running(application: Application) -> AsyncIterator[None]:
    """Start the application as a server would, and stop it."""
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    life = asyncio.create_task(application({"type": "lifespan"}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    try:
        yield
    finally:
        await told.put({"type": "lifespan.shutdown"})
        await said.get()
        await life


async def ask(
    application: Application,
    method: str,
    path: str,
    *,
    query: str = "",
    body: bytes = b"",
    headers: Headers = (),
    seconds: float = 10,
) -> Answer:
    """Send one request. A stream is left after its first part."""
    gone = asyncio.Event()
    to_read = [{"type": "http.request", "body": body, "more_body": False}]
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if to_read:
            return to_read.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        got.append(message)
        if message["type"] == "http.response.body":
            gone.set()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"testserver"), (b"content-length", b"%d" % len(body)), *headers],
        "client": ("192.0.2.7", 50000),
        "server": ("testserver", 80),
    }
    async with asyncio.timeout(seconds):
        await application(scope, receive, send)
    start = next(message for message in got if message["type"] == "http.response.start")
    by_name: dict[str, list[str]] = {}
    for name, value in start["headers"]:
        by_name.setdefault(name.decode().lower(), []).append(value.decode("latin-1"))
    parts = [message.get("body", b"") for message in got if message["type"] == "http.response.body"]
    return Answer(start["status"], by_name, b"".join(parts))
