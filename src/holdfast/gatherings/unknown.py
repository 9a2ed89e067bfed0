"""What the desk shows of questions to unknown authors: what was asked, what came back, and the box for the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfast.gatherings.board import Card
from holdfast.gatherings.further import Reply
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Round
from holdfast.privacy.rounding import coarse
from holdfast.voices.admission import Viewer


@dataclass(frozen=True, slots=True)
class Question:
    """One question. handed_in: roughly how many envelopes have come, most of them empty."""

    id: int
    words: str
    note: str
    gathered: bool
    handed_in: int
    replies: Sequence[Reply]


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything asked in an activity. box: the note a question is being written about, and what is typed."""

    questions: Sequence[Question]
    about: Card | None = None
    typed: str = ""
    may_ask: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.questions or self.about or self.typed)


NOTHING_ASKED = Asking(())


def asking_of(found: Round | None, cards: Sequence[Card], *, about: int, typed: Mapping[str, str]) -> Asking:
    """Return what the desk shows of questions. about: the note a question is being written about, 0 for none."""
    room = HUB.by_id.get(found.room_id) if found else None
    if found is None or room is None or not found.gathers:
        return Asking((), typed=typed.get("words", ""))
    notes = {card.id: card for card in cards}
    may_ask = found.phase == Round.Phase.REVEALED
    shown = room.further.shown(notes, desk=True)
    if found.phase == Round.Phase.SEALED:
        about_notes = dict.fromkeys(reply.note for reply in shown)
        questions = [
            Question(0, next(r.question for r in shown if r.note == n), notes[n].text, True, 0, _of(shown, n))
            for n in about_notes
        ]
        return Asking(questions, typed=typed.get("words", ""))
    asked = room.round.asked if room.round else ()
    questions = [
        Question(
            a.id, a.words, notes[a.note].text, a.gathered, coarse(room.further.handed_in(a.id)), _of(shown, a.note)
        )
        for a in asked
        if a.note in notes
    ]
    known = {a.note for a in asked}
    wanted = int(typed["note"]) if typed.get("note", "").isdecimal() else about
    everybody = {card.id for card in HUB.glance(found.room_id, Viewer.WALL).cards}
    box = notes.get(wanted) if may_ask and wanted in everybody and wanted not in known else None
    return Asking(questions, box, typed.get("words", ""), may_ask)


def _of(shown: Sequence[Reply], note: int) -> list[Reply]:
    return [reply for reply in shown if reply.note == note]
