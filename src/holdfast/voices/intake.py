"""The one door in: open a round, write, edit, withdraw, look through, and close."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from django.db import DatabaseError

from holdfast.voices import keyring, seal, sharing
from holdfast.voices.models import Intake, VoiceRound
from holdfast.voices.naming import mac as _mac
from holdfast.voices.naming import public_id
from holdfast.voices.opened import CannotSave, OpenRound, read_round
from holdfast.voices.rules import (
    FEWEST_ON_A_RING,
    Outcome,
    Record,
    Standing,
    decide_withdrawal,
    decide_write,
    hash_secret,
    next_on_the_ring,
    withdrawn,
)
from holdfast.voices.writer import Draft, Writer

__all__ = [
    "CannotSave",
    "Contribution",
    "Outcome",
    "Receipt",
    "Record",
    "Standing",
    "author_id",
    "begin_closing",
    "can_be_handed_round",
    "catch_up",
    "handed_to",
    "key_of",
    "listen",
    "open_round",
    "own_notes",
    "public_id",
    "records",
    "reopen",
    "screen",
    "seal_round",
    "start",
    "states",
    "steady_id",
    "stop",
    "withdraw",
    "withdraw_all",
    "withdraw_and_wait",
    "write",
    "write_and_wait",
]

WRITER = Writer()
NEVER_AGAIN = frozenset({VoiceRound.State.SEALING.value, VoiceRound.State.SEALED.value})
LOG = logging.getLogger("holdfast.voices")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a device sends: see the room's protocol for the ranges. from_leader: what its ticket says."""

    id: int
    secret: str
    tag: str
    rev: int
    column: str
    text: str
    from_leader: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a request, and the rev now stored (0 when nothing is)."""

    outcome: Outcome
    rev: int


def open_round(round_id: int, *, items: Sequence[int] = ()) -> None:
    """Make a round's key, then its row; after this it accepts notes, unless it is sealed. Raises CannotSave.

    items: for a round of ballots, the items people choose about, 1 to 200 of them, in a fixed order.
    """

    def act(rounds: dict[int, OpenRound]) -> None:
        try:
            with sharing.alone_in([round_id]):  # two servers must not make two keys
                known = VoiceRound.objects.filter(pk=round_id).first()
                if known and known.state in NEVER_AGAIN:  # asked by a desk that has not heard of the close
                    return
                key = keyring.make(round_id)
                if known is None:
                    VoiceRound.objects.create(pk=round_id, items=list(items))
                elif known.items != list(items) and not known.intake.exists():  # begun before, broken off, set up anew
                    known.items = list(items)
                    known.save(update_fields=["items"])
                sharing.tell([round_id])
        except (OSError, DatabaseError) as error:
            raise CannotSave(type(error).__name__) from error
        rounds.setdefault(round_id, OpenRound(round_id, key))

    WRITER.run_alone(act)


def write(
    round_id: int,
    contribution: Contribution,
    *,
    standing: Standing = Standing.WAITING,
    most_of_tag: int = 0,
    takes_over: bool = False,
) -> "asyncio.Future[Receipt]":
    """Store or edit a note; the future is done after the commit. Fails with CannotSave.

    standing: what a new text is until somebody looks: waiting, or accepted where nobody looks first. most_of_tag: how
    many notes a device may have in this round; 0 means as many as a device can have. takes_over: what the tag has
    written before is withdrawn with the same commit, so that it has one and never two.
    """
    return WRITER.ask_async(round_id, _writing(round_id, contribution, standing, most_of_tag, takes_over=takes_over))


def write_and_wait(
    round_id: int, contribution: Contribution, *, standing: Standing = Standing.WAITING, most_of_tag: int = 0
) -> Receipt:
    """Do the same from an ordinary thread, and return after the commit. Raises CannotSave."""
    receipt: Receipt = WRITER.ask(round_id, _writing(round_id, contribution, standing, most_of_tag))
    return receipt


def withdraw(round_id: int, *, note_id: int, secret: str) -> "asyncio.Future[Receipt]":
    """Withdraw one note; its text is gone from the store with the commit. Fails with CannotSave."""
    return WRITER.ask_async(round_id, _withdrawing(round_id, note_id, secret))


def withdraw_and_wait(round_id: int, *, note_id: int, secret: str) -> Receipt:
    """Do the same from an ordinary thread, and return after the commit. Raises CannotSave."""
    receipt: Receipt = WRITER.ask(round_id, _withdrawing(round_id, note_id, secret))
    return receipt


def withdraw_all(round_id: int, *, tag: str) -> "asyncio.Future[int | None]":
    """Withdraw every note of one device; the future holds how many, or None when the round is closed."""

    def decide(draft: Draft) -> int | None:
        if draft.round(round_id) is None:
            return None
        mine = [r for r in draft.records(round_id) if tag and r.tag == tag and r.standing is not Standing.WITHDRAWN]
        for record in mine:
            draft.put(round_id, withdrawn(record))
        return len(mine)

    return WRITER.ask_async(round_id, decide)


def screen(round_id: int, *, public_ids: Collection[int], standing: Standing, reason: str = "", words: str = "") -> int:
    """Accept or hold notes by the ids a screen knows; return how many changed. Withdrawn ones stay withdrawn.

    reason, words: what their authors are told of it, in letters only they can open. A note that is accepted after all
    unmutes its device. Raises CannotSave.
    """
    wanted = set(public_ids)

    def decide(draft: Draft) -> int:
        opened = draft.round(round_id)
        if opened is None:
            return 0
        found = 0
        for latest in draft.records(round_id):
            if latest.standing is Standing.WITHDRAWN or public_id(opened.key, latest) not in wanted:
                continue
            muted = latest.muted and standing is Standing.HELD
            decided = replace(latest, standing=standing, reason=reason, words=words, muted=muted)
            if decided != latest:
                draft.put(round_id, decided)
                found += 1
        if found:
            draft.rewrite(round_id)
        return found

    changed: int = WRITER.ask(round_id, decide)
    return changed


def begin_closing(round_id: int) -> None:
    """Say that the round is about to close; notes are still accepted until `seal_round`. Raises CannotSave."""
    _set_state(round_id, VoiceRound.State.OPEN, VoiceRound.State.CLOSING)


def reopen(round_id: int) -> None:
    """Undo `begin_closing`. Raises CannotSave."""
    _set_state(round_id, VoiceRound.State.CLOSING, VoiceRound.State.OPEN)


def seal_round(round_id: int) -> None:
    """Close for good: see `holdfast.voices.seal`. Safe to repeat after any interruption. Raises CannotSave."""

    def act(rounds: dict[int, OpenRound]) -> None:
        if sharing.is_shared():
            WRITER.catch_up([round_id])  # another server may have sealed it, and its key must not come back
        if opened := rounds.get(round_id):
            opened.accepting = False
        try:
            if opened:
                keyring.put_back(round_id, opened.key)
            seal.seal(round_id)
        except (OSError, DatabaseError) as error:
            if opened and VoiceRound.objects.filter(pk=round_id, state=VoiceRound.State.CLOSING).exists():
                opened.accepting = True
            raise CannotSave(type(error).__name__) from error
        rounds.pop(round_id, None)

    WRITER.run_alone(act)


def records(round_id: int) -> tuple[bytes, list[Record]]:
    """Return the key and the records of an open round, for the room to show; (b"", []) when it is not open."""
    catch_up([round_id])
    opened = WRITER.rounds.get(round_id)
    return (opened.key, WRITER.snapshot(round_id)) if opened else (b"", [])


def own_notes(round_id: int, secrets: dict[int, str]) -> list[Record]:
    """Return the notes whose ids and secrets somebody shows, in the order given; withdrawn ones are left out."""
    opened = WRITER.rounds.get(round_id)
    found = []
    for note_id, secret in secrets.items():
        record = opened.records.get(note_id) if opened else None
        there = record and record.standing is not Standing.WITHDRAWN and not record.asked
        if record and there and record.secret == hash_secret(secret):
            found.append(record)
    return found


def handed_to(round_id: int, *, tag: str) -> list[str]:
    """Return what another device wrote and nobody holds back, for this one to read; nothing where too few wrote.

    The ring is mixed by the round's key: the same after a restart, and gone with it.
    """
    opened = WRITER.rounds.get(round_id)
    if opened is None:
        return []
    there = _accepted(opened)
    author = next_on_the_ring(tag, _ring(opened, there), at=_mac(opened.key, "ring", tag))
    mine = sorted((r for r in there if r.tag == author), key=lambda r: public_id(opened.key, r))
    return [record.text for record in mine]


def can_be_handed_round(round_id: int) -> bool:
    """Tell whether enough devices have written for none of their stories to be told by who reads it."""
    catch_up([round_id])
    opened = WRITER.rounds.get(round_id)
    return opened is not None and len(_ring(opened, _accepted(opened))) >= FEWEST_ON_A_RING


def _accepted(opened: OpenRound) -> list[Record]:
    there = list(opened.records.values())
    return [r for r in there if r.standing is Standing.ACCEPTED and r.tag and not r.asked]


def _ring(opened: OpenRound, there: Collection[Record]) -> list[str]:
    return sorted({r.tag for r in there}, key=lambda tag: _mac(opened.key, "ring", tag))


def key_of(round_id: int) -> bytes:
    """Return the key of an open round, b"" when it is not open."""
    opened = WRITER.rounds.get(round_id)
    return opened.key if opened else b""


def steady_id(key: bytes, record: Record) -> int:
    """Return the number under which the room's memory keeps a note, whatever its words; never sent to anybody."""
    return _mac(key, "note", str(record.id))


