"""All open rooms of this process: who is listening, what has changed, and the tick that tells them."""

import asyncio
import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import close_old_connections

from holdfast.gatherings import queries
from holdfast.gatherings.board import Card
from holdfast.gatherings.further import Reply, read_letters, read_replies, reply_of
from holdfast.gatherings.joined import Joint, is_joined
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoomView, RoundView
from holdfast.gatherings.transport import Sink, as_chunk, hang_up
from holdfast.voices import asking, intake
from holdfast.voices.admission import Viewer
from holdfast.voices.letters import Letter
from holdfast.voices.queries import sealed_notes

LOG = logging.getLogger("holdfast.gatherings")
COUNT_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
PROOF_SECONDS = 1.0
"""How soon after its beginning a stream says something small, by which a screen knows that nothing is held back."""
STILL = b"event: still\ndata: {}\n\n"
STILL_CHUNK = as_chunk(STILL)
LARGEST_SHARE_OF_TICK = 0.25
SEAL_AGAIN_SECONDS = 5.0
CHORE_SECONDS = 15 * 60.0
LONGEST_SHOW_SECONDS = 5.0
"""How long an act waits for the screens to be told: a loop that has ended never tells them."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a page may show of a live room at one moment: what a stream of the same viewer has been told."""

    people: int = 0
    written: int = 0
    done: int = 0
    round: dict[str, Any] | None = None
    cards: tuple[Card, ...] = ()


