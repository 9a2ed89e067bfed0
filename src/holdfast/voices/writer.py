"""The one thread that writes voices: it gathers what is waiting, commits once, and only then says "saved"."""

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from queue import Empty, SimpleQueue
from typing import Any

from django.db import connections, transaction

from holdfast.voices import keyring, sharing
from holdfast.voices.opened import CannotSave, OpenRound, is_small, read_record, read_round
from holdfast.voices.rules import Record, Standing, pack

LOG = logging.getLogger("holdfast.voices")
LARGEST_COMMIT = 512
MOST_REWRITTEN = 400
"""Of more notes than this only those decided about are written: nobody screens so many one by one."""
TAKES_NOTES = frozenset({"open", "closing"})
UPSERT = (
    "INSERT INTO voices_intake (id, round_id, sealed) VALUES (%s, %s, %s) "
    "ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed"
)


class Draft:
    """What one commit is about to change. Later requests of the same commit see earlier ones."""

    def __init__(self, rounds: dict[int, OpenRound], unreadable: set[int]) -> None:
        self.rounds = rounds
        self.unreadable = unreadable
        self.changed: dict[int, tuple[int, Record]] = {}
        self.rewritten: set[int] = set()
        self.small: set[int] = set()
        self.new_of_tag: dict[tuple[int, str], int] = {}
        self.new_of_round: dict[int, int] = {}
        self.muted: dict[int, tuple[int, str]] = {}

    def round(self, round_id: int) -> OpenRound | None:
        """Return an open round that accepts notes, or None. Raises CannotSave when its key could not be read."""
        if round_id in self.unreadable:
            raise CannotSave("the key of this round cannot be read")
        found = self.rounds.get(round_id)
        return found if found and found.accepting else None

    def record(self, round_id: int, note_id: int) -> Record | None:
        """Return a note as it will be after this commit."""
        if change := self.changed.get(note_id):
            return change[1] if change[0] == round_id else None
        return self.rounds[round_id].records.get(note_id)

    def records(self, round_id: int) -> list[Record]:
        """Return every note of a round as it will be after this commit; a decision about an older state undoes it."""
        latest = dict(self.rounds[round_id].records)
        latest.update({note_id: record for note_id, (at, record) in self.changed.items() if at == round_id})
        return list(latest.values())

    def others_of_tag(self, round_id: int, record: Record) -> list[Record]:
        """Return what else a device has in one round, without what is withdrawn."""
        there = [one for one in self.records(round_id) if one.tag == record.tag and one.id != record.id]
        return [one for one in there if one.standing is not Standing.WITHDRAWN and not one.asked]

    def taken_elsewhere(self, round_id: int, note_id: int) -> bool:
        """Tell whether another open round has this id: the upsert must never touch that round's row."""
        if change := self.changed.get(note_id):
            return change[0] != round_id
        return any(note_id in other.records for other in self.rounds.values() if other.id != round_id)

    def notes_of_tag(self, round_id: int, tag: str) -> int:
        """Count the notes of one device in one round."""
        return self.rounds[round_id].notes_of_tag.get(tag, 0) + self.new_of_tag.get((round_id, tag), 0)

    def notes_of_round(self, round_id: int) -> int:
        """Count the notes of one round, withdrawn ones too."""
        return len(self.rounds[round_id].records) + self.new_of_round.get(round_id, 0)

    def is_muted(self, round_id: int, tag: str) -> bool:
        """Tell whether a device writes nothing more in this round."""
        latest = {note_id: said for note_id, (at, said) in self.muted.items() if at == round_id}
        return bool(tag) and tag in {**self.rounds[round_id].muted, **latest}.values()

    def rewrite(self, round_id: int) -> None:
        """Write every row of a round anew, in one length, so that no copy shows which note a decision was about."""
        self.rewritten.add(round_id)

    def put(self, round_id: int, record: Record) -> None:
        """Add a change to this commit."""
        if self.record(round_id, record.id) is None:
            self.new_of_round[round_id] = self.new_of_round.get(round_id, 0) + 1
            self.new_of_tag[round_id, record.tag] = self.new_of_tag.get((round_id, record.tag), 0) + 1
        if record.muted or record.id in self.muted or record.id in self.rounds[round_id].muted:
            self.muted[record.id] = (round_id, record.tag if record.muted else "")
        self.changed[record.id] = (round_id, record)


