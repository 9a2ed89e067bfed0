"""What passes between the room and unknown authors: letters to them, envelopes from every device, and being muted."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from holdfast.voices import intake
from holdfast.voices.intake import WRITER, Outcome, Receipt, Standing
from holdfast.voices.letters import Letter, write_letter
from holdfast.voices.rules import Record, decide_envelope, hash_secret
from holdfast.voices.writer import Draft


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every device sends when the replies to a question are gathered; most are empty.

    id, secret: drawn for this envelope. asked: the question. about, question: the words asked about, by the id screens
    know, and what was asked. note, note_secret: the note of this device that is meant, or numbers that mean nothing.
    """

    id: int
    secret: str
    asked: int
    about: int
    question: str
    note: int
    note_secret: str
    text: str


def hand_in(round_id: int, envelope: Envelope, *, standing: Standing) -> "asyncio.Future[Receipt]":
    """Take an envelope; the future is done after the commit. Fails with CannotSave.

    Words count only from whoever shows the secret of the very note that was asked about; an empty one is anybody's.
    standing: what an answer is until somebody looks.
    """

    def decide(draft: Draft) -> Receipt:
        opened = draft.round(round_id)
        if opened is None:
            return Receipt(Outcome.CLOSED, 0)
        if draft.taken_elsewhere(round_id, envelope.id):
            return Receipt(Outcome.NOT_YOURS, 0)
        existing, own = draft.record(round_id, envelope.id), draft.record(round_id, envelope.note)
        meant = own is not None and own.secret == hash_secret(envelope.note_secret) and not own.asked
        if envelope.text and existing is None:
            if own is None or not meant or intake.public_id(opened.key, own) != envelope.about:
                return Receipt(Outcome.NOT_YOURS, 0)
            if draft.is_muted(round_id, own.tag):
                return Receipt(Outcome.MUTED, 0)
            if _answered(draft.records(round_id), envelope.asked, own.tag):
                return Receipt(Outcome.TOO_MANY, 0)
        wanted = Record(
            id=envelope.id,
            secret=hash_secret(envelope.secret),
            tag=own.tag if own and envelope.text else "",
            rev=1,
            column="",
            text=envelope.text,
            leader=False,
            standing=standing if envelope.text else Standing.ACCEPTED,
            asked=envelope.asked,
            about=envelope.about,
            question=envelope.question,
        )
        of_round = draft.notes_of_round(round_id)
        outcome, stored = decide_envelope(wanted, existing, of_this_round=of_round)
        if stored is not None:
            draft.put(round_id, stored)
        return Receipt(outcome, 1)

    return WRITER.ask_async(round_id, decide)


def mute(round_id: int, *, public_ids: Collection[int]) -> int:
    """Let the devices of held notes write nothing more in this round; return how many notes that is. Raises CannotSave.

    Nobody learns which other notes are theirs: nothing else of them changes.
    """
    wanted = set(public_ids)

    def decide(draft: Draft) -> int:
        opened = draft.round(round_id)
        if opened is None:
            return 0
        held = [r for r in draft.records(round_id) if r.standing is Standing.HELD and not r.muted]
        found = [record for record in held if intake.public_id(opened.key, record) in wanted]
        for record in found:
            draft.put(round_id, replace(record, muted=True))
        if found:
            draft.rewrite(round_id)
        return len(found)

    muted: int = WRITER.ask(round_id, decide)
    return muted


def tell_more(round_id: int, *, reason: str, words: str) -> int:
    """Let authors of notes held for a reason be told something more; return how many. Raises CannotSave."""

    def decide(draft: Draft) -> int:
        if draft.round(round_id) is None:
            return 0
        held = [record for record in draft.records(round_id) if record.reason == reason and record.words != words]
        for record in held:
            draft.put(round_id, replace(record, words=words))
        if held:
            draft.rewrite(round_id)
        return len(held)

    told: int = WRITER.ask(round_id, decide)
    return told


def letter_of(key: bytes, record: Record) -> Letter | None:
    """Return the letter to a note's author that says why it is held; None where there is nothing to say."""
    if not record.reason:
        return None
    says = {"why": record.reason, "words": record.words, **({"muted": "1"} if record.muted else {})}
    return write_letter(key, secret=record.secret, about=str(record.id), says=says)


def letters_about(round_id: int, asked: Mapping[int, int]) -> list[Letter]:
    """Return the letters to the authors of words that were asked about. asked: the words' public ids to questions."""
    opened = WRITER.rounds.get(round_id)
    if opened is None or not asked:
        return []
    found = [(intake.public_id(opened.key, r), r) for r in list(opened.records.values()) if r.text and not r.asked]
    return [
        write_letter(opened.key, secret=r.secret, about=str(r.id), says={"asked": str(asked[shown])})
        for shown, r in found
        if shown in asked
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever shows a note's secret is told about it: by the page without JavaScript, which opens no letters.

    asked: the question about it, 0 when there is none. answer: what was answered. why, words, muted: see Record.
    """

    asked: int = 0
    answer: str = ""
    why: str = ""
    words: str = ""
    muted: bool = False


def told_about(round_id: int, secrets: Mapping[int, str], asked: Mapping[int, int]) -> dict[int, Told]:
    """Return what there is to say about the notes whose ids and secrets somebody shows. asked: see letters_about."""
    opened = WRITER.rounds.get(round_id)
    told = {}
    for record in intake.own_notes(round_id, dict(secrets)) if opened else ():
        about = intake.public_id(opened.key, record) if opened else 0
        question = asked.get(about, 0)
        told[record.id] = Told(
            asked=question,
            answer=_answered(list(opened.records.values()), question, record.tag) if opened and question else "",
            why=record.reason,
            words=record.words,
            muted=record.muted,
        )
    return told


def _answered(there: Collection[Record], asked: int, tag: str) -> str:
    return next((r.text for r in there if r.asked == asked and r.tag == tag and r.text), "")
