"""Words of the answer: how a verdict is shown in a chip, and what a leader may begin with, in our own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Words
from holdfast.report_back.models import Answer
from holdfast.report_back.rules import may_say

Verdict = Answer.Verdict
CHIPS: Mapping[str, Words] = {
    Verdict.THIS_YEAR: _("exploring this year"),
    Verdict.NEXT_YEAR: _("exploring next year"),
    Verdict.UNDERSTAND: _("we need to understand"),
    Verdict.TEAM: _("a staff team takes it on"),
    Verdict.ALREADY_SO: _("already so, we did not say it clearly"),
    Verdict.KEEP: _("we will keep and protect this"),
    Verdict.NOT_OURS: _("not ours to decide"),
    Verdict.NOT_SOON: _("not within two years"),
    Verdict.CANNOT: _("cannot be changed"),
}
TONES: Mapping[str, str] = {
    Verdict.THIS_YEAR: "done",
    Verdict.NEXT_YEAR: "done",
    Verdict.UNDERSTAND: "info",
    Verdict.TEAM: "done",
    Verdict.ALREADY_SO: "info",
    Verdict.KEEP: "restores",
    Verdict.NOT_OURS: "waiting",
    Verdict.NOT_SOON: "waiting",
    Verdict.CANNOT: "plain",
}
MEANINGS: Mapping[str, Words] = {
    Verdict.THIS_YEAR: _("You start on it within this year. Say what you will try, not that it is solved."),
    Verdict.NEXT_YEAR: _("You start on it next year. Say what has to happen first."),
    Verdict.UNDERSTAND: _("You ask the group something. It may answer, still without names."),
    Verdict.TEAM: _("People who know the work find the way. Say who, and by when."),
    Verdict.ALREADY_SO: _("It is so already, and it was not clear. That is for leadership to put right."),
    Verdict.KEEP: _("It gives strength. Say what you will do so that it stays."),
    Verdict.NOT_OURS: _("Somebody else decides. You take it there, and say when a reply is expected."),
    Verdict.NOT_SOON: _(
        "An honest no for now: the need is real, the reason is said, and there is a day to look again."
    ),
    Verdict.CANNOT: _("An honest no for good. Say what stands in the way."),
}
BEGINNINGS: Mapping[str, Mapping[str, Sequence[Words]]] = {
    Verdict.THIS_YEAR: {"reason": (_("This matters, and we begin with one step: …"),)},
    Verdict.NEXT_YEAR: {"reason": (_("We want to do this well, so it starts next year. Before that …"),)},
    Verdict.UNDERSTAND: {
        "question": (
            _("We want to get this right. What would be different on an ordinary day if this were better?"),
            _("When does this weigh most? Times and situations help us; names do not."),
        ),
        "validation": (_("Thank you for raising this. We have not understood it well enough to answer yet."),),
    },
    Verdict.TEAM: {"reason": (_("You know this better than we do. The team has time for it, and may decide …"),)},
    Verdict.ALREADY_SO: {
        "reason": (_("This is already possible, and it is on us that it was not clear. How it works: …"),),
        "validation": (_("If many did not know, then we did not say it clearly."),),
    },
    Verdict.KEEP: {"reason": (_("Thank you for naming this. So that it stays, we will …"),)},
    Verdict.NOT_OURS: {
        "reason": (_("We cannot decide this ourselves. We have carried it on in your words, because …"),)
    },
    Verdict.NOT_SOON: {
        "validation": (
            _("The need is real. It makes sense that this weighs on you, and asking for it was right."),
            _("We see what this costs you every week. Our answer does not make it smaller."),
        ),
        "reason": (
            _("We will not do this within two years. What stands against it is …"),
            _("We looked for a way and found none that does not take from something you need more: …"),
        ),
    },
    Verdict.CANNOT: {
        "reason": (_("This will not change, and we would rather say so than leave it open. The reason is …"),),
        "validation": (_("We know that this is hard to hear, and that it stays hard to work with."),),
    },
}
"""Words to begin with, by verdict and field; whoever uses them goes on in their own."""

CONDUCT: Sequence[Words] = (
    _("Do not defend. What is written here is how it feels to somebody, and that is not up for debate."),
    _("Do not correct. What was misunderstood goes on your list of what to say more clearly later."),
    _("Thank. Somebody trusted you with this."),
    _("Do not ask who it was, and do not guess aloud."),
)
"""How a leader meets what was handed over."""

ASKS: Mapping[str, Mapping[str, Words]] = {
    Verdict.THIS_YEAR: {"reason": _("What you will try"), "look_again_on": _("When the group hears how it goes")},
    Verdict.NEXT_YEAR: {
        "reason": _("What has to happen first"),
        "look_again_on": _("When the group hears how it goes"),
    },
    Verdict.UNDERSTAND: {
        "question": _("What you ask the group"),
        "box_closes_on": _("Replies are taken until"),
        "validation": _("What you understand already"),
    },
    Verdict.TEAM: {"who": _("Who takes it on"), "by_when": _("By when"), "reason": _("What they may decide")},
    Verdict.ALREADY_SO: {"reason": _("How it is"), "validation": _("What was not clear")},
    Verdict.KEEP: {"reason": _("What you will do so that it stays")},
    Verdict.NOT_OURS: {
        "taken_to": _("Who decides, and where you take it"),
        "who": _("Who takes it there"),
        "reply_expected_on": _("When a reply is expected"),
        "reason": _("Why it is not yours to decide"),
    },
    Verdict.NOT_SOON: {
        "validation": _("What is true about the need"),
        "reason": _("Why not within two years"),
        "look_again_on": _("When you look again"),
    },
    Verdict.CANNOT: {"reason": _("What stands in the way"), "validation": _("What is true about the need")},
}
"""What each box of an answer asks for, by verdict and field."""

STILL_NEEDED: Mapping[str, Words] = {
    "reason": _("Write this in a sentence or two: it is what the group will ask first."),
    "validation": _("Say first what is true about the need. A no is easier to live with when the need was seen."),
    "question": _("Write what you would like to know. Without a question there is nothing to reply to."),
    "box_closes_on": _("Choose the last day for replies, so that both sides know when you look."),
    "who": _("Name who it is, so that people know whom to ask."),
    "by_when": _("Choose a day by which the team says what it has found."),
    "taken_to": _("Say who decides it. Otherwise it sounds as if nobody did."),
    "reply_expected_on": _("Choose the day on which you expect a reply, or on which you will ask again."),
    "look_again_on": _("Choose a day to look again: no for now needs a then."),
}
"""What is said when a box was left empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One verdict a leader can choose. label: as it is published; meaning: what choosing it says."""

    verdict: str
    label: Words
    meaning: Words
    tone: str


def choices_for(tone: str) -> list[Choice]:
    """Return the verdicts a concern of this tone can have; for what restores, keeping it comes first."""
    verdicts = [verdict for verdict in Verdict.values if may_say(verdict, tone)]
    verdicts.sort(key=lambda verdict: verdict != Verdict.KEEP)
    return [Choice(v, CHIPS[v], MEANINGS[v], TONES[v]) for v in verdicts]


def words_to_begin(verdict: str) -> list[tuple[str, Words]]:
    """Return (field, words) a leader may begin an answer with."""
    return [(field, words) for field, offered in BEGINNINGS.get(verdict, {}).items() for words in offered]
