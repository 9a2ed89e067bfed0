"""The sentences for refusals about what surrounds the sessions."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.ideas_are_full": Message(
        what=_("The list holds at most %(most)s ideas."),
        next=_("Take off what nobody will do, then add this one."),
    ),
    "programmes.already_a_practice": Message(
        what=_("This idea already stands under “How we do it now”."),
        next=_("Change it there, or write another practice."),
    ),
}
