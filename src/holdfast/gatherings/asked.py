"""What was asked about notes whose authors nobody knows, as the live room reads it."""

from dataclasses import dataclass

from holdfast.gatherings.models import Round


@dataclass(frozen=True, slots=True)
class AskedView:
    """A question about a note whose author nobody knows. note: the id under which screens know the note's words."""

    id: int
    note: int
    words: str
    gathered: bool


def questions_in(found: Round) -> tuple[AskedView, ...]:
    """Return what was asked about notes of a round, by random keys; nothing once it is sealed."""
    if not found.gathers or found.phase not in {Round.Phase.REVEALED, Round.Phase.CLOSING}:
        return ()
    closing = found.phase == Round.Phase.CLOSING
    return tuple(AskedView(a.pk, a.note, a.words, a.gathered or closing) for a in found.asked.order_by("pk"))
