"""The sentences for what is archived, and for what cannot be deleted."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.archived": Message(
        what=_("This programme is archived: it can be read, and not changed."),
        next=_("Whoever coordinates the group can take it up again on the programme’s page."),
    ),
    "programmes.has_history": Message(
        what=_("A session of this programme was opened, so the programme stays on record."),
        next=_("Archive it instead: it is out of the way, and can be taken up again."),
    ),
}
