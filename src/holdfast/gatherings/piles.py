"""Notes at the desk, by where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.gatherings.board import Card
from holdfast.gatherings.models import Round

STANDINGS = ("waiting", "held", "accepted")


@dataclass(frozen=True, slots=True)
class DeskNote:
    """A note as the desk knows it: never who wrote it."""

    id: int
    text: str
    column: str
    tone: str
    labelled: bool


def sorted_out(found: Round | None, cards: Sequence[Card]) -> dict[str, list[DeskNote]]:
    """Return the notes by where they stand, in the order they reached the desk."""
    columns: list[dict[str, str]] = found.columns if found else []
    known = {column["key"]: column for column in columns}
    notes: dict[str, list[DeskNote]] = {standing: [] for standing in STANDINGS}
    for card in cards:
        column = known.get(card.column, {})
        labelled = card.leader and bool(found and found.leader_labelled)
        shown = DeskNote(card.id, card.text, column.get("label", ""), column.get("tone", ""), labelled)
        notes[card.standing].append(shown)
    return notes
