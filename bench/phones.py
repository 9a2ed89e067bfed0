"""What the generator keeps of one phone: its stream, its frames, and what became of a run."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


class Frame:
    """One chunk as it went to everybody: how many have it, and when the first and the last one had it."""

    __slots__ = ("count", "first", "last", "size")

    def __init__(self, size: int, first: float) -> None:
        self.size, self.first, self.count, self.last = size, first, 0, 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """One event that is not a note: what it said, and the frame that brought it."""

    event: str
    data: Any
    frame: Frame

    def says(self, what: str) -> object:
        """Return the phase of the round or the number of people, None when this event says nothing about it."""
        return (self.data.get("round") or {}).get(what) if what == "phase" else self.data.get(what)


class Stream:
    """One phone's event stream. rest: bytes of a known frame still to come. tail: bytes nobody can name yet."""

    __slots__ = ("cold", "cut", "frame", "header", "rest", "sock", "state", "tail", "wake")

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.tail, self.rest = sock, b"", 0
        self.frame: Frame | None = None
        self.header, self.cold, self.cut = True, True, False
        self.state: dict[str, Any] = {}
        self.wake: Callable[[], None] | None = None


class Poster:
    """One phone's connection for posts: keep-alive, one request at a time, opened again when the server closed it."""

    __slots__ = ("body", "note", "sock", "tail", "tries")

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.note, self.body, self.tail, self.tries = -1, b"", b"", 0


@dataclass
class Outcome:
    """What one run of posts saw; times in seconds, in the order of the schedule.

    frames: of each note, one from every server. shown: whether what was posted comes back to all screens. given_up:
    the run ended early, because it was too late.
    """

    scheduled: list[float]
    acknowledged: list[float]
    frames: list[list[Frame]]
    phones: int
    shown: bool = True
    servers: int = 1
    doubled: int = 0
    given_up: bool = False
    refused: dict[int, int] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def arrived(self, place: int) -> bool:
        """Tell whether a request is acknowledged and, where it is shown, on every screen."""
        if not self.acknowledged[place]:
            return False
        return not self.shown or sum(frame.count for frame in self.frames[place]) >= self.phones

    def carried_by(self, frame: Frame, places: Iterable[int | None]) -> None:
        """Remember which frame brought these notes to a server's screens; a further one for a note is an error."""
        for place in places:
            if place is not None:
                self.doubled += len(self.frames[place]) >= self.servers
                self.frames[place].append(frame)

    def all_screens(self, measured: range) -> list[float]:
        """Return, for each measured note that reached every screen, scheduled tap to last screen."""
        found = ((self.frames[i], self.scheduled[i]) for i in measured)
        return [max(f.last for f in fs) - at for fs, at in found if sum(f.count for f in fs) == self.phones]

    def acks(self, measured: range) -> list[float]:
        """Return, for each measured note that was acknowledged, scheduled tap to acknowledgement."""
        return [self.acknowledged[i] - self.scheduled[i] for i in measured if self.acknowledged[i]]
