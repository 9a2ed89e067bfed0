"""Words of the answer: how a verdict is shown in a chip, and what a leader may begin with, in our own words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Words
from holdfast.report_back.models import Answer

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
    Verdict.KEEP: "heart",
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
    Verdict.THIS_YEAR: {"reason": (_("This matters, and we begin with one step: "),)},
    Verdict.NEXT_YEAR: {"reason": (_("We want to do this well, so it starts next year. Before that "),)},
    Verdict.UNDERSTAND: {
        "question": (
            _("We want to get this right. What would be different on an ordinary day if this were better?"),
            _("When does this weigh most? Times and situations help us; names do not."),
        ),
        "validation": (_("Thank you for raising this. We have not understood it well enough to answer yet."),),
    },
    Verdict.TEAM: {"reason": (_("You know this better than we do. The team has time for it, and may decide "),)},
    Verdict.ALREADY_SO: {
        "reason": (_("This is already possible, and it is on us that it was not clear. How it works: "),),
        "validation": (_("If many did not know, then we did not say it clearly."),),
    },
    Verdict.KEEP: {"reason": (_("Thank you for naming this. So that it stays, we will "),)},
    Verdict.NOT_OURS: {
        "reason": (_("We cannot decide this ourselves. We have carried it on in your words, because "),)
    },
    Verdict.NOT_SOON: {
        "validation": (
            _("The need is real. It makes sense that this weighs on you, and asking for it was right."),
            _("We see what this costs you every week. Our answer does not make it smaller."),
        ),
        "reason": (
            _("We will not do this within two years. What stands against it is "),
            _("We looked for a way and found none that does not take from something you need more: "),
        ),
    },
    Verdict.CANNOT: {
        "reason": (_("This will not change, and we would rather say so than leave it open. The reason is "),),
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
