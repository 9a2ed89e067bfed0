"""Just enough HTTP for a simulated phone: one connection kept alive for requests, one stream of events."""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

PATIENCE = 20.0
"""Seconds to wait for an answer; a stream says something every 15 seconds."""
STREAM_PATIENCE = 40.0

T = TypeVar("T")

BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
"""What a connection that breaks, stalls or talks nonsense raises; a timeout is an OSError."""


class NoAnswer(Exception):
    """The network or the server did not answer; whatever was asked may be asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers with names in lower case, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as an object; empty when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the stream. number: its place among those of this connection's audience, or None."""

    epoch: str
    number: int | None
    name: str
    data: Any


class Line:
    """One phone's way to the server. Requests follow each other; a stream has a connection of its own."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"not an address: {url!r}")
        self.host, self.port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        self.name = parts.netloc
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.kept: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, content: object = None) -> Answer:
        """Send one request and return its answer. Raises NoAnswer."""
        fresh = self.kept is None
        try:
            return await within(PATIENCE, self._ask(method, path, content))
        except BROKEN as error:
            self.close()
            if fresh or isinstance(error, TimeoutError):
                raise NoAnswer(type(error).__name__) from error
        return await self.ask(method, path, content)  # the kept connection had been closed meanwhile

    async def events(self, path: str) -> AsyncGenerator[Event, None]:
        """Open a stream and yield its events until it ends. Raises NoAnswer, or Refusal when it is not a stream."""
        writer: asyncio.StreamWriter | None = None
        try:
            reader, writer = await self._connect()
            writer.write(self._request("GET", path, b""))
            status, headers = await within(PATIENCE, self._head(reader))
            if status != 200:
                raise Refusal(Answer(status, headers, await within(PATIENCE, self._body(reader, headers))))
            pending = b""
            while piece := await within(STREAM_PATIENCE, self._piece(reader, headers)):
                *blocks, pending = (pending + piece).split(b"\n\n")
                for block in blocks:
                    if event := read_event(block):
                        yield event
        except BROKEN as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            if writer is not None:
                writer.close()

    def close(self) -> None:
        """Hang up; the next request dials again."""
        if self.kept is not None:
            self.kept[1].close()
            self.kept = None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await within(PATIENCE, asyncio.open_connection(self.host, self.port, ssl=self.tls, limit=2**22))

    async def _ask(self, method: str, path: str, content: object) -> Answer:
        if self.kept is None:
            self.kept = await self._connect()
        reader, writer = self.kept
        writer.write(self._request(method, path, b"" if content is None else json.dumps(content).encode()))
        status, headers = await self._head(reader)
        body = await self._body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body)

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.name}"]
        if method == "POST":
            head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*head, "", ""]).encode() + body

    async def _head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.strip().split("\r\n")
        named = (line.split(":", 1) for line in rest if ":" in line)
        return int(first.split(" ")[1]), {name.strip().lower(): value.strip() for name, value in named}

    async def _body(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if "content-length" in headers:
            return await reader.readexactly(int(headers["content-length"]))
        body = b""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while piece := await self._piece(reader, headers):
                body += piece
        return body

    async def _piece(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await reader.read(65536)
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        piece = await reader.readexactly(size)
        await reader.readexactly(2)
        return piece


class Refusal(Exception):
    """The server said no, in its own words."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.json().get("code", str(answer.status)))
        self.answer = answer


async def within(seconds: float, work: "Coroutine[Any, Any, T]") -> T:
    """Return what something gives within so many seconds. Raises TimeoutError.

    Whoever is cancelled in the very moment it gives something ends all the same: `asyncio.wait_for` forgets that before
    Python 3.12, and a phone that was hung up went on for ever.
    """
    async with asyncio.timeout(seconds):
        return await work


def read_event(block: bytes) -> Event | None:
    """Read one event of a stream; a comment or an empty block is none. Raises ValueError when it is broken."""
    fields: dict[str, list[str]] = {}
    for line in block.decode().split("\n"):
        name, separator, value = line.partition(":")
        if name and separator:
            fields.setdefault(name, []).append(value.removeprefix(" "))
    if "event" not in fields:
        return None
    epoch, _, number = fields.get("id", [""])[-1].rpartition("-")
    return Event(
        epoch=epoch,
        number=int(number) if number.isdigit() else None,
        name=fields["event"][-1],
        data=json.loads("\n".join(fields.get("data", ["null"]))),
    )
