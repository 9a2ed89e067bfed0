"""The sentences of check-ins that cannot be planned."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.check_in_day_is_over": Message(
        what=_("This day is over."), next=_("Choose today or a later day to look again.")
    ),
    "programmes.check_in_was_looked_at": Message(
        what=_("On one of these days it was looked at already."),
        next=_("Choose another day; what was found stays as it is."),
    ),
    "programmes.check_ins_are_full": Message(
        what=_("There are already %(most)s days on which you look again."),
        next=_("Take one off the list first."),
    ),
}
