"""The sentence for every refusal about what is kept for later."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "gatherings.nothing_to_keep": Message(
        what=_("There is nothing in this line yet."), next=_("Type what you want to come back to, then keep it.")
    ),
    "gatherings.line_too_long": Message(
        what=_("A line holds %(most)s characters; this one has %(has)s."), next=_("Shorten it, then keep it.")
    ),
    "gatherings.not_shown_to_keep": Message(
        what=_("Only what the group has seen can be kept for later."),
        next=_("Show it first, or write a line of your own that names nobody."),
    ),
    "gatherings.only_practice": Message(
        what=_("This is a practice run: nothing of it is kept for later."),
        next=_("Keep it in the real session."),
    ),
    "gatherings.leaders_keep_their_own": Message(
        what=_("Words that come late are kept for staff only; a leader’s could be told from them."),
        next=_("Note for yourself what you want to communicate later."),
    ),
}
