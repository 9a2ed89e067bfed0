"""The sentence for every refusal of this app."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "report_back.no_such_due_date": Message(
        what=_("Answers can be agreed for a day from today to a year ahead."),
        next=_("Choose a day in that time, together with leadership."),
    ),
    "report_back.only_practice": Message(
        what=_("This is a practice room, and practice is never handed over."),
        next=_("End the practice first."),
    ),
    "report_back.not_agreed": Message(
        what=_("The group has not agreed to this wording: “%(wording)s”."),
        next=_("Read it with the group once more, then hand it over."),
    ),
    "report_back.was_struck": Message(
        what=_("The words of this were removed, because they named somebody."),
        next=_("Add it anew in other words, if the group still wants it."),
    ),
    "report_back.words_of_the_group": Message(
        what=_("These are words of the group, and leadership does not remove them."),
        next=_("If they name somebody, ask a facilitator of the group, or the coordinator; they can do it at once."),
    ),
    "report_back.words_of_leadership": Message(
        what=_("These are words of leadership, and the group’s side does not remove them."),
        next=_("If they name somebody, ask a leader of the group, or the coordinator; they can do it at once."),
    ),
    "report_back.still_with_leadership": Message(
        what=_("Leadership has not said no to this: “%(wording)s”."),
        next=_("Let go only of what leadership does not take on; the rest stays where it is."),
    ),
    "report_back.says_too_little": Message(
        what=_("This answer leaves out something the group will ask about."),
        next=_("Fill in every box that is not marked as optional."),
    ),
    "report_back.box_open_too_long": Message(
        what=_("Replies are taken for eight weeks at most, since nobody sees one before the last day."),
        next=_("Choose an earlier day. If the question is still open then, ask it again."),
    ),
    "report_back.keep_what_restores": Message(
        what=_("Only what gives strength can be kept and protected; this one drains: “%(wording)s”."),
        next=_("Choose another answer for it."),
    ),
    "report_back.already_worked_on": Message(
        what=_("Somebody has begun an answer to this one: “%(wording)s”."),
        next=_("Leave it out here, or open it and look at what stands there."),
    ),
    "report_back.was_not_sorted": Message(
        what=_("This did not come from a sort, or it is let go already."),
        next=_("Say on its page that it is done, or that the group lets it go."),
    ),
    "report_back.is_let_go": Message(
        what=_("The group has let this go, perhaps from another desk."),
        next=_("Look at the two lists. What the group takes up again starts there."),
    ),
    "report_back.nothing_collected": Message(
        what=_("No answer is chosen."),
        next=_("Choose at least one draft for the meeting."),
    ),
    "report_back.not_said_yet": Message(
        what=_("That day is still to come, and answers are said aloud before they are published."),
        next=_("Publish after the meeting, with the day it was held."),
    ),
    "report_back.not_published_yet": Message(
        what=_("This answer is not published yet."),
        next=_("Publish it with its set; then say what has moved."),
    ),
    "report_back.no_such_page": Message(
        what=_("There is no page at this address."),
        next=_("Scan the poster in the staff room again, or ask your facilitator for the address."),
    ),
    "report_back.page_renewed": Message(
        what=_("This address has been renewed, so the old one shows nothing any more."),
        next=_("Scan the newest poster in the staff room, or ask your facilitator for the address."),
    ),
    "report_back.no_such_question": Message(
        what=_("This question is not on this page."),
        next=_("Nobody has seen what you just wrote. Go back to the page and look at its questions."),
    ),
}
