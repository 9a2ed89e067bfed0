"""What the generator keeps of one phone: its stream, its frames, and what became of a run."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


class Frame:
    """One chunk as it went to everybody: how many have it, and when the last one had it."""

    __slots__ = ("count", "last", "size")

    def __init__(self, size: int) -> None:
        self.size, self.count, self.last = size, 0, 0.0


class Stream:
    """One phone's event stream. rest: bytes of a known frame still to come. tail: bytes nobody can name yet."""

    __slots__ = ("cold", "cut", "events", "frame", "header", "rest", "sock", "tail", "wake")

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.tail, self.rest = sock, b"", 0
        self.frame: Frame | None = None
        self.header, self.cold, self.cut = True, True, False
        self.events: list[tuple[str, Any]] = []
        self.wake: Callable[[], None] | None = None


class Poster:
    """One phone's connection for posts: keep-alive, one request at a time, opened again when the server closed it."""

    __slots__ = ("body", "note", "sock", "tail", "tries")

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.note, self.body, self.tail, self.tries = -1, b"", b"", 0


@dataclass
class Outcome:
    """What one run of posts saw; times in seconds, in the order of the schedule."""

    scheduled: list[float]
    acknowledged: list[float]
    frames: list[Frame | None]
    phones: int
    doubled: int = 0
    refused: dict[int, int] = field(default_factory=dict)

    def carried_by(self, frame: Frame, places: Iterable[int | None]) -> None:
        """Remember which frame brought these notes to the screens; a second frame for one is an error."""
        for place in places:
            if place is not None:
                self.doubled += self.frames[place] is not None
                self.frames[place] = frame

    def all_screens(self, measured: range) -> list[float]:
        """Return, for each measured note that reached every screen, scheduled tap to last screen."""
        found = ((self.frames[i], self.scheduled[i]) for i in measured)
        return [f.last - at for f, at in found if f is not None and f.count == self.phones]

    def acks(self, measured: range) -> list[float]:
        """Return, for each measured note that was acknowledged, scheduled tap to acknowledgement."""
        return [self.acknowledged[i] - self.scheduled[i] for i in measured if self.acknowledged[i]]
