"""A crowd of phones on one core: one loop reads every frame of every phone, and parses each distinct frame once."""

import gc
import json
import select
import socket
from collections import deque
from collections.abc import Callable, Sequence
from random import Random
from time import monotonic as clock

from bench.page import ticket_of, whole
from bench.phones import Frame, Outcome, Poster, Stream
from bench.texts import TEXTS

KEY = 96
"""Bytes at the head of a chunk that tell one frame from another: chunk size, id, event and the first note's id."""
NOTES_OF_A_TAG = 150
BUFFER = bytearray(1 << 20)
VIEW = memoryview(BUFFER)


class Crowd:
    """N phones in one room. Not a client of Holdfast in particular: it speaks the published protocol only."""

    def __init__(self, port: int, code: str, *, seed: int) -> None:
        self.address, self.code, self.rng = ("127.0.0.1", port), code, Random(seed)
        self.poll = select.epoll()
        self.handlers: dict[int, Callable[[int], None]] = {}
        self.streams: list[Stream] = []
        self.memo: dict[bytes, Frame] = {}
        self.ticket, self.round = "", ""
        self.places: dict[str, int] = {}
        self.tags: dict[int, tuple[str, int]] = {}
        self.posters: list[Poster] = []
        self.free: deque[Poster] = deque()
        self.outcome = Outcome([], [], [], 0)
        self.done_to = 0

    # --- joining -----------------------------------------------------------------------------------------------

    def join(self, phones: int, *, at_once: int, assets: Sequence[str] = ()) -> list[float]:
        """Let phones load page and assets and open their stream; return each one's seconds to its first state."""
        took: list[float] = []
        started = clock()
        coming = phones
        going = 0

        def begin() -> None:
            nonlocal coming, going
            coming, going = coming - 1, going + 1
            Join(self, assets, arrived).begin(started if at_once >= phones else clock())

        def arrived(seconds: float) -> None:
            nonlocal going
            going -= 1
            took.append(seconds)
            if coming:
                begin()

        for _ in range(min(at_once, phones)):
            begin()
        while going and clock() - started < 60:
            self.turn(0.1)
        if len(took) < phones:
            raise RuntimeError(f"only {len(took)} of {phones} phones could join")
        return took

    def dial(self, handler: Callable[[int], None]) -> socket.socket:
        """Open a connection; the handler hears when it may be written and read."""
        sock = socket.socket()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect_ex(self.address)
        self.handlers[sock.fileno()] = handler
        self.poll.register(sock.fileno(), select.EPOLLOUT)
        return sock

    def listen(self, sock: socket.socket, handler: Callable[[int], None]) -> None:
        """From now on only hear when there is something to read."""
        self.handlers[sock.fileno()] = handler
        self.poll.modify(sock.fileno(), select.EPOLLIN)

    def hang_up(self, sock: socket.socket) -> None:
        """Forget a connection."""
        self.handlers.pop(sock.fileno(), None)
        sock.close()

    def turn(self, seconds: float) -> None:
        """Wait for the next readable sockets and serve them."""
        handlers = self.handlers
        for fd, mask in self.poll.poll(seconds, 256):
            handler = handlers.get(fd)
            if handler is not None:
                handler(mask)

    def receive(self, stream: Stream) -> None:
        """Read what there is; the hot path only compares a frame's head and counts."""
        try:
            n = stream.sock.recv_into(BUFFER)
        except (BlockingIOError, ConnectionResetError):
            n = 0
        if n == 0:
            stream.cut = True
            self.hang_up(stream.sock)
            return
        now = clock()
        at = 0
        if stream.rest:
            if n < stream.rest:
                stream.rest -= n
                return
            at, stream.rest = stream.rest, 0
            self.seen(stream.frame, now)
        if stream.tail or stream.cold:
            data = stream.tail + bytes(VIEW[at:n])
            stream.tail = b""
            self.study(stream, data, now)
            return
        memo = self.memo
        while at < n:
            frame = memo.get(bytes(VIEW[at : at + KEY]))
            if frame is None:
                self.study(stream, bytes(VIEW[at:n]), now)
                return
            if n - at < frame.size:
                stream.rest, stream.frame = frame.size - (n - at), frame
                return
            at += frame.size
            frame.count += 1
            frame.last = now

    def seen(self, frame: Frame | None, now: float) -> None:
        """Count one phone more that has a frame."""
        assert frame is not None
        frame.count += 1
        frame.last = now

    def study(self, stream: Stream, data: bytes, now: float) -> None:
        """The slow path: take chunks apart, learn frames that everybody will get."""
        while data:
            if stream.header:
                end = data.find(b"\r\n\r\n")
                if end < 0:
                    break
                if not data.startswith(b"HTTP/1.1 200") or b"chunked" not in data[:end].lower():
                    raise RuntimeError(f"unexpected answer to the stream: {data[:200]!r}")
                stream.header, data = False, data[end + 4 :]
                continue
            if not stream.cold and len(data) >= KEY and (frame := self.memo.get(data[:KEY])):
                if len(data) < frame.size:
                    stream.rest, stream.frame = frame.size - len(data), frame
                    return
                self.seen(frame, now)
                data = data[frame.size :]
                continue
            line = data.find(b"\r\n")
            if line < 0:
                break
            length = int(data[:line], 16)
            size = line + 2 + length + 2
            if len(data) < size:
                break
            self.learn(stream, data[:size], data[line + 2 : size - 2], now)
            data = data[size:]
        stream.tail = data

    def learn(self, stream: Stream, chunk: bytes, body: bytes, now: float) -> None:
        """Read the events of one chunk; remember it when it carries notes for everybody."""
        frame: Frame | None = None
        for block in body.split(b"\n\n"):
            lines = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line)
            if b"event" not in lines:
                continue
            event, data = lines[b"event"].decode(), lines[b"data"]
            if event == "notes":
                content = json.loads(data)
                if content.get("reset"):
                    continue
                frame = frame or Frame(len(chunk))
                self.outcome.carried_by(frame, (self.places.get(note[2].split(" ", 1)[0]) for note in content["notes"]))
            elif event == "state" and stream.cold:
                stream.events.append((event, json.loads(data)))
                stream.cold = False
                if stream.wake:
                    stream.wake()
        if frame is not None:
            if len(chunk) >= KEY:
                self.memo[chunk[:KEY]] = frame
            self.seen(frame, now)

    # --- writing -----------------------------------------------------------------------------------------------

    def write(self, schedule: Sequence[float], *, patience: float, needed: range, warm: Callable[[], None]) -> Outcome:
        """Post one note at each scheduled second, whoever is free; wait until the needed ones are everywhere.

        patience: seconds to wait after the last scheduled note. warm: called when the first needed note is due.
        """
        columns = [c["key"] for c in self.streams[0].events[0][1]["round"]["columns"]]
        bodies = [self.note(i, columns) for i in range(len(schedule))]
        phones = len(self.streams)
        self.posters = [Poster() for _ in range(phones)]
        self.rng.shuffle(self.posters)
        self.free = deque(self.posters)
        self.memo.clear()
        self.done_to = 0
        start = clock() + 0.2
        due = [start + s for s in schedule]
        self.outcome = out = Outcome(due, [0.0] * len(due), [None] * len(due), phones)
        gc.collect()
        gc.disable()
        waiting: deque[int] = deque()
        i, n, told = 0, len(due), False
        end = due[-1] + patience
        try:
            while True:
                now = clock()
                while i < n and due[i] <= now:
                    if not told and i >= needed.start:
                        told = True
                        warm()
                    waiting.append(i)
                    i += 1
                while waiting and self.free:
                    place = waiting.popleft()
                    self.send(self.free.popleft(), place, bodies[place])
                if i == n and (now > end or self.complete(needed)):
                    return out
                self.turn(min(0.05, max(0.0, due[i] - now)) if i < n else 0.02)
        finally:
            gc.enable()

    def complete(self, needed: range) -> bool:
        """Tell whether every needed note is acknowledged and on every screen."""
        out, at = self.outcome, max(self.done_to, needed.start)
        while at < needed.stop:
            frame = out.frames[at]
            if not out.acknowledged[at] or frame is None or frame.count < out.phones:
                break
            at += 1
        self.done_to = at
        return at >= needed.stop

    def note(self, place: int, columns: list[str]) -> bytes:
        """Write one request. Screens know a note under another id than its phone: the first word tells which it is."""
        rng = self.rng
        key, mark = str(rng.randrange(10**17, 10**18)), f"{len(self.places):x}·"
        self.places[mark] = place
        tag = self.tag_of(rng.randrange(max(1, len(self.streams))))
        body = json.dumps(
            {
                "ticket": self.ticket,
                "round": self.round,
                "id": key,
                "secret": f"{rng.getrandbits(128):032x}",
                "tag": tag,
                "rev": 1,
                "column": columns[place % len(columns)],
                "text": f"{mark} {rng.choice(TEXTS)}",
            }
        ).encode()
        head = (
            f"POST /r/{self.code}/notes/ HTTP/1.1\r\nHost: {self.address[0]}:{self.address[1]}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def tag_of(self, phone: int) -> str:
        """Return the tag of a phone, a new one when it has nearly written what one device may."""
        tag, written = self.tags.get(phone, ("", NOTES_OF_A_TAG))
        if written >= NOTES_OF_A_TAG:
            tag, written = f"{self.rng.getrandbits(128):032x}", 0
        self.tags[phone] = tag, written + 1
        return tag

    def send(self, poster: Poster, place: int, body: bytes) -> None:
        """Post a note on a phone's connection, opening it when there is none."""
        poster.note, poster.body, poster.tail = place, body, b""
        if poster.sock is None:
            poster.sock = self.dial(lambda mask, p=poster: self.dialled(p))  # type: ignore[misc]
            return
        try:
            poster.sock.send(body)
        except OSError:
            self.again(poster)

    def dialled(self, poster: Poster) -> None:
        """The connection stands: send what waits for it."""
        assert poster.sock is not None
        self.listen(poster.sock, lambda mask, p=poster: self.answered(p))  # type: ignore[misc]
        try:
            poster.sock.send(poster.body)
        except OSError:
            self.again(poster)

    def again(self, poster: Poster) -> None:
        """The server closed a connection that was in use: open another and send once more; the id makes it safe."""
        if poster.sock is not None:
            self.hang_up(poster.sock)
            poster.sock = None
        if poster.note >= 0:
            poster.tries += 1
            if poster.tries > 1000:
                raise RuntimeError("the server keeps closing connections")
            self.send(poster, poster.note, poster.body)

    def answered(self, poster: Poster) -> None:
        """Read an answer, note when it came, and free the phone for the next note."""
        assert poster.sock is not None
        try:
            data = poster.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.again(poster)
            return
        if poster.tail:
            data = poster.tail + data
        if not whole(data):
            poster.tail = data
            return
        status = int(data[9:12])
        if status in (200, 201):
            self.outcome.acknowledged[poster.note] = clock()
        else:
            self.outcome.refused[status] = self.outcome.refused.get(status, 0) + 1
        poster.note, poster.tail = -1, b""
        self.free.append(poster)

    def leave(self) -> None:
        """Close everything."""
        for poster in self.posters:
            if poster.sock is not None:
                poster.sock.close()
        for stream in self.streams:
            stream.sock.close()
        self.handlers.clear()
        self.poll.close()


class Join:
    """One phone on its way in: the page, what the page asks for, then the stream until its first state."""

    def __init__(self, crowd: Crowd, assets: Sequence[str], arrived: Callable[[float], None]) -> None:
        self.crowd, self.assets, self.arrived = crowd, deque(assets), arrived
        self.data = b""

    def begin(self, at: float) -> None:
        self.at = at
        self.sock = self.crowd.dial(self.dialled)

    def dialled(self, mask: int) -> None:
        self.crowd.listen(self.sock, self.readable)
        self.ask(f"/r/{self.crowd.code}/")

    def ask(self, path: str) -> None:
        host = f"{self.crowd.address[0]}:{self.crowd.address[1]}"
        self.sock.send(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())

    def readable(self, mask: int) -> None:
        data = self.sock.recv(262144)
        if not data:
            raise RuntimeError("the server closed the connection of a phone that was joining")
        self.data += data
        if not whole(self.data):
            return
        if not self.data.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"a phone could not join: {self.data[:300]!r}")
        if not self.crowd.ticket:
            self.crowd.ticket = ticket_of(self.data)
        self.data = b""
        if self.assets:
            self.ask(self.assets.popleft())
            return
        stream = Stream(self.sock)
        stream.wake = lambda: self.here(stream)
        self.crowd.streams.append(stream)
        self.crowd.listen(self.sock, lambda mask: self.crowd.receive(stream))
        self.ask(f"/r/{self.crowd.code}/stream?ticket={self.crowd.ticket}")

    def here(self, stream: Stream) -> None:
        stream.wake = None
        if not self.crowd.round:
            self.crowd.round = (stream.events[0][1]["round"] or {}).get("id", "")
        self.arrived(clock() - self.at)
