"""The sentence for every refusal about sittings that are read together."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

SITTING_MESSAGES = {
    "gatherings.no_other_sitting": Message(
        what=_("No other sitting of this session is ahead."),
        next=_("Read the notes in this room, or give the session another sitting in its plan first."),
    ),
    "gatherings.no_room_open": Message(
        what=_("No room of this session is open."),
        next=_("Open the room, then look through the notes in it."),
    ),
    "gatherings.read_with_another_sitting": Message(
        what=_("People were told that these notes are read together with another sitting: %(sitting)s."),
        next=_("Keep them closed until then. If that sitting is cancelled, they are read here."),
    ),
    "gatherings.another_sitting_is_ahead": Message(
        what=_("Another sitting is still ahead, and these notes wait for it."),
        next=_("Open the room for that sitting; or cancel it in the plan, if it does not take place."),
    ),
}
