"""The real application in this process, spoken to as a phone speaks to it: requests in, bytes out."""

import asyncio
import json
import secrets
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from holdfast.config.asgi import application
from holdfast.voices.admission import OPEN, Viewer

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Stream:
    """An open event stream: every byte it has sent so far."""

    body: bytearray = field(default_factory=bytearray)
    ends: asyncio.Event | None = None
    task: "Future[None] | None" = None

    def events(self) -> list[tuple[str, str, Any]]:
        """Return what was sent as (id, event, data)."""
        found = []
        for block in bytes(self.body).decode().split("\n\n"):
            fields = dict(line.partition(": ")[::2] for line in block.splitlines() if not line.startswith(":"))
            if "id" in fields:
                found.append((fields["id"], fields["event"], json.loads(fields["data"])))
        return found

    def notes(self) -> dict[str, list[Any]]:
        """Return the notes on this screen now, by id, in the order they came."""
        shown: dict[str, list[Any]] = {}
        for _, event, data in self.events():
            if event == "notes":
                if data["reset"]:
                    shown.clear()
                shown.update((row[0], row) for row in data["notes"])
            elif event == "removed":
                for gone in data["ids"]:
                    shown.pop(gone, None)
        return shown

    def state(self) -> Any:
        """Return the newest state."""
        return [data for _, event, data in self.events() if event == "state"][-1]


class Wire:
    """One running application with its event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.streams: list[Stream] = []
        self.log: list[tuple[str, bytes, bytes]] = []
        self.keep_log = False

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the application's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def settle(self, seconds: float = 0.0) -> None:
        """Wait until what was started on the loop has reached the streams."""

        async def pause() -> None:
            await asyncio.sleep(seconds)
            for _ in range(5):
                await asyncio.sleep(0)

        self.run(pause())

    def request(
        self, method: str, path: str, body: bytes = b"", *, headers: tuple[tuple[bytes, bytes], ...] = ()
    ) -> Answer:
        """Send one request."""
        answer: Answer = self.run(_ask(method, path, body, headers))
        if self.keep_log:
            self.log.append((path, body, answer.body))
        return answer

    def get(self, path: str) -> Answer:
        """Send GET."""
        return self.request("GET", path)

    def post(self, path: str, fields: Any) -> Answer:
        """Send JSON."""
        return self.request("POST", path, json.dumps(fields).encode())

    def open_stream(self, code: str, room_id: int, viewer: Viewer) -> Stream:
        """Open the event stream of one viewer."""
        stream = Stream()
        ticket = OPEN.issue(room_id, viewer=viewer)

        async def start() -> None:
            stream.ends = asyncio.Event()
            scope, _ = _scope("GET", f"/r/{code}/stream?ticket={ticket}", ())
            begun = asyncio.Event()

            async def receive() -> Message:
                if not begun.is_set():
                    begun.set()
                    return {"type": "http.request", "body": b"", "more_body": False}
                assert stream.ends is not None
                await stream.ends.wait()
                return {"type": "http.disconnect"}

            async def send(message: Message) -> None:
                stream.body.extend(message.get("body", b""))

            stream.task = asyncio.ensure_future(application(scope, receive, send))  # type: ignore[assignment]
            for _ in range(10):
                await asyncio.sleep(0)

        self.run(start())
        self.streams.append(stream)
        return stream

    def close_streams(self) -> None:
        """Let every phone leave."""

        async def leave() -> None:
            for stream in self.streams:
                assert stream.ends is not None
                stream.ends.set()
            for _ in range(5):
                await asyncio.sleep(0)

        self.run(leave())
        self.streams.clear()


@contextmanager
def running() -> Iterator[Wire]:
    """Start the application and stop it again."""
    wire = Wire()
    wire.thread.start()
    stopped, begin, end = _lifespan(wire)
    begin()
    try:
        yield wire
    finally:
        wire.close_streams()
        end()
        stopped.result(30)
        wire.loop.call_soon_threadsafe(wire.loop.stop)
        wire.thread.join(10)
        wire.loop.close()
        for connection in connections.all():
            connection.close()


@dataclass(slots=True)
class Phone:
    """A device as the protocol describes it, with what only the device knows."""

    wire: Wire
    code: str
    round_id: int
    ticket: str
    tag: str = field(default_factory=lambda: secrets.token_hex(16))
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, text: str, column: str = "drains", **changes: Any) -> Answer:
        """Write a new note."""
        note = {
            "ticket": self.ticket,
            "round": str(self.round_id),
            "id": str(secrets.randbits(62) + 1),
            "secret": secrets.token_hex(16),
            "tag": self.tag,
            "rev": 1,
            "column": column,
            "text": text,
            **changes,
        }
        answer = self.wire.post(f"/r/{self.code}/notes/", note)
        if answer.status in {200, 201}:
            self.notes[note["id"]] = note
        return answer

    def edit(self, note_id: str, text: str, **changes: Any) -> Answer:
        """Change a note."""
        note = {**self.notes[note_id], "rev": self.notes[note_id]["rev"] + 1, "text": text, **changes}
        answer = self.wire.post(f"/r/{self.code}/notes/", note)
        if answer.status == 200:
            self.notes[note_id] = note
        return answer

    def withdraw(self, note_id: str) -> Answer:
        """Take a note back."""
        fields = {k: self.notes[note_id][k] for k in ("ticket", "round", "id", "secret")}
        return self.wire.post(f"/r/{self.code}/withdrawals/", fields)

    def withdraw_all(self) -> Answer:
        """Take everything of this device back."""
        fields = {"ticket": self.ticket, "round": str(self.round_id), "tag": self.tag}
        return self.wire.post(f"/r/{self.code}/withdrawals/", fields)


def phone(wire: Wire, code: str, room_id: int, round_id: int, viewer: Viewer = Viewer.PARTICIPANT) -> Phone:
    """Return a phone that has joined."""
    return Phone(wire, code, round_id, OPEN.issue(room_id, viewer=viewer))


def _scope(method: str, path: str, headers: tuple[tuple[bytes, bytes], ...]) -> tuple[Message, str]:
    plain, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"testserver"), *headers],
        "client": ("10.1.2.3", 40404),
        "server": ("testserver", 80),
    }, plain


async def _ask(method: str, path: str, body: bytes, headers: tuple[tuple[bytes, bytes], ...]) -> Answer:
    scope, _ = _scope(method, path, headers)
    sent: list[Message] = []
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.sleep(3600)
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await application(scope, receive, send)
    start = sent[0]
    whole = b"".join(m.get("body", b"") for m in sent[1:])
    return Answer(start["status"], {k.decode().lower(): v.decode() for k, v in start["headers"]}, whole)


def _lifespan(wire: Wire) -> "tuple[Future[None], Callable[[], None], Callable[[], None]]":
    asked: asyncio.Queue[Message] = asyncio.Queue()
    done: dict[str, threading.Event] = {"startup": threading.Event(), "shutdown": threading.Event()}
    failed: list[str] = []

    async def send(message: Message) -> None:
        if message["type"].endswith("failed"):
            failed.append(message.get("message", ""))
        done[message["type"].split(".")[1]].set()

    async def live() -> None:
        await application({"type": "lifespan"}, asked.get, send)

    stopped = asyncio.run_coroutine_threadsafe(live(), wire.loop)

    def tell(what: str) -> None:
        wire.loop.call_soon_threadsafe(asked.put_nowait, {"type": f"lifespan.{what}"})
        assert done[what].wait(30), f"{what} took too long"
        assert not failed, failed

    return stopped, lambda: tell("startup"), lambda: tell("shutdown")
