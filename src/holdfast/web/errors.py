"""The pages for what can go wrong: what is so, and what to do next."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message, Words


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One error page. action: the words of its button, href: where that leads."""

    message: Message
    action: Words
    href: str = "/"


FIRST_PAGE = _("Go to the first page")

PAGES = {
    400: ErrorPage(
        Message(_("We could not read that."), _("Go back, load the page again, and try once more.")), FIRST_PAGE
    ),
    403: ErrorPage(
        Message(_("This is not open to you."), _("If you think it should be, ask your coordinator.")), FIRST_PAGE
    ),
    # One page for "not yours" and "not there": a difference would tell a stranger what exists.
    404: ErrorPage(
        Message(
            _("We have no page for you at this address."),
            _("It may be mistyped, or belong to people you do not work with. Ask whoever gave it to you."),
        ),
        FIRST_PAGE,
    ),
    405: ErrorPage(
        Message(_("This address cannot be used like that."), _("Go back and use the buttons of the page.")), FIRST_PAGE
    ),
    413: ErrorPage(Message(_("That is too long to send."), _("Go back, shorten it, and send it again.")), FIRST_PAGE),
    429: ErrorPage(
        Message(_("That was too many tries in a short time."), _("Wait a minute, then try again.")), FIRST_PAGE
    ),
    500: ErrorPage(
        Message(
            _("Something broke on our side."),
            _("Nothing marked as saved is lost. Try again; if it happens twice, tell whoever runs Holdfast."),
        ),
        FIRST_PAGE,
    ),
    503: ErrorPage(
        Message(
            _("Holdfast cannot save anything right now."),
            _("Keep this page open so that nothing you typed is lost, and try again in a minute."),
        ),
        FIRST_PAGE,
    ),
}
FILE_TOO_LARGE = ErrorPage(
    Message(
        _("That is more than this page takes at once; nothing of it was kept."),
        _("Go back: what you typed is still there. Choose a smaller file; the page says how large it may be."),
    ),
    FIRST_PAGE,
)
PAGE_TOO_OLD = ErrorPage(
    Message(
        _("This page was open for too long, or your browser did not send its cookie."),
        _("Go back, load the page again, and send the form once more. What you typed is often still there."),
    ),
    FIRST_PAGE,
)
