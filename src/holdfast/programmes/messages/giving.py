"""The sentences for refusals about visuals that hang somewhere."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.hangs_everywhere": Message(
        what=_("The list holds at most %(most)s places for one section."),
        next=_("Take one off that no longer hangs, then add this one."),
    ),
}
