"""What leadership and the facilitation team prepare, beside the toolkit's own models and card."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.curriculum import pack as packs
from holdfast.curriculum.posters import paragraphs
from holdfast.programmes.models import Programme, Relief, StepAtHome
from holdfast.programmes.queries.plan import content_of

STEPS, CYCLE = "compassionate-action-steps", "fatigue-cycle"
ON_LIMITS = "D6.2"


@dataclass(frozen=True, slots=True)
class Card:
    """The supervision card of the toolkit, with the sentence a leader says about it in the room."""

    title: str
    paragraphs: Sequence[str]
    sentences: Sequence[packs.Words]


def parts_of_model(programme: Programme, key: str) -> Sequence[packs.ModelPart]:
    """Return the parts of one of the toolkit's models; none when it has no such model."""
    model = content_of(programme).model(key)
    return model.parts if model else ()


def relief_of(programme: Programme) -> dict[str, Relief]:
    """Return what leadership plans, by place."""
    return {one.place: one for one in programme.relief.order_by("pk")}


def steps_at_home(programme: Programme) -> dict[str, StepAtHome]:
    """Return where the steps are known already, by step."""
    return {one.step: one for one in programme.steps_at_home.order_by("pk")}


def supervision_card(programme: Programme) -> Card | None:
    """Return the card for talks of two on limits and expectations; None when the toolkit has none."""
    asked = (one for one in content_of(programme).sections if any(c.id == ON_LIMITS for c in one.considerations))
    section = next(asked, None)
    cards = (
        [text for c in section.components for text in c.ready if text.kind is packs.ReadyKind.CARD] if section else []
    )
    if section is None or not cards:
        return None
    said = [words for words in section.words if words.who is packs.Speaker.LEADER]
    return Card(cards[0].title, paragraphs(cards[0].text), said[:1])