class Hub:
    """The open rooms by code. Everything but `refresh` and what only looks runs on the event loop."""

    def __init__(self) -> None:
        self.rooms: dict[str, LiveRoom] = {}
        self.by_id: dict[int, LiveRoom] = {}
        self.ended_codes: set[str] = set()
        self.arrived = asyncio.Event()
        self.stopping = False
        self.seal: Callable[[int], object] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._dirty: set[int] = set()
        self._tick: asyncio.TimerHandle | None = None
        self._tick_length = 0.05
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reading = threading.Lock()
        self._joint: Joint | None = None

    async def start(self, seal: Callable[[int], object], *, chores: Sequence[Callable[[], object]] = ()) -> None:
        """Open the store and the rooms that were open before.

        seal: closes a round for good, in a thread. chores: done now and then, in a thread, for what comes due by date;
        one that fails does not keep the others from being done.
        """
        self._loop = asyncio.get_running_loop()
        self.seal = seal
        self._tick_length = settings.TICK_MS / 1000
        intake.listen(self._changed_in_writer)
        self._joint = Joint(self)
        await asyncio.to_thread(self._joint.start)
        views, ended = await asyncio.to_thread(self._read_at_start)
        self.ended_codes = set(ended)
        for view in views:
            await asyncio.to_thread(self.look_again, view.id)
        self._spawn(self._beat(COUNT_SECONDS, self._count))
        self._spawn(self._beat(HEARTBEAT_SECONDS, self._heartbeat))
        if chores:
            self._spawn(self._do(chores))
            self._spawn(self._beat(CHORE_SECONDS, lambda: self._spawn(self._do(chores))))

    async def stop(self) -> None:
        """Leave the rooms; they stay open in the database."""
        intake.listen(None)
        self._loop = None
        for task in self._tasks:
            task.cancel()
        for timer in self._timers.values():
            timer.cancel()
        if self._tick:
            self._tick.cancel()
        if self._joint:
            await asyncio.to_thread(self._joint.stop)
        await asyncio.to_thread(intake.stop)
        self.__init__()  # type: ignore[misc]

    def refresh(self, room_id: int) -> None:
        """Read a room anew and show it; called from any other thread after something about it was committed.

        Returns once the room in memory is the new one: whoever acts next must not be answered from the old. Other
        servers with this room are told that it has changed.
        """
        if self._joint:
            self._joint.tell_room(room_id)
        self.look_again(room_id)

    def on_duty(self) -> bool:
        """Tell whether this server, of all that share the database, does what is done once: mails, looks, dates."""
        return self._joint is None or self._joint.on_duty

    def look_everywhere(self) -> None:
        """Read every room anew, those that have ended meanwhile too; called from any other thread."""
        for room_id in {view.id for view in queries.open_rooms()} | set(self.by_id):
            self.look_again(room_id)

    def look_for(self, code: str) -> LiveRoom | None:
        """Look whether another server has opened a room with this code a moment ago; called from any other thread."""
        room_id = queries.open_room_by_code(code) if is_joined() else None
        if room_id is not None:
            self.look_again(room_id)
        return self.rooms.get(code)

    def look_again(self, room_id: int) -> None:
        """Read a room anew and show it on this server alone; called from any other thread."""
        loop = self._loop
        if loop is None:
            return
        shown = threading.Event()

        def show(view: RoomView, cards: list[Card], replies: list[Reply], letters: list[Letter]) -> None:
            try:
                self._show(view, cards, replies, letters)
            finally:
                shown.set()

        with self._reading:  # two desks at once: the later read is also the later shown
            view = queries.room_view(room_id)
            if view is None:  # practice, wiped by another server
                loop.call_soon_threadsafe(lambda: self._end(self.by_id.get(room_id)))
                return
            cards = read_cards(view.round)
            loop.call_soon_threadsafe(show, view, cards, read_replies(view.round), read_letters(view.round))
        if loop.is_running():
            shown.wait(LONGEST_SHOW_SECONDS)

    def people_in(self, room_id: int) -> int:
        """Count the phones in a room; may be called from any thread."""
        room = self.by_id.get(room_id)
        return room.people() if room else 0

    def people_here(self) -> dict[int, int]:
        """Count the phones of this server by room; may be called from any thread."""
        return {room_id: room.people_here() for room_id, room in list(self.by_id.items())}

    def people_elsewhere(self, counts: Mapping[int, int]) -> None:
        """Take in how many phones other servers have; may be called from any thread. The next count tells them."""
        for room_id, room in list(self.by_id.items()):
            room.elsewhere = counts.get(room_id, 0)

    def changes(self) -> dict[int, int]:
        """Return by room the number that a desk is told with each change of it; may be called from any thread."""
        return {room_id: room.times for room_id, room in list(self.by_id.items())}

    def note_done(self, round_id: int, mark: str, *, done: bool, elsewhere: bool = False) -> None:
        """Count a phone as done, or no longer; other servers are told unless it was told elsewhere. From any thread."""
        for room in list(self.by_id.values()):
            if room.round is not None and room.round.id == round_id:
                room.note_done(mark, done=done)
        if self._joint and not elsewhere:
            self._joint.tell_done(round_id, mark, done=done)

    def waiting_on_desk(self, room_id: int) -> list[int]:
        """Return the notes that desks have been sent and nobody has decided about; may be called from any thread."""
        room = self.by_id.get(room_id)
        return [c.id for c in list(room.board.desk.out.values()) if c.standing == "waiting"] if room else []

    def glance(self, room_id: int, viewer: Viewer) -> Glance:
        """Return what a page of this viewer may show now; may be called from any thread."""
        room = self.by_id.get(room_id)
        if room is None:
            return Glance()
        counts = room.counts() if viewer is Viewer.DESK else {"people": room.people()}
        return Glance(**counts, round=room.round_for(viewer), cards=tuple(room.cards_for(viewer)))

    def join(self, room: LiveRoom, viewer: Viewer, sink: Sink) -> None:
        """Add a stream. It must have been sent the snapshot in the same step of the loop."""
        room.audiences[viewer].sinks.add(sink)
        asyncio.get_running_loop().call_later(PROOF_SECONDS, sink.push, STILL, STILL_CHUNK)

    def leave(self, room: LiveRoom, viewer: Viewer, sink: Sink) -> None:
        """Remove a stream."""
        room.audiences[viewer].sinks.discard(sink)

    def hang_up(self) -> None:
        """Let every stream and waiting poll end, because the server is about to stop; may be called from any thread."""
        if (loop := self._loop) is not None:
            with contextlib.suppress(RuntimeError):  # the loop has gone already
                loop.call_soon_threadsafe(self._hang_up)

    def _hang_up(self) -> None:
        self.stopping = True
        for room in self.by_id.values():
            for audience in room.audiences.values():
                hang_up(audience.sinks)
        self._wake_polls()

    def _read_at_start(self) -> tuple[list[RoomView], list[str]]:
        try:
            intake.start()
            return queries.open_rooms(), queries.codes_ended_lately()
        finally:
            close_old_connections()

    def _show(self, view: RoomView, cards: list[Card], replies: list[Reply], letters: list[Letter]) -> None:
        room = self.by_id.get(view.id)
        if view.ended:
            self._end(room, early=view.stopped)
            return
        if room is None:
            room = LiveRoom(view, secrets.token_hex(4))
            self.rooms[view.code] = self.by_id[view.id] = room
        room.show(view, cards, closes_at=self._closing_timer(view.round), replies=replies, letters=letters)
        self._mark(view.id)

    def _end(self, room: LiveRoom | None, *, early: bool = False) -> None:
        if room is None:
            return
        if room.round and (timer := self._timers.pop(room.round.id, None)):
            timer.cancel()  # a practice run may end while an activity closes
        room.end(early=early)
        for audience in room.audiences.values():
            audience.flush()
        self.rooms.pop(room.view.code, None)
        self.by_id.pop(room.view.id, None)
        self.ended_codes.add(room.view.code)
        self._wake_polls()

    def _closing_timer(self, found: RoundView | None) -> float | None:
        if found is None:
            return None
        timer = self._timers.get(found.id)
        if found.phase != "closing":
            if timer:
                timer.cancel()
                del self._timers[found.id]
            return None
        if timer is None:
            assert self._loop is not None
            timer = self._loop.call_later(settings.CLOSING_SECONDS, self._seal_now, found.id)
            self._timers[found.id] = timer
        return time.monotonic() + max(0.0, timer.when() - asyncio.get_running_loop().time())

    def _seal_now(self, round_id: int) -> None:
        self._timers.pop(round_id, None)
        self._spawn(self._seal(round_id))

    async def _seal(self, round_id: int) -> None:
        assert self.seal is not None
        seal = self.seal

        def act() -> None:
            try:
                seal(round_id)
            finally:
                close_old_connections()

        while True:
            try:
                await asyncio.to_thread(act)
                return
            except ObjectDoesNotExist:  # wiped in the same moment: it was practice
                return
            except Exception as error:  # noqa: BLE001 - the notes are safe where they are: say so and try again
                LOG.error("round %s is not sealed yet: %s; trying again", round_id, type(error).__name__)
                await asyncio.sleep(SEAL_AGAIN_SECONDS)

    def _changed_in_writer(self, round_id: int, changed: list[intake.Record]) -> None:
        key = intake.key_of(round_id)
        cards = [card_of(key, record) for record in changed if not record.asked]
        replies = [reply_of(key, record) for record in changed if record.asked]
        if (loop := self._loop) is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closing
                loop.call_soon_threadsafe(self._changed, round_id, cards, replies)

    def _changed(self, round_id: int, cards: list[Card], replies: list[Reply]) -> None:
        for room in self.by_id.values():
            if room.round is not None and room.round.id == round_id and room.round.phase != "sealed":
                room.change(cards, replies=replies, at_once=is_joined())
                self._mark(room.view.id)

    def _mark(self, room_id: int) -> None:
        """Say that a room has something to tell: at once after a quiet spell, else with the running tick."""
        self._dirty.add(room_id)
        if self._tick is None:
            self._on_tick()

    def _on_tick(self) -> None:
        if not self._dirty:
            self._tick = None
            return
        began = time.perf_counter()
        for room_id in self._dirty:
            if room := self.by_id.get(room_id):
                room.collect()
                for audience in room.audiences.values():
                    audience.flush()
        self._dirty.clear()
        self._wake_polls()
        took = time.perf_counter() - began
        assert self._loop is not None
        self._tick = self._loop.call_later(max(self._tick_length, took / LARGEST_SHARE_OF_TICK), self._on_tick)

    def _wake_polls(self) -> None:
        self.arrived.set()
        self.arrived = asyncio.Event()

    def _count(self) -> None:
        for room in self.by_id.values():
            room.count()
            if any(audience.waiting for audience in room.audiences.values()):
                self._mark(room.view.id)

    def _heartbeat(self) -> None:
        for room in self.by_id.values():
            for audience in room.audiences.values():
                audience.sinks = {sink for sink in audience.sinks if sink.push(STILL, STILL_CHUNK)}

    async def _do(self, chores: Sequence[Callable[[], object]]) -> None:
        def act(chore: Callable[[], object]) -> None:
            try:
                if self.on_duty():
                    chore()
            finally:
                close_old_connections()

        for chore in chores:
            try:
                await asyncio.to_thread(act, chore)
            except Exception as error:  # noqa: BLE001 - it comes up again with the next beat
                LOG.error("a chore failed: %s", type(error).__name__)

    async def _beat(self, seconds: float, act: Callable[[], None]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                act()
            except Exception:
                LOG.exception("a regular task failed")

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


HUB = Hub()


def read_cards(found: RoundView | None) -> list[Card]:
    """Return the notes of a round as cards: from the open intake, or from the sealed rows."""
    if found is None or not found.rules.USES_VOICES:
        return []
    if found.phase == "sealed":
        shown_as = {"shown": "accepted"}
        return [
            Card(n.id, n.column, n.text, n.from_leader, shown_as.get(n.standing, n.standing))
            for n in sealed_notes(found.id)
            if n.standing != "struck"
        ]
    key, records = intake.records(found.id)
    return [card_of(key, record) for record in records if not record.asked]


def card_of(key: bytes, record: intake.Record) -> Card:
    """Return a record as screens know it: without its author's id, secret and tag."""
    return Card(
        intake.public_id(key, record),
        record.column,
        record.text,
        record.leader,
        record.standing.value,
        note=intake.steady_id(key, record),
        author=intake.author_id(key, record),
        letter=asking.letter_of(key, record),
    )
