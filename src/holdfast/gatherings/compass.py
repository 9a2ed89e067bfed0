"""The compass on the wall: which of its four directions a session is about, in the words of its toolkit."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.curriculum.pack import Layout, Pack, Section
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries import content_of


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction. turn: degrees clockwise from north. here: this session is about it."""

    key: str
    label: str
    turn: int
    here: bool


def compass_of(gathering: Gathering) -> Sequence[Direction]:
    """Return the four directions where the session is about one of them or about them all; nothing for the others."""
    pack = content_of(gathering.programme)
    section = pack.section(gathering.section)
    return directions(pack, section) if section else ()


def directions(pack: Pack, section: Section) -> Sequence[Direction]:
    """Return the directions of a toolkit's compass as a section looks at them; nothing where it looks at none."""
    drawn = next((one.visual for one in pack.sections if one.visual and one.visual.layout == Layout.COMPASS), None)
    model = pack.model(drawn.model) if drawn else None
    parts = model.parts if model else ()
    all_of_them = section.visual is not None and section.visual is drawn
    if not all_of_them and section.short_title not in {part.label for part in parts}:
        return ()
    return [
        Direction(part.key, part.label, 90 * place, here=all_of_them or part.label == section.short_title)
        for place, part in enumerate(parts)
    ]
