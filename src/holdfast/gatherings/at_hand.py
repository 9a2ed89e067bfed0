"""What a facilitator reaches for in the middle of a session: cards to read aloud, and what else notes are good for."""

from collections.abc import Iterable, Sequence

from holdfast.curriculum import pack as packs
from holdfast.gatherings.kinds import kind_of
from holdfast.programmes.models import PlanItem


def cards_of(section: packs.Section | None) -> Sequence[packs.ReadyText]:
    """Return the cards of a section: their words are read aloud while it is held."""
    components = section.components if section else ()
    return [one for component in components for one in component.ready if one.kind is packs.ReadyKind.CARD]


def takes_up_notes(ahead: Iterable[PlanItem]) -> bool:
    """Tell whether an activity still ahead goes on with the notes of this session."""
    return any(kind_of(item.kind, item.mode).SHOWS_ITEMS for item in ahead)
