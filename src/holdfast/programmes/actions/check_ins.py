"""Writing check-ins: the days on which a team looks again, and what it found."""

from datetime import date

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.programmes.models.check_ins import CheckIn
from holdfast.programmes.queries import today_at
from holdfast.programmes.rules.check_ins import days_from
from holdfast.refusals import Refused

MOST_AHEAD = 24


@transaction.atomic
def plan_check_ins(programme: Programme, *, planned_on: date, times: int = 1, by: Person) -> list[CheckIn]:
    """Set a day, or several three months apart; one that stands already stays.

    Raises Refused for a day that is over or was looked at already, and when there would be too many.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if planned_on < today_at(programme):
        raise Refused("programmes.check_in_day_is_over", status=422)
    days, standing = days_from(planned_on, times), programme.check_ins
    if standing.filter(planned_on__in=days, looked_on__isnull=False).exists():
        raise Refused("programmes.check_in_was_looked_at", status=422)
    ahead = standing.filter(looked_on__isnull=True).exclude(planned_on__in=days).count()
    if ahead + len(days) > MOST_AHEAD:
        raise Refused("programmes.check_ins_are_full", {"most": MOST_AHEAD})
    made = [CheckIn.objects.get_or_create(programme=programme, planned_on=day)[0] for day in days]
    record("programmes.check_ins_planned", by=by.pk, on=programme.pk)
    return made


@transaction.atomic
def look_again(
    check_in: CheckIn, *, found: str, alive: str = "", quiet: str = "", next_on: date | None = None, by: Person
) -> CheckIn:
    """Keep what was found; the first time, it was looked at today. next_on: the next day, if one is wanted."""
    check_in = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    check_in.found, check_in.alive, check_in.quiet = found, alive, quiet
    check_in.looked_on = check_in.looked_on or today_at(check_in.programme)
    check_in.save(update_fields=["found", "alive", "quiet", "looked_on"])
    if next_on is not None:
        plan_check_ins(check_in.programme, planned_on=next_on, by=by)
    record("programmes.check_in_looked_at", by=by.pk, on=check_in.pk)
    return check_in


@transaction.atomic
def remove_check_in(check_in: CheckIn, *, by: Person) -> None:
    """Take a check-in off the list."""
    key = check_in.pk
    check_in.delete()
    record("programmes.check_in_removed", by=by.pk, on=key)
