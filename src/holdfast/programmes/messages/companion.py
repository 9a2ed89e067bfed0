"""The sentences for refusals about briefings and touch-bases."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.not_asked": Message(
        what=_("The toolkit does not ask this in this section, or no longer."),
        next=_("Load the briefing again to see what it asks."),
    ),
}
