"""A bare ASGI fan-out with the product's tick, writer thread and stored bytes, and nothing else: the yardstick."""

import argparse
import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Row = tuple[int, int, bytes]
Note = tuple[str, str, str, int]
Waiting = tuple[Row, Note | None, asyncio.Future[None]]

STORED = 12 + 1024 + 16
"""Bytes of a row's content: as many as a sealed record has with its nonce and its tag."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON")
SCHEMA = """
CREATE TABLE IF NOT EXISTS intake (id integer PRIMARY KEY, round_id bigint NOT NULL, sealed blob NOT NULL);
CREATE INDEX IF NOT EXISTS intake_of_a_round ON intake (round_id);
"""
UPSERT = "INSERT INTO intake VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed"
STATE = {
    "you": "participant",
    "room": {"id": "1", "title": "Bare", "group": "Bare", "code": "BARE"},
    "people": 0,
    "round": {"id": "1", "kind": "gather", "phase": "revealed", "columns": [{"key": "drains"}, {"key": "restores"}]},
}
ITEMS = {"items": [{"id": str(10**17 + i)} for i in range(15)]}
PAGE = b'<!doctype html><title>Bare</title><body data-ticket="p.1.bare">'


class Writer(threading.Thread):
    """One thread that owns the connection: whatever waits is one transaction, and is acknowledged after it."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop, stored: Callable[[list[Note]], None]) -> None:
        super().__init__(daemon=True)
        self.path, self.loop, self.stored = path, loop, stored
        self.waiting: queue.SimpleQueue[Waiting] = queue.SimpleQueue()

    def run(self) -> None:
        db = sqlite3.connect(self.path, isolation_level=None)
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        db.executescript(SCHEMA)
        while True:
            batch = [self.waiting.get()]
            with suppress(queue.Empty):
                while len(batch) < 512:
                    batch.append(self.waiting.get_nowait())
            db.execute("BEGIN IMMEDIATE")
            db.executemany(UPSERT, [row for row, _, _ in batch])
            db.execute("COMMIT")
            self.loop.call_soon_threadsafe(self.acknowledge, batch)

    def acknowledge(self, batch: list[Waiting]) -> None:
        for _, _, done in batch:
            if not done.done():
                done.set_result(None)
        if notes := [note for _, note, _ in batch if note]:
            self.stored(notes)


class Fanout:
    """Everybody who listens, and what happened since the last tick; the first event after a quiet time goes at once."""

    def __init__(self, tick: float) -> None:
        self.tick = tick
        self.lent: set[asyncio.WriteTransport] = set()
        self.queues: set[asyncio.Queue[bytes]] = set()
        self.notes: list[Note] = []
        self.number = 0
        self.next_at = 0.0
        self.due = False

    def add(self, notes: list[Note]) -> None:
        self.notes += notes
        if not self.due:
            self.due = True
            loop = asyncio.get_running_loop()
            loop.call_at(max(self.next_at, loop.time()), self.flush)

    def flush(self) -> None:
        self.due = False
        notes, self.notes = self.notes, []
        loop = asyncio.get_running_loop()
        started = loop.time()
        self.number += 1
        event = sse(self.number, "notes", {"reset": False, "notes": notes})
        chunk = chunked(event)
        for transport in list(self.lent):
            if transport.is_closing():
                self.lent.discard(transport)
            else:
                transport.write(chunk)
        for waiting in self.queues:
            waiting.put_nowait(event)
        ended = loop.time()
        self.next_at = started + max(self.tick, 4 * (ended - started))


def sse(number: int, event: str, data: object) -> bytes:
    """Write one event."""
    return f"id: bare-{number}\nevent: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def chunked(body: bytes) -> bytes:
    """Frame a body for HTTP/1.1, once for all who get it."""
    return b"%x\r\n%b\r\n" % (len(body), body)


class LendingProtocol(HttpToolsProtocol):
    """Uvicorn's own protocol; a request may also reach its transport."""

    def on_headers_complete(self) -> None:
        self.scope["extensions"] = {"bare.transport": self.transport}  # type: ignore[dict-item]
        super().on_headers_complete()


class Bare:
    """Four addresses: the page, the stream, the notes and the ballots, of which nothing is told."""

    def __init__(self, path: Path, *, tick: float, lend: bool) -> None:
        self.path, self.tick, self.lend = path, tick, lend
        self.fanout = Fanout(tick)
        self.writer: Writer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = scope["path"]
        if path.endswith(("/notes/", "/ballots/")):
            await self.store(receive, send)
        elif path.endswith("/stream"):
            await self.stream(scope, receive, send)
        else:
            await answer(send, 200, PAGE, b"text/html; charset=utf-8")

    async def store(self, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        sent = json.loads(body)
        loop = asyncio.get_running_loop()
        if self.writer is None:
            self.writer = Writer(self.path, loop, self.fanout.add)
            self.writer.start()
        done: asyncio.Future[None] = loop.create_future()
        shown = (sent["id"], sent["column"], sent["text"], 0) if "text" in sent else None
        content = sent["text"] if shown else ",".join(sent["choices"].values())
        self.writer.waiting.put(((int(sent["id"]), 1, content.encode().ljust(STORED, b"\0")), shown, done))
        await done
        await answer(send, 201, b'{"id":"%d","rev":%d}' % (int(sent["id"]), sent["rev"]), b"application/json")

    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        first = sse(self.fanout.number, "state", STATE) + sse(self.fanout.number, "items", ITEMS)
        await send({"type": "http.response.body", "body": first, "more_body": True})
        if self.lend:
            transport = scope["extensions"]["bare.transport"]
            self.fanout.lent.add(transport)
            try:
                while (await receive())["type"] != "http.disconnect":
                    pass
            finally:
                self.fanout.lent.discard(transport)
            return
        waiting: asyncio.Queue[bytes] = asyncio.Queue()
        self.fanout.queues.add(waiting)
        listening = asyncio.create_task(until_gone(receive, waiting))
        try:
            while chunk := await waiting.get():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            self.fanout.queues.discard(waiting)
            listening.cancel()


async def until_gone(receive: Receive, waiting: asyncio.Queue[bytes]) -> None:
    """Wait for the other side to go, then say so with an empty chunk."""
    while (await receive())["type"] != "http.disconnect":
        pass
    waiting.put_nowait(b"")


async def answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    """Send a whole answer."""
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="send through plain ASGI instead of lent transports")
    parser.add_argument("--tick-ms", type=int, default=50)
    given = parser.parse_args()
    app = Bare(given.data / "bare.sqlite3", tick=given.tick_ms / 1000, lend=not given.plain)
    protocol: Any = HttpToolsProtocol if given.plain else LendingProtocol
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=given.port,
        loop="uvloop",
        http=protocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        backlog=4096,
    )


if __name__ == "__main__":
    main()
