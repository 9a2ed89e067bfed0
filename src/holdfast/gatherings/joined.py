"""Several servers, one room: PostgreSQL's notifications say that a room or a round has changed, never what was said."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from holdfast.voices import intake, sharing

LOG = logging.getLogger("holdfast.gatherings")
CHANNEL = "holdfast_rooms"
ON_DUTY = 4_242_002
"""The number of the lock that one server holds: it sends what is due and looks after what comes due by date."""
START_SECONDS = 10.0
LISTEN_SECONDS = 0.25
AGAIN_SECONDS = 1.0
PRESENCE_SECONDS = 2.0
FORGOTTEN_SECONDS = 3 * PRESENCE_SECONDS
ROOMS_IN_ONE = 150
"""A notification holds 8,000 bytes."""


class Rooms(Protocol):
    """What the joint asks of the hub; each may be called from any thread."""

    def look_again(self, room_id: int) -> None:
        """Read a room anew, because another server changed it."""

    def look_everywhere(self) -> None:
        """Read all open rooms anew, because what was said meanwhile is not known."""

    def people_here(self) -> dict[int, int]:
        """Count the phones of this server by room."""

    def people_elsewhere(self, counts: Mapping[int, int]) -> None:
        """Take in how many phones other servers have."""

    def note_done(self, round_id: int, mark: str, *, done: bool, elsewhere: bool) -> None:
        """Take in that a phone has told another server that it is done, or not yet."""


def is_joined() -> bool:
    """Tell whether other servers may have the same rooms: a SQLite file has one server."""
    return connections["default"].vendor == "postgresql"


class Joint:
    """Two ears, one for each database, and a mouth: threads of this server with connections of their own."""

    def __init__(self, rooms: Rooms) -> None:
        self.on_duty = not is_joined()
        self._rooms = rooms
        self._stopping = threading.Event()
        self._said: SimpleQueue[str] = SimpleQueue()
        self._told: dict[int, int] = {}
        self._others: dict[str, tuple[float, dict[int, int]]] = {}
        self._threads: list[threading.Thread] = []
        self._listening = threading.Semaphore(0)

    def start(self) -> None:
        """Listen, and return when nothing can be missed any more; nothing happens on a SQLite file."""
        if not is_joined():
            return
        for name, run in (("ear", self._hear_rooms), ("ear-voices", self._hear_voices), ("mouth", self._speak)):
            thread = threading.Thread(target=run, name=f"joint-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        for _ear in range(2):
            self._listening.acquire(timeout=START_SECONDS)

    def stop(self) -> None:
        """Fall silent; the others forget this server's phones by themselves."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=5)
        self._threads.clear()

    def tell_room(self, room_id: int) -> None:
        """Say that a room has changed; may be called from any thread, after the commit."""
        if self._threads:
            self._said.put(f"{sharing.server()} room {room_id}")

    def tell_done(self, round_id: int, mark: str, *, done: bool) -> None:
        """Say that a phone is done, or writes on after all: its next request may meet another server."""
        if self._threads:
            self._said.put(f"{sharing.server()} done {round_id} {mark} {int(done)}")

    def _hear_rooms(self) -> None:
        def beat(connection: BaseDatabaseWrapper) -> None:
            if not self.on_duty:
                self.on_duty = _got_the_lock(connection)

        self._listen("default", CHANNEL, self._heard_of_rooms, self._rooms.look_everywhere, beat)

    def _hear_voices(self) -> None:
        def heard(payloads: list[str]) -> None:
            intake.catch_up(sharing.rounds_told(payloads))

        def lost() -> None:
            intake.catch_up(list(intake.WRITER.rounds))

        self._listen("voices", sharing.CHANNEL, heard, lost, lambda _connection: None)

    def _heard_of_rooms(self, payloads: list[str]) -> None:
        changed: dict[int, None] = {}
        for payload in payloads:
            server, what, *rest = payload.split()
            if server == sharing.server():
                continue
            if what == "room":
                changed[int(rest[0])] = None
            elif what == "people":
                _, counts = self._others.get(server, (0.0, {}))
                counts |= {int(room): int(count) for room, count in (pair.split(":") for pair in rest)}
                self._others[server] = (time.monotonic(), counts)
            elif what == "done":
                self._rooms.note_done(int(rest[0]), rest[1], done=rest[2] == "1", elsewhere=True)
        for room_id in changed:
            self._rooms.look_again(room_id)

    def _listen(
        self,
        alias: str,
        channel: str,
        heard: Callable[[list[str]], None],
        lost: Callable[[], None],
        beat: Callable[[BaseDatabaseWrapper], None],
    ) -> None:
        """Hear what is said on a channel until the end; after a loss of the connection everything is read anew."""
        missed = False
        while not self._stopping.is_set():
            try:
                with _own_connection(alias) as connection:
                    connection.connection.execute(f"LISTEN {channel}")
                    if missed:
                        lost()
                    else:
                        beat(connection)
                        self._listening.release()
                    missed = True
                    while not self._stopping.is_set():
                        beat(connection)
                        if payloads := _payloads(connection):
                            heard(payloads)
                        if alias == "default":
                            self._count_elsewhere()
            except Exception as error:  # noqa: BLE001 - the database may be gone for a moment: listen again
                if alias == "default":
                    self.on_duty = False  # the lock has gone with the connection
                LOG.warning("the other servers cannot be heard: %s; trying again", type(error).__name__)
                self._stopping.wait(AGAIN_SECONDS)
            finally:
                connections.close_all()  # this thread's own, used for reading rooms

    def _count_elsewhere(self) -> None:
        now, counts = time.monotonic(), dict[int, int]()
        for server, (at, theirs) in list(self._others.items()):
            if now - at > FORGOTTEN_SECONDS:
                del self._others[server]
                continue
            for room_id, count in theirs.items():
                counts[room_id] = counts.get(room_id, 0) + count
        self._rooms.people_elsewhere(counts)

    def _speak(self) -> None:
        due, saying = 0.0, ""
        while not self._stopping.is_set():
            try:
                with _own_connection("default") as connection:
                    while not self._stopping.is_set():
                        with suppress(Empty):
                            saying = saying or self._said.get(timeout=LISTEN_SECONDS)
                            _notify(connection, saying)
                            saying = ""
                        due = self._speak_of_people(connection, due)
            except Exception as error:  # noqa: BLE001 - the same: it is said again
                LOG.warning("the other servers cannot be told: %s; trying again", type(error).__name__)
                self._stopping.wait(AGAIN_SECONDS)

    def _speak_of_people(self, connection: BaseDatabaseWrapper, due: float) -> float:
        here, now = self._rooms.people_here(), time.monotonic()
        if here == self._told and now < due:
            return due
        counts = {**dict.fromkeys(self._told, 0), **here}
        pairs = [f"{room}:{count}" for room, count in counts.items()]
        for begin in range(0, len(pairs), ROOMS_IN_ONE):
            _notify(connection, f"{sharing.server()} people {' '.join(pairs[begin : begin + ROOMS_IN_ONE])}")
        self._told = here
        return now + PRESENCE_SECONDS


@contextmanager
def _own_connection(alias: str) -> Iterator[BaseDatabaseWrapper]:
    connection = connections[alias].copy()
    connection.connect()
    try:
        yield connection
    finally:
        connection.close()


def _payloads(connection: BaseDatabaseWrapper) -> list[str]:
    heard: Collection[Any] = list(connection.connection.notifies(timeout=LISTEN_SECONDS, stop_after=1))
    return [notification.payload for notification in heard]


def _notify(connection: BaseDatabaseWrapper, payload: str) -> None:
    connection.connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def _got_the_lock(connection: BaseDatabaseWrapper) -> bool:
    (got,) = connection.connection.execute("SELECT pg_try_advisory_lock(%s)", [ON_DUTY]).fetchone()
    return bool(got)
