"""A crowd of phones on one core: one loop reads every frame of every phone, and parses each distinct frame once."""

import gc
import json
import select
import socket
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from random import Random
from time import monotonic as clock

from bench.bodies import Bodies, Notes, Sender
from bench.joining import Join
from bench.page import whole
from bench.phones import Frame, Outcome, Poster, Stream, Told

KEY = 96
"""Bytes at the head of a chunk that tell one frame from another: chunk size, id, event and the first note's id."""
LATE = 0.25
"""Seconds after which a note that is not everywhere counts as late."""
LATE_SHARE = 0.05
BUFFER = bytearray(1 << 20)
VIEW = memoryview(BUFFER)


class Crowd:
    """N phones in one room. Not a client of Holdfast in particular: it speaks the published protocol only."""

    def __init__(self, port: int, code: str, *, seed: int, servers: int = 1) -> None:
        self.address, self.host = ("127.0.0.1", port), f"127.0.0.1:{port}"
        self.code, self.rng, self.servers = code, Random(seed), servers
        self.poll = select.epoll()
        self.handlers: dict[int, Callable[[int], None]] = {}
        self.streams: list[Stream] = []
        self.memo: dict[bytes, Frame] = {}
        self.ticket, self.round = "", ""
        self.items: list[str] = []
        self.marks: dict[str, int] = {}
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
        """Read the events of one chunk; remember it when everybody gets the same."""
        if not stream.cold and (known := self.memo.get(chunk[:KEY])):
            self.seen(known, now)
            return
        frame: Frame | None = None
        first = stream.cold
        for block in body.split(b"\n\n"):
            lines = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line)
            if lines.get(b"event") in {None, b"still"}:
                continue
            event, data = lines[b"event"].decode(), lines[b"data"]
            if first:
                self.begin(stream, event, data)
            elif event == "notes":
                content = json.loads(data)
                if not content.get("reset"):
                    frame = frame or Frame(len(chunk), now)
                    self.outcome.carried_by(frame, (self.marks.get(n[2].split(" ", 1)[0]) for n in content["notes"]))
            else:
                frame = frame or Frame(len(chunk), now)
                self.outcome.told.append(Told(event, json.loads(data), frame))
        if frame is not None:
            self.memo[chunk[:KEY]] = frame
            self.seen(frame, now)

    def begin(self, stream: Stream, event: str, data: bytes) -> None:
        """Take in the whole state that a stream begins with."""
        if event == "state":
            stream.state = json.loads(data)
            stream.cold = False
            if stream.wake:
                stream.wake()
        elif event == "items" and not self.items:
            self.items = [item["id"] for item in json.loads(data)["items"]]

    # --- writing -----------------------------------------------------------------------------------------------

    def get(self, path: str) -> bytes:
        """Write a request for a page or a file."""
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()

    def stream_request(self) -> bytes:
        """Return the request that opens a stream."""
        return self.get(f"/r/{self.code}/stream?ticket={self.ticket}")

    def sender(self) -> Sender:
        """Return what the requests of these phones have in common."""
        return Sender(self.host, self.code, self.ticket, self.round, len(self.streams), self.rng)

    def notes(self) -> Notes:
        """Return notes of these phones."""
        return Notes(self.sender(), [column["key"] for column in self.streams[0].state["round"]["columns"]])

    def write(
        self,
        bodies: Bodies,
        schedule: Sequence[float],
        *,
        patience: float,
        needed: range,
        warm: Callable[[], None],
        hopeless: bool = False,
    ) -> Outcome:
        """Post one request at each scheduled second, whoever is free; wait until the needed ones have arrived.

        patience: seconds to wait after the last scheduled one. warm: called when the first needed one is due.
        hopeless: give up as soon as too many are late for the rate to hold.
        """
        start = clock() + 0.2
        due = [start + s for s in schedule]
        requests = self.ready(bodies, due)
        out = self.outcome
        gc.collect()
        gc.disable()
        waiting: deque[int] = deque()
        i, n, told = 0, len(due), False
        end = due[-1] + patience
        look_at = due[needed.start]
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
                    self.send(self.free.popleft(), place, requests[place])
                if i == n and (now > end or self.complete(needed)):
                    return out
                if hopeless and now > look_at:
                    look_at = now + LATE
                    if self.is_hopeless(needed, bisect_right(due, now - LATE)):
                        out.given_up = True
                        return out
                self.turn(min(0.05, max(0.0, due[i] - now)) if i < n else 0.02)
        finally:
            gc.enable()

    def ready(self, bodies: Bodies, due: Sequence[float]) -> list[bytes]:
        """Let every phone be free to post; return the requests that are due at these seconds of the clock."""
        requests = [bodies.request(i) for i in range(len(due))]
        self.marks = bodies.places if isinstance(bodies, Notes) else {}
        phones = len(self.streams)
        self.posters = [Poster() for _ in range(phones)]
        self.rng.shuffle(self.posters)
        self.free = deque(self.posters)
        self.memo.clear()
        self.done_to = 0
        frames: list[list[Frame]] = [[] for _ in due]
        self.outcome = Outcome(list(due), [0.0] * len(due), frames, phones, shown=bodies.shown, servers=self.servers)
        return requests

    def listen_for(self, seconds: float, *, until: Callable[[], bool] = lambda: False) -> None:
        """Go on reading for a while, or until something has happened."""
        end = clock() + seconds
        while clock() < end and not until():
            self.turn(0.02)

    def complete(self, needed: range) -> bool:
        """Tell whether every needed request is acknowledged and, where it is shown, on every screen."""
        at = max(self.done_to, needed.start)
        while at < needed.stop and self.outcome.arrived(at):
            at += 1
        self.done_to = at
        return at >= needed.stop

    def is_hopeless(self, needed: range, old: int) -> bool:
        """Tell whether so many of those due before `old` are late that no quick end could make up for it."""
        if self.complete(needed):
            return False
        late = sum(not self.outcome.arrived(at) for at in range(self.done_to, min(old, needed.stop)))
        return late > LATE_SHARE * len(needed)

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
