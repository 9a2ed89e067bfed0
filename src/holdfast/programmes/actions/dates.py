"""Cancelling a session and taking it up again, and the address under which somebody's dates can be read."""

import secrets

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.actions.plan import changed, check_times, hold_group, locked
from holdfast.programmes.models import DatesAddress, Gathering, Sitting
from holdfast.programmes.queries.over import has_passed, last_end
from holdfast.programmes.telling import DateNews, tell_everyone
from holdfast.refusals import Refused


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, why: str, by: Person) -> Gathering:
    """Say that a session does not take place, and tell everyone; it stays visible, with its plan. Raises Refused."""
    gathering = locked(gathering)
    if gathering.cancelled_at is not None:
        return gathering
    if has_passed(gathering):
        raise Refused("programmes.is_over")
    gathering.cancelled_at, gathering.cancelled_why = timezone.now(), why
    changed(gathering, "cancelled_at", "cancelled_why")
    record("programmes.gathering_cancelled", by=by.pk, on=gathering.pk)
    tell_everyone(gathering, news=DateNews.CANCELLED, by=by, was=last_end(gathering))
    return gathering


@transaction.atomic
def take_up_gathering(gathering: Gathering, *, by: Person) -> Gathering:
    """Let a cancelled session take place at its date after all, and tell everyone. Raises Refused."""
    hold_group(gathering.programme.group_id)
    gathering = locked(gathering)
    if gathering.cancelled_at is None:
        return gathering
    dates: list[Gathering | Sitting] = [gathering, *gathering.further_sittings.all()]
    for one in dates:
        check_times(gathering.programme, one.starts_at, one.ends_at, but=gathering)
    gathering.cancelled_at, gathering.cancelled_why = None, ""
    changed(gathering, "cancelled_at", "cancelled_why")
    record("programmes.gathering_taken_up", by=by.pk, on=gathering.pk)
    tell_everyone(gathering, news=DateNews.ON_AGAIN, by=by, was=last_end(gathering))
    return gathering


@transaction.atomic
def open_dates_address(*, by: Person, instead_of: int | None = None) -> DatesAddress:
    """Return the address of somebody's own dates, made now when there is none.

    instead_of: the one that was on the screen, to end it and make another. When it has been renewed since, nothing
    more happens, so that pressing twice does not end the new one.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    current = DatesAddress.objects.filter(person=by, ended_at__isnull=True).first()
    if current is not None and current.pk != instead_of:
        return current
    if current is not None:
        _end(current, by)
    made = DatesAddress.objects.create(person=by, token=secrets.token_urlsafe(24), made_at=timezone.now())
    record("programmes.dates_address_made", by=by.pk, on=made.pk)
    return made


@transaction.atomic
def end_dates_address(*, by: Person) -> None:
    """Let nobody read somebody's dates under an address any more."""
    for current in DatesAddress.objects.select_for_update().filter(person=by, ended_at__isnull=True):
        _end(current, by)


def _end(address: DatesAddress, by: Person) -> None:
    address.ended_at = timezone.now()
    address.save(update_fields=["ended_at"])
    record("programmes.dates_address_ended", by=by.pk, on=address.pk)
