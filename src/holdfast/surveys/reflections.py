"""The private reflections, in our own words; no sentence of a published instrument is among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from holdfast.programmes import companion_words
from holdfast.refusals import Words


class Kind(StrEnum):
    """What one can look at alone."""

    SELF_KINDNESS = "self-kindness"
    LOOKING_BACK = "looking-back"
    DRIVERS = "drivers"
    BOUNDARIES = "boundaries"
    SHARING = "sharing"


FOR_EVERYBODY = frozenset(Kind(companion_words.ALONE[one]) for one in companion_words.FOR_EVERYBODY)
"""What everybody of a group may look at alone; the others are about a leader's own part."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with its box. key: under which it is kept on the device. hints: what may help."""

    key: str
    words: Words
    hints: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Reflection:
    """One page to look at alone. statements: answered with a word each, and looked through on the device."""

    kind: Kind
    title: Words
    lead: Words
    share: Words
    asks: Sequence[Ask] = ()
    statements: Sequence[Ask] = ()


HOW_OFTEN: Sequence[tuple[str, Words]] = (
    ("rarely", _("rarely")),
    ("sometimes", _("sometimes")),
    ("often", _("often")),
)
"""The words a statement is answered with; they are not added up."""

REFLECTIONS: Mapping[Kind, Reflection] = {
    Kind.SELF_KINDNESS: Reflection(
        kind=Kind.SELF_KINDNESS,
        title=_("How I treat myself"),
        lead=_("Eight sentences, then four questions. There is no number and no result, only a place to begin."),
        share=_("One insight, in two sentences, and what you try to do about it. Or nothing yet."),
        statements=(
            Ask("s1", _("After a mistake I speak to myself as I would to a good colleague.")),
            Ask("s2", _("I notice early that I have had enough.")),
            Ask("s3", _("I can say “that was not good” and not mean “I am not good”.")),
            Ask("s4", _("When something is hard, I remember that others find such things hard too.")),
            Ask("s5", _("I let somebody help me before I have to.")),
            Ask("s6", _("I can feel bad for a while without getting lost in it.")),
            Ask("s7", _("I rest without having earned it first.")),
            Ask("s8", _("I ask of myself what I would ask of others, and not more.")),
        ),
        asks=(
            Ask("voice", _("What do I say to myself after a mistake? Would I let anybody speak so to my people?")),
            Ask("help", _("When did I last ask for help in time?")),
            Ask("forbid", _("What do I expect of myself that I would forbid others?")),
            Ask("taught", _("Who taught me what to do when I am tired, and what did they teach?")),
        ),
    ),
    Kind.LOOKING_BACK: Reflection(
        kind=Kind.LOOKING_BACK,
        title=_("My own tiredness, over the years"),
        lead=_("Draw your working years as a line, here in words. It is for you alone."),
        share=_("One stretch that is over, and one thing somebody did for you, or should have done."),
        asks=(
            Ask("all-in", _("Where was I all in? What did I want to do perfectly?")),
            Ask("short", _("Where had I a short fuse? What stung?")),
            Ask("back", _("Where did I step back, or was I far away?")),
            Ask("returned", _("What brought me there, and what brought me back?")),
            Ask("team", _("What did my team do at the time?")),
            Ask("bosses", _("What did my bosses do, or leave undone?")),
            Ask("system", _("What did the system add: rules, money, hours?")),
            Ask("today", _("Which of it do I do myself today?")),
        ),
    ),
    Kind.DRIVERS: Reflection(
        kind=Kind.DRIVERS,
        title=_("Looking back at what we named"),
        lead=_("Alone, before section 5: the list of section 4, and what it did to you."),
        share=_("What you heard, and what you will look at first. Never a reason why something could not be."),
        asks=(
            Ask("felt", _("What did I feel while I read or heard it?")),
            Ask("explain", _("Where did I want to explain?")),
            Ask("myself", _("What do I do myself that stands on the draining side?")),
            Ask("power", _("What is in my hands that I had thought was not?")),
            Ask("expect", _("Behind which item stands an expectation of mine that I never said aloud?")),
        ),
    ),
    Kind.BOUNDARIES: Reflection(
        kind=Kind.BOUNDARIES,
        title=_("My own boundaries"),
        lead=_("What matters most to you this season, and what gives it room."),
        share=_("One piece of your own practice that people may see, and that you keep on most days."),
        asks=(
            Ask("matters", _("What matters most to me this season, at work and away from it?")),
            Ask("room", _("Which boundary gives it room?")),
            Ask("break", _("Where do I break it, and who sees me do so?")),
            Ask("say", _("How do I say that something is too much?")),
            Ask("others", _("With which habit do I move other people’s boundaries without noticing?")),
        ),
    ),
}
"""Every reflection but the one that is made of a session's own questions."""

SHARING = Reflection(
    kind=Kind.SHARING,
    title=_("What I would share"),
    lead=_("For each question of the session, something small, true and over. You need not use it."),
    share=_("Something the facilitators may read aloud for you, or a sentence for the group."),
)
"""The frame for preparing what one would share at each question of a session (B5)."""
