"""The sentence for every refusal of a session that goes otherwise than planned."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "gatherings.was_held_already": Message(
        what=_("This activity has been on the screens today, so it is not skipped any more."),
        next=_("Go on with the next one; what was said stays as it is."),
    ),
    "gatherings.nothing_to_look_back_at": Message(
        what=_("Only an activity of today that is closed for good can be shown again."),
        next=_("Choose one that is done, or hold it again."),
    ),
    "gatherings.is_paused": Message(
        what=_("The session is paused, and everything stands still."),
        next=_("Press “Go on” first; nothing is lost meanwhile."),
    ),
    "gatherings.closes_in_a_moment": Message(
        what=_("This activity closes in a moment, and phones are sending what they still have."),
        next=_("Undo the closing, or let it end; then pause."),
    ),
    "gatherings.may_be_writing": Message(
        what=_("Somebody may be writing just now, and would be taken away from it."),
        next=_("Close this activity first; then look back."),
    ),
}
