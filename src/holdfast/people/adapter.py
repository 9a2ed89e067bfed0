"""How the sign-in library behaves here: nobody signs up, and it speaks our words."""

from smtplib import SMTPException
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Refused


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A code by e-mail for people a coordinator has added; nothing else of the library is in use."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Check the newest mail and type its code again."),
        "too_many_login_attempts": _("Too many tries. Wait a minute, then ask for a new code."),
        "rate_limited": _("Too many tries. Wait a minute, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; people are added by a coordinator."""
        return False

    def save_user(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse what no page offers."""
        raise Refused("people.nobody_signs_up", status=403)

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is written."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. A known and an unknown address both get one, so that neither takes longer. Raises Refused."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            raise Refused("people.mail_not_sent", status=503) from error

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from; behind a local socket all come from one place."""
        return get_client_ip(request) or "local"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the sign-in page: it may see the session and so can say what happened."""
        return reverse("account_request_login_code")
