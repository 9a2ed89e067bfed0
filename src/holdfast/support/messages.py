"""The sentence for every refusal of this app."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "support.no_coach": Message(
        what=_("Nobody coaches this group at the moment."),
        next=_("Ask who coordinates your organisation to invite a coach."),
    ),
    "support.thread_is_long": Message(
        what=_("This thread has %(most)s turns; it takes no more."),
        next=_("Ask anew, and begin with what is still open."),
    ),
    "support.invited_already": Message(
        what=_("This address is invited already."),
        next=_("If the mail is lost, end the invitation and invite again."),
    ),
    "support.not_your_invitation": Message(
        what=_("This invitation went to another address, or it has ended."),
        next=_("Sign in with the address it went to, or ask the organisation to invite you again."),
    ),
    "support.sign_in_by_mail": Message(
        what=_("An invitation of another organisation is accepted by whoever reads the mail of this address."),
        next=_("Sign out, sign in again with a code by e-mail, and say yes then. Nothing is lost meanwhile."),
    ),
    "support.not_a_kind_we_take": Message(
        what=_("This file is neither a PDF nor a PNG or JPEG picture."),
        next=_("Save it as a PDF, then add it again."),
    ),
    "support.file_too_large": Message(
        what=_("This file is larger than %(most)s MB."),
        next=_("Make it smaller, for example with pictures of less detail, or set a link to it instead."),
    ),
    "support.file_is_missing": Message(
        what=_("The file of this handout is not in its folder any more."),
        next=_("Ask whoever added it to add it again."),
    ),
}
