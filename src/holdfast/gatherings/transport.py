"""Lends a connection's transport to the hub, which then writes one shared chunk to all; plain ASGI is the fallback."""

import asyncio
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "holdfast.transport"
MOST_UNREAD = 256 * 1024
"""A phone that has not read this many bytes, besides the whole state it begins with, is cut off and comes back."""


class LendingProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, with its transport in the scope. uvicorn is pinned exactly because of this class."""

    def on_message_begin(self) -> None:
        """Add the transport to what the application sees of a request."""
        super().on_message_begin()
        extensions: dict[str, Any] = self.scope.setdefault("extensions", {})
        extensions[EXTENSION] = self.transport


class Sink(Protocol):
    """Where the bytes of one stream go."""

    def push(self, body: bytes, chunk: bytes) -> bool:
        """Send bytes (`chunk` is the same in HTTP chunked coding); False when the reader is gone or too slow."""

    def end(self) -> None:
        """Let the stream end: the server is stopping, and the phone comes back by itself."""


class LentSink:
    """Writes straight to a lent transport. first: how many bytes of the whole state go ahead."""

    __slots__ = ("_most", "_transport")

    def __init__(self, transport: asyncio.Transport, *, first: int = 0) -> None:
        self._transport = transport
        self._most = MOST_UNREAD + first

    def push(self, body: bytes, chunk: bytes) -> bool:
        """Write without waiting; a reader that is too far behind is cut off."""
        transport = self._transport
        if transport.is_closing():
            return False
        if transport.get_write_buffer_size() > self._most:
            transport.abort()
            return False
        transport.write(chunk)
        return True

    def end(self) -> None:
        """Close the connection after what has been written."""
        self._transport.close()


class QueueSink:
    """Hands bytes to the stream's own task, which sends them as ASGI messages."""

    __slots__ = ("_queue", "_size", "gone")

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._size = 0
        self.gone = False

    def push(self, body: bytes, chunk: bytes) -> bool:
        """Queue bytes; a reader that is too far behind is cut off."""
        if self.gone or self._size > MOST_UNREAD:
            self.gone = True
            self._queue.put_nowait(b"")
            return False
        self._size += len(body)
        self._queue.put_nowait(body)
        return True

    def end(self) -> None:
        """End the stream after what is queued."""
        self.gone = True
        self._queue.put_nowait(b"")

    async def next(self) -> bytes:
        """Return the next bytes to send; empty means the stream is over."""
        body = await self._queue.get()
        self._size -= len(body)
        return body


def hang_up(sinks: set[Sink]) -> None:
    """Let streams end; whoever reads them asks anew."""
    for sink in list(sinks):
        sink.end()
    sinks.clear()


def lent_transport(scope: dict[str, Any]) -> asyncio.Transport | None:
    """Return the transport of this request when the server lends it."""
    transport = scope.get("extensions", {}).get(EXTENSION)
    return (
        transport if isinstance(transport, asyncio.Transport) or hasattr(transport, "get_write_buffer_size") else None
    )


def as_chunk(body: bytes) -> bytes:
    """Return a body in HTTP/1.1 chunked transfer coding (RFC 9112, section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(body), body)
