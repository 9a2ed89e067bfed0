"""The postman: one thread of the server that sends what is due, and tries again what could not be sent."""

import logging
import smtplib
import threading
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.notifications import actions, queries
from holdfast.notifications.bell import BELL
from holdfast.notifications.due import post_what_is_due
from holdfast.notifications.models import Mail
from holdfast.notifications.rules import out_of_quiet_hours
from holdfast.web.language import spoken_by

LOG = logging.getLogger("holdfast.notifications")
ROUND_SECONDS = 30.0
ASKING_SECONDS = 240.0
"""How often the other apps are asked whether something has become due."""

ONLY_THIS_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)
"""Failures that say nothing about the next mail; after any other one the server is left alone until the next round."""


def send_due() -> int:
    """Send every mail that is due, each claimed first, and return how many were sent.

    Two that run at once never send the same mail: only one of them gets the claim. A process killed between sending
    and noting it sends again later under the same Message-ID, by which a mailbox recognises a mail it has.
    """
    sent = 0
    for mail in queries.due():
        if not queries.wants_mail(mail.address):
            actions.drop(mail)
            continue
        now = timezone.now()
        allowed = out_of_quiet_hours(now, ZoneInfo(mail.zone)) if mail.zone else now
        if allowed > now:  # it waited for a server that was down, and meanwhile it is night
            actions.put_off(mail, until=allowed)
            continue
        if not actions.claim(mail):
            continue
        try:
            letter(mail).send()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the mail is kept and the reason is shown
            actions.note_failed(mail, error=f"{type(error).__name__}: {error}")
            LOG.warning("a mail could not be sent: %s", type(error).__name__)
            if not isinstance(error, ONLY_THIS_MAIL):
                break
        else:
            actions.note_sent(mail)
            sent += 1
    return sent


def letter(mail: Mail) -> EmailMessage:
    """Return a mail as it goes out, with its own number and the link that stops further ones."""
    token = queries.stop_token(mail.address)
    address = f"{settings.PUBLIC_URL}{reverse('notifications.recipient', kwargs={'token': token})}"
    with spoken_by(mail.language):
        stop = _("No more mails like this, with one press: %(address)s") % {"address": address}
    return EmailMessage(
        subject=mail.subject,
        body=f"{mail.body}\n\n--\n{stop}\n",
        to=[mail.address],
        headers={
            "Message-ID": f"<{mail.pk}@{settings.PUBLIC_HOST}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def always() -> bool:
    """Say yes: a server that is the only one is always on duty."""
    return True


class Postman:
    """Goes round every half minute, and at once when the bell rings."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked_at: float | None = None
        self._on_duty: Callable[[], bool] = always

    def start(self, *, on_duty: Callable[[], bool] = always) -> None:
        """Begin in a thread of this process.

        on_duty: whether it is for this server to ask what has become due. Mails that wait are sent by every server that
        has posted one: each is claimed first.
        """
        self._on_duty = on_duty
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop; a mail in hand that takes longer is tried again after the next start."""
        self._stopping.set()
        BELL.set()
        if self._thread:
            self._thread.join(timeout=2)
            self._thread = None

    def _ask(self) -> None:
        if not self._on_duty():
            return
        if self._asked_at is None or time.monotonic() - self._asked_at >= ASKING_SECONDS:
            self._asked_at = time.monotonic()
            post_what_is_due()

    def _run(self) -> None:
        BELL.set()
        while not self._stopping.is_set():
            if BELL.wait(ROUND_SECONDS):
                BELL.clear()
            if self._stopping.is_set():
                break
            try:
                self._ask()
                send_due()
            except Exception as error:  # noqa: BLE001 - the database may be busy or gone for a moment
                LOG.warning("the outbox could not be read: %s", type(error).__name__)
            finally:
                connection.close()


POSTMAN = Postman()