def author_id(key: bytes, record: Record) -> int:
    """Return the number of the device a note came from, 0 when it is withdrawn; never sent to anybody."""
    return _mac(key, "device", record.tag) if record.tag else 0


def states(round_ids: Collection[int]) -> dict[int, str]:
    """Return the state of each round the store knows: open, closing, sealing or sealed."""
    return dict(VoiceRound.objects.filter(pk__in=round_ids).values_list("pk", "state"))


def listen(on_change: Callable[[int, list[Record]], None] | None) -> None:
    """Be told, in the writer thread, of every commit: the round and its changed records."""
    WRITER.on_change = on_change


def start() -> None:
    """Open the store: finish interrupted seals, read the open rounds; the log names one that cannot be read."""

    def act(rounds: dict[int, OpenRound]) -> None:
        seal.finish_interrupted()
        unfinished = VoiceRound.objects.filter(state__in=[VoiceRound.State.OPEN, VoiceRound.State.CLOSING])
        for voice_round in unfinished.order_by("pk"):
            rows = list(Intake.objects.filter(round=voice_round).order_by("pk").values_list("pk", "sealed"))
            try:
                rounds[voice_round.pk] = read_round(voice_round.pk, rows)
            except (OSError, CannotSave) as error:
                WRITER.unreadable.add(voice_round.pk)
                LOG.error("round %s cannot be opened: %s; its notes stay where they are", voice_round.pk, error)

    WRITER.run_alone(act)


