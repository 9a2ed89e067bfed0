"""What the pages of getting ready say, in our own words: steps, questions of readiness, and the leaders' pledge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from holdfast.programmes.rules import Area, Ready, StartStep, StepState
from holdfast.refusals import Words


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as it is listed. minutes: about how long it takes."""

    title: Words
    why: Words
    minutes: int


STEPS: Mapping[StartStep, StepWords] = {
    StartStep.CALENDAR: StepWords(
        _("Dates for the sections"), _("People can keep free what they know early. Look first, then accept all."), 5
    ),
    StartStep.LEADERS: StepWords(
        _("Who leads, and in which way"),
        _("In the circle, beside it, or when the group asks: so that nobody wonders."),
        3,
    ),
    StartStep.TEAM: StepWords(
        _("Two who facilitate, and a page for whoever comes next"), _("One of you will be ill one day."), 10
    ),
    StartStep.VALUES: StepWords(
        _("Your values, and whose voices are missing"),
        _("The work holds where it carries what you already stand for."),
        15,
    ),
    StartStep.READINESS: StepWords(
        _("Are we ready?"), _("Nine questions about the team, answered in words. Look again in some months."), 10
    ),
    StartStep.WHYS: StepWords(
        _("Why we do this"), _("Two short statements by the leader. Staff read them before anything else."), 15
    ),
    StartStep.PLEDGE: StepWords(
        _("The leaders’ pledge"), _("Nobody is judged by what is said. A name under it says more than a rule."), 2
    ),
    StartStep.KIT: StepWords(
        _("Launch kit"),
        _("An invitation, a page for union and privacy officer, and a page for IT, with your names in them."),
        5,
    ),
    StartStep.COMMITMENT: StepWords(
        _("Who would like to take part"),
        _("Everybody answers for themselves. You see a rounded number, never names."),
        1,
    ),
    StartStep.CIRCLE: StepWords(
        _("How our circle meets"), _("A few sentences of the group’s own. They stand on every plan."), 10
    ),
}

STATES: Mapping[StepState, tuple[Words, str]] = {
    StepState.OPEN: (_("not begun"), "plain"),
    StepState.BEGUN: (_("begun"), "waiting"),
    StepState.DONE: (_("done"), "done"),
    StepState.NOT_NOW: (_("not this time"), "plain"),
}
"""Each state as a word and a tone."""

AREAS: Mapping[Area, tuple[Words, Words]] = {
    Area.MOTIVATION: (_("Do we want it?"), _("What would make more people want it?")),
    Area.GENERAL: (_("Are we steady enough?"), _("What would steady us?")),
    Area.SPECIFIC: (_("Can we do just this?"), _("What do we still have to learn or to find?")),
}
"""Each area as a question, and what is asked about help."""

ASKED: Mapping[str, Words] = {
    "wanted": _("Enough of us feel that something about how work wears us down has to change."),
    "fits": _("It fits what we already do; it does not come on top as one more thing."),
    "worth": _("We believe that talking together here can change something."),
    "time": _("There is time and cover for the sessions, also in a bad week."),
    "trust": _("People here can say hard things to each other, or could learn to."),
    "leaders": _("Leadership stays with what it begins, and people will still be here in a year."),
    "facilitate": _("Two of us can hold a circle, or are learning it now."),
    "room": _("There is a room, and a way to take part for those who cannot come at the usual hour."),
    "follow": _("It is clear who carries what we hand to leadership, and who brings the answers back."),
}
"""The nine questions of readiness, as sentences about the team."""

ANSWERS: Mapping[Ready, Words] = {
    Ready.SO: _("It is so"),
    Ready.PARTLY: _("Partly"),
    Ready.NOT_YET: _("Not yet"),
    Ready.UNSURE: _("We do not know"),
}

TOOLKIT_VALUES: Sequence[tuple[Words, Words]] = (
    (
        _("Each of us"),
        _("Everybody looks after their own strength, and nobody is told that strength alone will do."),
    ),
    (_("The team"), _("How we treat each other at work is ours to shape; we agree on it and remind each other.")),
    (
        _("The organisation"),
        _("What wears people down is often made by how work is set up. That is for leadership to see and to mend."),
    ),
    (_("Fairness"), _("What is heavy is not equally heavy for all. Who is heard least is asked first.")),
    (
        _("Care after hard things"),
        _("Many carry something that hurt them. We keep it safe, give choices, and press nobody to tell."),
    ),
)
"""What the toolkit stands for, in our own words (A0)."""

CIRCLE_IDEAS: Sequence[Words] = (
    _("What is said here stays here; what we learned may leave."),
    _("Everybody may pass, and needs no reason."),
    _("We speak for ourselves, and listen to the end."),
    _("Nobody fixes, nobody gives advice that was not asked for."),
)
"""Sentences other circles use, to begin from."""

PLEDGE: Sequence[Words] = (
    _("I never use what is said or written here in an appraisal or for discipline."),
    _("I do not look for who wrote something, and I stop others who do."),
    _("I answer what the group hands to me, also where the answer is no, and say when."),
)
"""What a leader gives their word for (E3)."""


def pledge_words() -> str:
    """Return the pledge as it stands now, to be kept with the name of whoever accepts it."""
    return "\n".join(str(sentence) for sentence in PLEDGE)
