"""What hangs below the notes of a round: questions about them, what was answered, and letters to unknown authors."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfast.gatherings.asked import AskedView
from holdfast.gatherings.kinds import gather
from holdfast.gatherings.queries import RoundView
from holdfast.keys import random_key
from holdfast.voices import asking, intake
from holdfast.voices.letters import Letter
from holdfast.voices.queries import sealed_answers

if TYPE_CHECKING:
    from holdfast.gatherings.live import LiveRoom


@dataclass(frozen=True, slots=True)
class Reply:
    """What one envelope held; most hold nothing. note: the id under which screens know the note it is about."""

    id: int
    key: int
    asked: int
    note: int
    question: str
    text: str
    standing: str


@dataclass(slots=True)
class Further:
    """What a round has below its notes. Nothing of an envelope leaves it before enough of them have come.

    letters: by the key of the note they are about. to_asked: those that say that a question is about one's own note.
    """

    replies: dict[int, Reply] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)
    letters: dict[int, Letter] = field(default_factory=dict)
    to_asked: Sequence[Letter] = ()
    told: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, replies: Iterable[Reply]) -> None:
        """Take in envelopes; those of one question are let out as soon as three or more can be mixed."""
        for reply in replies:
            self.replies[reply.key] = reply
            if not reply.asked:  # sealed: mixed already
                self.out.add(reply.key)
        waiting: dict[int, set[int]] = {}
        for reply in self.replies.values():
            if reply.key not in self.out:
                waiting.setdefault(reply.asked, set()).add(reply.key)
        for keys in waiting.values():
            if len(keys) >= gather.LATER_BATCH:
                self.out |= keys

    def handed_in(self, asked: int) -> int:
        """Count the envelopes of a question; may be called from any thread."""
        return sum(reply.asked == asked for reply in list(self.replies.values()))

    def shown(self, notes: Iterable[int], *, desk: bool) -> list[Reply]:
        """Return the answers to these notes that may be seen; only the desk sees those nobody has accepted."""
        there = set(notes)
        wanted = {"waiting", "accepted", "held"} if desk else {"accepted"}
        found = [r for r in list(self.replies.values()) if r.key in self.out and r.text and r.standing in wanted]
        return sorted((reply for reply in found if reply.note in there), key=lambda reply: reply.id)

    def on_the_wire(self, found: RoundView, notes: Iterable[int], *, desk: bool) -> str:
        """Return questions and answers as they are sent; "" when there is none."""
        there = set(notes)
        asked = [question_on_the_wire(one) for one in found.asked if one.note in there]
        rows = [
            [str(r.id), str(r.note), r.question, r.text, *([r.standing] if desk else [])]
            for r in self.shown(there, desk=desk)
        ]
        return json.dumps({"asked": asked, "replies": rows}, ensure_ascii=False) if asked or rows else ""

    def letters_on_the_wire(self) -> str:
        """Return the letters as every phone is sent them, in an order that says nothing; "" when there is none."""
        rows = sorted((one.nonce, one.sealed) for one in [*self.letters.values(), *self.to_asked])
        return json.dumps({"letters": rows}) if rows else ""


NOTHING = {"replies": json.dumps({"asked": [], "replies": []}), "letters": json.dumps({"letters": []})}
"""What is said once there is nothing any more."""


def question_on_the_wire(one: AskedView) -> dict[str, Any]:
    """Return a question as everybody sees it, and whether envelopes are gathered now."""
    return {"id": str(one.id), "note": str(one.note), "words": one.words, "gathered": one.gathered}


def reply_of(key: bytes, record: intake.Record) -> Reply:
    """Return an envelope as the room knows it: not from whom, nor under which id it came."""
    shown, steady = intake.public_id(key, record), intake.steady_id(key, record)
    return Reply(shown, steady, record.asked, record.about, record.question, record.text, record.standing.value)


def read_replies(found: RoundView | None) -> list[Reply]:
    """Return the envelopes of a round, or after the seal what was in them."""
    if found is None or not found.rules.USES_VOICES:
        return []
    if found.phase == "sealed":
        shown_as = {"shown": "accepted"}
        return [
            Reply(a.id, a.id, 0, a.note, a.question, a.text, shown_as.get(a.standing, a.standing))
            for a in sealed_answers(found.id)
        ]
    key, records = intake.records(found.id)
    return [reply_of(key, record) for record in records if record.asked]


def read_letters(found: RoundView | None) -> list[Letter]:
    """Return the letters to those whose words were asked about."""
    if found is None or not found.asked:
        return []
    return asking.letters_about(found.id, {one.note: one.id for one in found.asked})


def letters_for(room: "LiveRoom", own: list[dict[str, Any]], *, typed: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return what the page without JavaScript says beside its own notes, by their ids: it opens no letters itself.

    own: the notes of the page, with their secrets. typed: the answer that was refused.
    """
    found = room.round
    if found is None or not own:
        return {}
    asked = {one.note: one.id for one in found.asked}
    words = {one.id: one.words for one in found.asked}
    told = asking.told_about(found.id, {int(note["id"]): str(note["secret"]) for note in own}, asked)
    return {
        str(note): {
            "asked": str(one.asked or ""),
            "question": words.get(one.asked, ""),
            "answer": one.answer,
            "typed": typed.get("text", "") if typed.get("asked") == str(one.asked) else "",
            "why": one.why,
            "words": one.words,
            "muted": one.muted,
            "fresh": {"id": str(random_key()), "secret": secrets.token_hex(16)},
        }
        for note, one in told.items()
        if one.asked or one.why
    }