@dataclass(slots=True)
class Request:
    """Something to do in the writer thread.

    decide: changes a draft of one round and returns the answer; alone: runs by itself between two commits instead.
    """

    round_id: int = 0
    decide: Callable[[Draft], Any] | None = None
    alone: Callable[[dict[int, OpenRound]], Any] | None = None
    loop: asyncio.AbstractEventLoop | None = None
    waiting: "asyncio.Future[Any] | Future[Any] | None" = None
    answer: Any = None
    error: BaseException | None = None


Changed = Callable[[int, list[Record]], None]


class Writer:
    """The writer thread and the open rounds it keeps."""

    def __init__(self) -> None:
        self.rounds: dict[int, OpenRound] = {}
        self.unreadable: set[int] = set()
        self.on_change: Changed | None = None
        self._queue: SimpleQueue[Request | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ask_async(self, round_id: int, decide: Callable[[Draft], Any]) -> "asyncio.Future[Any]":
        """Queue a change from the event loop; the future is done after the commit, or fails with CannotSave."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._put(Request(round_id, decide=decide, loop=loop, waiting=future))
        return future

    def ask(self, round_id: int, decide: Callable[[Draft], Any]) -> Any:
        """Queue a change from an ordinary thread and wait for the commit. Raises CannotSave."""
        return self._wait(Request(round_id, decide=decide))

    def run_alone(self, act: Callable[[dict[int, OpenRound]], Any]) -> Any:
        """Run something in the writer thread with no commit under way, and wait for it."""
        return self._wait(Request(alone=act))

    def snapshot(self, round_id: int) -> list[Record]:
        """Return the records of an open round, copied at one moment; empty when it is not open."""
        found = self.rounds.get(round_id)
        return list(found.records.values()) if found else []

    def stop(self) -> None:
        """End the thread after what is queued; the open rounds stay on disk."""
        with self._starting:
            if self._thread is not None:
                self._queue.put(None)
                self._thread.join()
                self._thread = None
            while not self._queue.empty():  # asked too late: nobody may wait for ever
                if request := self._queue.get():
                    request.error = CannotSave("the store is closed")
                    self._reply([request])
            self.rounds.clear()
            self.unreadable.clear()

    def _wait(self, request: Request) -> Any:
        request.waiting = future = Future[Any]()
        self._put(request)
        return future.result()

    def _put(self, request: Request) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="voices-writer", daemon=True)
                self._thread.start()
            self._queue.put(request)

    def _run(self) -> None:
        while True:
            batch, ends = self._next_batch()
            writing = [request for request in batch if request.decide]
            if writing:
                self._commit(writing)
                self._reply(writing)
            for request in batch:
                if request.alone:
                    self._run_one(request)
                    self._reply([request])
            if ends:
                connections["voices"].close()
                return

    def _next_batch(self) -> tuple[list[Request], bool]:
        batch: list[Request] = []
        request = self._queue.get()
        with suppress(Empty):
            while request is not None:
                batch.append(request)
                if request.alone or len(batch) >= LARGEST_COMMIT:
                    return batch, False
                request = self._queue.get_nowait()
            return batch, True
        return batch, False

    def _commit(self, requests: list[Request]) -> None:
        draft, version = Draft(self.rounds, self.unreadable), 0
        try:
            if sharing.is_shared():
                version = self._decide_among_others(requests, draft)
            else:
                self._decide_all(requests, draft)
        except Exception as error:  # noqa: BLE001 - whatever it is: a thread that ended would leave every phone waiting
            with suppress(Exception):
                connections["voices"].close()  # a connection that met a full disk is not trusted again
            for request in requests:
                request.error = CannotSave(type(error).__name__)
            return
        changes: dict[int, list[Record]] = {}
        for round_id in self._rewritten(draft):
            self.rounds[round_id].small.clear()
        for round_id, record in draft.changed.values():
            self.rounds[round_id].put(record, small=record.id in draft.small)
            self.rounds[round_id].version = version or self.rounds[round_id].version
            changes.setdefault(round_id, []).append(record)
        for round_id, records in changes.items():
            self._tell(round_id, records)

    def _decide_among_others(self, requests: list[Request], draft: Draft) -> int:
        """Decide with what other servers have committed before, and with none of them in between."""
        wanted = {request.round_id for request in requests}
        with sharing.alone_in(wanted):
            self.catch_up(wanted)
            self._decide_all(requests, draft)
            return sharing.tell({round_id for round_id, _ in draft.changed.values()})

    def _decide_all(self, requests: list[Request], draft: Draft) -> None:
        for request in requests:
            self._decide(request, draft)
        if draft.changed:
            self._store(draft)

    def catch_up(self, round_ids: Collection[int]) -> None:
        """Learn what other servers have written into rounds, commit by commit. Called in the writer thread."""
        states = sharing.states_of(round_ids)
        for round_id in round_ids:
            if states.get(round_id) not in TAKES_NOTES:
                self.rounds.pop(round_id, None)  # closed elsewhere, and its key is no longer needed here
                continue
            try:
                if round_id not in self.rounds:
                    self.rounds[round_id] = self._read_shared(round_id)
                    self.unreadable.discard(round_id)
                else:
                    self._learn(self.rounds[round_id])
            except (OSError, CannotSave) as error:
                self.unreadable.add(round_id)
                LOG.error("round %s cannot be opened: %s; its notes stay where they are", round_id, error)

    def _read_shared(self, round_id: int) -> OpenRound:
        version = sharing.version_before_all_unfinished()
        rows = sharing.newer_rows(round_id, than=0)
        opened = read_round(round_id, [(row.id, row.sealed) for row in rows])
        opened.version = version
        return opened

    def _learn(self, opened: OpenRound) -> None:
        for version, rows in groupby(sharing.newer_rows(opened.id, than=opened.version), key=lambda row: row.version):
            known = dict(opened.records)
            found = [(read_record(opened, row.id, row.sealed), is_small(row.sealed)) for row in rows]
            changed = [record for record, _ in found if known.get(record.id) != record]
            for record, small in found:
                opened.put(record, small=small)
            opened.version = version
            if changed:
                self._tell(opened.id, changed)

    def _tell(self, round_id: int, records: list[Record]) -> None:
        try:
            if self.on_change:
                self.on_change(round_id, records)
        except Exception as error:  # noqa: BLE001 - the notes are saved; only a screen has not heard of them
            LOG.error("round %s has changed, and the screens could not be told: %s", round_id, type(error).__name__)

    def _decide(self, request: Request, draft: Draft) -> None:
        assert request.decide is not None
        try:
            request.answer = request.decide(draft)
        except Exception as error:  # noqa: BLE001 - one bad request must not fail its neighbours in the same commit
            request.error = error

    def _store(self, draft: Draft) -> None:
        rows, anew = [], self._rewritten(draft)
        for round_id, record in [*draft.changed.values(), *self._unchanged(draft, anew)]:
            cipher = self.rounds[round_id].cipher
            large = round_id in anew or self.rounds[round_id].is_large  # nor what one author is told, nor being late
            sealed = keyring.encrypt(cipher, pack(record, large=large), round_id=round_id, note_id=record.id)
            if is_small(sealed):
                draft.small.add(record.id)
            rows.append((record.id, round_id, sealed))
        if draft.rewritten:  # PostgreSQL keeps rows and its log in the order of writing: what was decided came first
            secrets.SystemRandom().shuffle(rows)
        with transaction.atomic(using="voices", savepoint=False), connections["voices"].cursor() as cursor:
            cursor.executemany(UPSERT, rows)

    def _rewritten(self, draft: Draft) -> set[int]:
        return {round_id for round_id in draft.rewritten if len(self.rounds[round_id].records) <= MOST_REWRITTEN}

    def _unchanged(self, draft: Draft, anew: Collection[int]) -> Iterator[tuple[int, Record]]:
        for round_id in anew:
            known = list(self.rounds[round_id].records.values())
            yield from ((round_id, record) for record in known if record.id not in draft.changed)

    def _run_one(self, request: Request) -> None:
        assert request.alone is not None
        try:
            request.answer = request.alone(self.rounds)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            request.error = error

    def _reply(self, requests: list[Request]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[Request]] = {}
        for request in requests:
            if request.loop is not None:
                by_loop.setdefault(request.loop, []).append(request)
            elif isinstance(request.waiting, Future):
                _finish(request.waiting, request)
        for loop, done in by_loop.items():
            with suppress(RuntimeError):  # the loop is gone: its clients ask again
                loop.call_soon_threadsafe(_finish_all, done)


def _finish_all(requests: list[Request]) -> None:
    for request in requests:
        if request.waiting is not None:
            _finish(request.waiting, request)


def _finish(future: "asyncio.Future[Any] | Future[Any]", request: Request) -> None:
    if future.done():
        return
    if request.error is not None:
        future.set_exception(request.error)
    else:
        future.set_result(request.answer)
