"""One phone on its way in: the page, what the page asks for, then the stream until its first state."""

from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic as clock
from typing import TYPE_CHECKING

from bench.page import ticket_of, whole
from bench.phones import Stream

if TYPE_CHECKING:
    from bench.crowd import Crowd


class Join:
    """One phone on its way in: the page, what the page asks for, then the stream until its first state."""

    def __init__(self, crowd: "Crowd", assets: Sequence[str], arrived: Callable[[float], None]) -> None:
        self.crowd, self.assets, self.arrived = crowd, deque(assets), arrived
        self.data = b""

    def begin(self, at: float) -> None:
        self.at = at
        self.sock = self.crowd.dial(self.dialled)

    def dialled(self, mask: int) -> None:
        self.crowd.listen(self.sock, self.readable)
        self.ask(f"/r/{self.crowd.code}/")

    def ask(self, path: str) -> None:
        self.sock.send(self.crowd.get(path))

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
        self.sock.send(self.crowd.stream_request())

    def here(self, stream: Stream) -> None:
        stream.wake = None
        if not self.crowd.round:
            self.crowd.round = (stream.state["round"] or {}).get("id", "")
        self.arrived(clock() - self.at)
