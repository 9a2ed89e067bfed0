"""The sentence for every refusal about a facilitator's own notes."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.aside_too_long": Message(
        what=_("Your own note holds %(most)s characters; this one has %(has)s."), next=_("Shorten it, then keep it.")
    ),
    "programmes.aside_has_changed": Message(
        what=_("Somebody has written something else here meanwhile, and yours is not kept yet."),
        next=_("Theirs stands above your box: bring both together, then keep it."),
    ),
}
