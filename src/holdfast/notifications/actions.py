"""The only code that writes the outbox: posting, claiming, noting what became of a mail, stopping and resuming."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from holdfast.notifications.bell import BELL
from holdfast.notifications.models import Mail, Once, Recipient
from holdfast.notifications.rules import MOST_TRIES, out_of_quiet_hours, wait_after

KEPT_DONE = timedelta(days=60)
"""How long it is remembered that something due was worked through: longer than anything stays due."""


def post(
    key: str, *, address: str, subject: str, body: str, zone: str = "", not_before: datetime | None = None
) -> bool:
    """Put a mail into the outbox as part of the caller's transaction; tell whether it is new.

    Written in the active language. key: what it is about; the same news to the same address is kept once.
    An address that wants no mails gets none. not_before: when it may go at the earliest; None for now.
    zone: of the place it is about; by night and on weekends there it waits. Empty: it goes at any hour.
    """
    now = timezone.now()
    recipient, _is_new = Recipient.objects.get_or_create(address=address)
    if recipient.stopped_at:
        return False
    due = max(now, not_before) if not_before else now
    due = out_of_quiet_hours(due, ZoneInfo(zone)) if zone else due
    words = {"subject": " ".join(subject.split())[:200], "body": body, "language": get_language() or ""}
    times = {"made_at": now, "next_try_at": due, "zone": zone}
    _mail, is_new = Mail.objects.get_or_create(key=key, address=address, defaults={**words, **times})
    if is_new:
        transaction.on_commit(BELL.set)
    return is_new


def claim(mail: Mail) -> bool:
    """Take a mail that is due for one attempt; False when somebody else was quicker.

    The next attempt is written down before this one begins: a process that is killed in between loses nothing.
    """
    now = timezone.now()
    tries = mail.tries + 1
    taken = Mail.objects.filter(pk=mail.pk, sent_at__isnull=True, tries=mail.tries, next_try_at__lte=now)
    if not taken.update(tries=tries, next_try_at=now + wait_after(tries)):
        return False
    mail.tries = tries
    return True


def put_off(mail: Mail, *, until: datetime) -> None:
    """Let a mail wait for the end of the quiet hours without counting an attempt."""
    Mail.objects.filter(pk=mail.pk, sent_at__isnull=True, tries=mail.tries).update(next_try_at=until)


def work_through(key: str) -> bool:
    """Say in the caller's transaction that something due is worked through; False when it was before."""
    now = timezone.now()
    _done, is_new = Once.objects.get_or_create(key=key, defaults={"done_at": now})
    if is_new:
        Once.objects.filter(done_at__lt=now - KEPT_DONE).delete()
    return is_new


def note_sent(mail: Mail) -> None:
    """Write down that a mail is on its way."""
    Mail.objects.filter(pk=mail.pk, sent_at__isnull=True).update(sent_at=timezone.now(), last_error="")


def note_failed(mail: Mail, *, error: str) -> None:
    """Write down why an attempt failed; the time of the next one is written already."""
    Mail.objects.filter(pk=mail.pk, sent_at__isnull=True).update(last_error=error[:200])


def drop(mail: Mail) -> None:
    """Remove a mail whose owner asked for none meanwhile."""
    Mail.objects.filter(pk=mail.pk, sent_at__isnull=True).delete()


def try_again(mails: Collection[Mail]) -> int:
    """Make mails that failed due now, with all their attempts before them again; return how many."""
    keys = [mail.pk for mail in mails]
    stuck = Mail.objects.filter(Q(tries__gte=MOST_TRIES) | ~Q(last_error=""), pk__in=keys, sent_at__isnull=True)
    count = stuck.update(tries=0, next_try_at=timezone.now())
    transaction.on_commit(BELL.set)
    return count


def discard_waiting(*, domain: str) -> None:
    """Remove what waits for the addresses of one mail domain: a demo makes up its past, and nobody waits for that."""
    Mail.objects.filter(sent_at__isnull=True, address__endswith=f"@{domain}").delete()


def stop(recipient: Recipient) -> None:
    """Send no more mails to an address; those that wait are removed."""
    with transaction.atomic():
        Recipient.objects.filter(pk=recipient.pk, stopped_at__isnull=True).update(stopped_at=timezone.now())
        Mail.objects.filter(address=recipient.address, sent_at__isnull=True).delete()


def resume(recipient: Recipient) -> None:
    """Send mails to an address again."""
    Recipient.objects.filter(pk=recipient.pk).update(stopped_at=None)
