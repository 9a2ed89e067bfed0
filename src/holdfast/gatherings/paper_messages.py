"""The sentence for every refusal about paper."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

PAPER_MESSAGES = {
    "gatherings.no_more_paper": Message(
        what=_("This activity takes nothing from paper just now."),
        next=_("What you typed stands below, to be copied. Keep the sheet until its words have found a place."),
    ),
    "gatherings.empty_ballot": Message(
        what=_("Nothing is chosen on this ballot yet."),
        next=_("Choose what is ticked on the sheet. A sheet without a tick is not typed in."),
    ),
    "gatherings.papers_are_counted_before": Message(
        what=_("How many take part on paper is said before anybody writes, and then stays."),
        next=_("Type their papers in all the same; the desk says so when more come in than people are here."),
    ),
    "gatherings.papers_not_a_number": Message(
        what=_("This is not a number of people from 0 to 200."), next=_("Count those who have no phone, and type it.")
    ),
}