def catch_up(round_ids: Collection[int]) -> None:
    """Learn what other servers have written, before somebody is shown a round; a SQLite file has no other server."""
    if sharing.is_shared():
        with suppress(DatabaseError):  # what is shown is then what was known
            WRITER.run_alone(lambda _rounds: WRITER.catch_up(round_ids))


def stop() -> None:
    """Close the store; open rounds stay on disk."""
    WRITER.stop()


def _writing(
    round_id: int, contribution: Contribution, standing: Standing, most_of_tag: int, *, takes_over: bool = False
) -> Callable[[Draft], Receipt]:
    wanted = Record(
        id=contribution.id,
        secret=hash_secret(contribution.secret),
        tag=contribution.tag,
        rev=contribution.rev,
        column=contribution.column,
        text=contribution.text,
        leader=contribution.from_leader,
        standing=standing,
    )

    def decide(draft: Draft) -> Receipt:
        if draft.round(round_id) is None:
            return Receipt(Outcome.CLOSED, 0)
        if draft.taken_elsewhere(round_id, wanted.id):
            return Receipt(Outcome.NOT_YOURS, 0)
        existing = draft.record(round_id, wanted.id)
        outcome, stored = decide_write(
            wanted,
            existing,
            of_this_tag=draft.notes_of_tag(round_id, wanted.tag),
            of_this_round=draft.notes_of_round(round_id),
            most_of_tag=0 if takes_over else most_of_tag,
            takes_over=takes_over,
            muted=any(draft.is_muted(round_id, tag) for tag in {wanted.tag, existing.tag if existing else ""}),
        )
        if stored is not None:
            draft.put(round_id, stored)
            for other in draft.others_of_tag(round_id, stored) if takes_over else ():
                draft.put(round_id, withdrawn(other))
        latest = stored or existing
        return Receipt(outcome, latest.rev if latest else 0)

    return decide


def _withdrawing(round_id: int, note_id: int, secret: str) -> Callable[[Draft], Receipt]:
    def decide(draft: Draft) -> Receipt:
        if draft.round(round_id) is None:
            return Receipt(Outcome.CLOSED, 0)
        if draft.taken_elsewhere(round_id, note_id):
            return Receipt(Outcome.NOT_YOURS, 0)
        existing = draft.record(round_id, note_id)
        outcome, stored = decide_withdrawal(
            existing, note_id=note_id, secret=hash_secret(secret), of_this_round=draft.notes_of_round(round_id)
        )
        if stored is not None:
            draft.put(round_id, stored)
        return Receipt(outcome, stored.rev if stored else 0)

    return decide


def _set_state(round_id: int, before: VoiceRound.State, after: VoiceRound.State) -> None:
    def act(_rounds: dict[int, OpenRound]) -> None:
        try:
            with sharing.alone_in([round_id]):
                VoiceRound.objects.filter(pk=round_id, state=before).update(state=after)
        except DatabaseError as error:
            raise CannotSave(type(error).__name__) from error

    WRITER.run_alone(act)
