"""The sentences for refusals about coming, what keeps people from it, and the end of a programme."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.enough_unnamed": Message(
        what=_("So many messages without a name are waiting here that no more are taken at the moment."),
        next=_("Tell your facilitator, or write with your name. What you typed is still in its box."),
    ),
    "programmes.nothing_done_yet": Message(
        what=_("It does not say yet what was done."),
        next=_("Write in a sentence what you did, or why it cannot be changed."),
    ),
    "programmes.already_closed": Message(
        what=_("This programme is closed already, and its certificates are there."),
        next=_("Open it again first if hours have changed."),
    ),
}
