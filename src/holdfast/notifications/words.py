"""Why a mail could not be sent, for somebody who does not run mail servers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Words

NOBODY_ANSWERS = _("The mail server does not answer. Ask IT whether it runs and can be reached from here.")
REASONS: Mapping[str, Words] = {
    "SMTPRecipientsRefused": _("The mail server does not know this address. Check how it is written."),
    "SMTPDataError": _("The mail server did not take this mail. Its own words say why."),
    "SMTPSenderRefused": _("The mail server does not accept our sender’s address. Ask IT to check it."),
    "SMTPAuthenticationError": _("The mail server does not accept our name and password. Ask IT to check them."),
    "SMTPNotSupportedError": _("The mail server cannot do what is asked of it. Ask IT to check the settings."),
    "SSLCertVerificationError": _("The certificate of the mail server does not fit. Ask IT to look at it."),
    "ValueError": _("This address or subject cannot be written into a mail. Check how the address is written."),
    **dict.fromkeys(("ConnectionRefusedError", "TimeoutError", "gaierror", "SMTPServerDisconnected"), NOBODY_ANSWERS),
    **dict.fromkeys(("SMTPConnectError", "ConnectionResetError", "OSError"), NOBODY_ANSWERS),
}
"""Each kind of failure in a sentence."""

UNKNOWN = _("It could not be sent. The words below help IT to find out why.")


def in_plain_words(error: str) -> str:
    """Return what a failure means and what helps. error: its kind and the server's words, as the outbox keeps them."""
    return str(REASONS.get(error.partition(":")[0], UNKNOWN))
