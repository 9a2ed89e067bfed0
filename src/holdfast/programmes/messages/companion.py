"""The sentences for refusals about briefings and touch-bases."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.not_asked": Message(
        what=_("The toolkit does not ask this in this section, or no longer."),
        next=_("Load the briefing again to see what it asks."),
    ),
    "programmes.touch_base_was_held": Message(
        what=_("This touch-base was held already."),
        next=_("Write beside it what you agreed, or plan another one."),
    ),
    "programmes.touch_base_day_is_over": Message(
        what=_("This day is over."),
        next=_("Choose today or a day to come; one that was missed is caught up in one press."),
    ),
}
