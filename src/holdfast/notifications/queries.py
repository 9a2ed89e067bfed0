"""Reading the outbox: what is due, what is stuck, and whose link somebody holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from holdfast.notifications.models import Mail, Once, Recipient
from holdfast.notifications.rules import MOST_TRIES

AT_ONCE = 200
SIGNED = Signer(salt="notifications.recipient", sep=".")
UNSENT = Q(sent_at__isnull=True)
FAILED = UNSENT & ~Q(last_error="")
GIVEN_UP = UNSENT & Q(tries__gte=MOST_TRIES)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands for some addresses. failing: those of the waiting ones that failed at least once."""

    waiting: int
    failing: int
    given_up: int
    stuck: Sequence[Mail]


def due() -> list[Mail]:
    """Return the mails to send now, the oldest first."""
    ready = Mail.objects.filter(UNSENT, tries__lt=MOST_TRIES, next_try_at__lte=timezone.now())
    return list(ready.order_by("made_at", "pk")[:AT_ONCE])


def worked_through(beginning: str) -> set[str]:
    """Return the keys of what is worked through already, among those with this beginning."""
    return set(Once.objects.filter(key__startswith=beginning).values_list("key", flat=True))


def wants_mail(address: str) -> bool:
    """Tell whether the owner of an address has not asked for silence."""
    return not Recipient.objects.filter(address=address, stopped_at__isnull=False).exists()


def stop_token(address: str) -> str:
    """Return what stands in the link that stops the mails to an address; the address itself is not in it."""
    return SIGNED.sign(str(Recipient.objects.get(address=address).pk))


def recipient_with(token: str) -> Recipient:
    """Return whose link this is. Raises Http404 for one that was made up."""
    try:
        key = int(SIGNED.unsign(token))
    except (BadSignature, ValueError) as error:
        raise Http404 from error
    found = Recipient.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def outbox_of(addresses: "QuerySet[Any, Any]") -> Outbox:
    """Return how the outbox stands for the addresses a subquery yields, with up to 50 mails that are stuck."""
    theirs = Mail.objects.filter(UNSENT, address__in=addresses)
    counts = theirs.aggregate(
        waiting=Count("pk"), failing=Count("pk", filter=FAILED), given_up=Count("pk", filter=GIVEN_UP)
    )
    return Outbox(**counts, stuck=list(stuck_among(addresses)[:50]) if counts["failing"] else [])


def stuck_among(addresses: "QuerySet[Any, Any]") -> QuerySet[Mail]:
    """Return the mails to these addresses that could not be sent so far, the oldest first."""
    return Mail.objects.filter(FAILED, address__in=addresses).order_by("made_at", "pk")
