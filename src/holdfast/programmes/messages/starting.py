"""The sentences for refusals about getting ready and the calendar."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "programmes.leads_no_more": Message(
        what=_("%(name)s does not lead this group now."),
        next=_("Ask who coordinates your site to give the role, then come back."),
    ),
    "programmes.already_pledged": Message(
        what=_("You have already given your word for this group."),
        next=_("It stands with its date; there is nothing more to do."),
    ),
    "programmes.circle_is_full": Message(
        what=_("A circle has at most %(most)s sentences, so that everybody knows them by heart."),
        next=_("Take one out, or bring two together."),
    ),
    "programmes.sittings_are_full": Message(
        what=_("A session has at most %(most)s further sittings."),
        next=_("Change one of them, or plan a session of its own."),
    ),
}
