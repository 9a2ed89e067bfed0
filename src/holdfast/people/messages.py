"""The sentence for every refusal of this app."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "people.link_unknown": Message(
        what=_("Nobody can sign in with this link."),
        next=_("Check that the whole address was copied, or ask your coordinator for a new link."),
    ),
    "people.link_used": Message(
        what=_("This link has been used; each link signs in once."),
        next=_("Ask your coordinator for a new link. If it was not you who used it, say so."),
    ),
    "people.link_revoked": Message(
        what=_("This link was taken back, or a newer one replaced it."),
        next=_("Use the newest link you were given, or ask your coordinator for one."),
    ),
    "people.link_too_old": Message(
        what=_("This link is more than 14 days old and has ended."),
        next=_("Ask your coordinator for a new link."),
    ),
    "people.link_of_someone_who_left": Message(
        what=_("This link belongs to somebody who has left."),
        next=_("If that is a mistake, ask your coordinator to let you back in."),
    ),
    "people.has_left": Message(
        what=_("%(name)s has left, so no link was made."),
        next=_("Let them come back first, on their page."),
    ),
    "people.last_coordinator": Message(
        what=_("%(name)s is the only coordinator of the whole organisation."),
        next=_("Make somebody else coordinator first, then try again."),
    ),
    "people.email_taken": Message(
        what=_("Somebody else signs in with this e-mail address."),
        next=_("Use another address, or leave it empty: a sign-in link works without one."),
    ),
    "people.not_your_place": Message(
        what=_("You do not coordinate the place this role is for."),
        next=_("Ask a coordinator of the whole organisation to give it."),
    ),
    "people.nobody_signs_up": Message(
        what=_("Nobody can sign up here."),
        next=_("Ask your coordinator to add you."),
    ),
    "people.mail_not_sent": Message(
        what=_("The mail with your code could not be sent."),
        next=_("Try again in a few minutes, or ask your coordinator for a sign-in link."),
    ),
    "people.no_access_now": Message(
        what=_("This account has no access at the moment."),
        next=_("If that is a mistake, ask your coordinator to let you back in."),
    ),
    "people.nobody_chosen": Message(
        what=_("Nobody was chosen."),
        next=_("Go back and tick at least one name."),
    ),
}
