"""What a leader's briefing says besides the toolkit: how to be in the room, in our own words (B3, B4, B5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from holdfast.curriculum.pack import Section
from holdfast.refusals import Words

IN_THE_ROOM: Sequence[Words] = (
    _("Never first, never last: let two others speak before you, and leave the end to somebody else."),
    _("Nothing is defended and nothing is put right, even if you know better. What pulls at you goes on your list."),
    _("Thank for what was hard to hear: “Thank you for saying that. I take it with me.”"),
    _("A minute is much. Nobody should have to comfort you, and nobody should have to admire you."),
    _("Passing is fine for you as well. Say nothing that is still raw."),
)
"""Conduct in the circle."""

FROM_OUTSIDE: Sequence[Words] = (
    _("Ask the facilitators what the group needs from you, never who said what."),
    _("What sounds wrong to you is not put right through them either. It goes on your list, for another day."),
    _("Thank for what was hard to hear, by way of the facilitators, and say when you will answer."),
)
"""Conduct of a leader who is not in the circle."""

BESIDE_A_QUESTION: Sequence[Words] = (
    _("Something small, true, and over."),
    _("Something you did not do well, and what you try now."),
    _("What somebody else did for you."),
)
"""What fits to be shared (B5)."""

WHEN: Mapping[str, Words] = {
    "before": _("Before the session"),
    "during": _("In the room"),
    "after": _("Afterwards"),
}

PARTS: Mapping[str, Words] = {
    "taking_part": _("You take part: you sit in the circle like everybody."),
    "supporting": _("You support from outside: you meet the facilitators between the sessions."),
    "dropping_in": _("You drop in when the group asks. Until then you support from outside."),
}
"""A leader's part as it is said to them."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A page of the programme on which something that is asked can be done.

    route: takes a programme, and the kind of private reflection where there is one.
    """

    label: Words
    route: str
    kind: str = ""


ALONE: Mapping[str, str] = {
    "D2.3": "self-kindness",
    "D3.1": "looking-back",
    "D4.1-hands": "drivers",
    "D6.1": "boundaries",
}
"""By consideration, the private reflection that goes with it."""

FOR_EVERYBODY: Mapping[str, Words] = {"D2.3": _("How I treat myself"), "D6.1": _("My own boundaries")}
"""By consideration, what not only leaders look at alone, and what its page is called."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A page to look at something alone, for everybody of the group."""

    kind: str
    title: Words


def alone_in(sections: Iterable[Section]) -> list[Alone]:
    """Return the pages to look at alone that go with these sections, for everybody."""
    asked = (one.id for section in sections for one in section.considerations)
    return [Alone(ALONE[one], FOR_EVERYBODY[one]) for one in asked if one in FOR_EVERYBODY]


TOOLS: Mapping[str, Tool] = {
    "D1.1": Tool(_("Write my word to the group"), "programmes.word"),
    "D1.2": Tool(_("Where the six steps are at home"), "programmes.steps"),
    "D3.2": Tool(_("Plan relief"), "homes.relief"),
    "D3.2-again": Tool(_("Look at the plan of relief again"), "homes.relief"),
    "D6.2": Tool(_("Supervision card"), "programmes.supervision_card"),
    **{asked: Tool(_("Look at it alone"), "surveys.reflection", kind) for asked, kind in ALONE.items()},
}
"""By consideration, the page that helps with it."""
