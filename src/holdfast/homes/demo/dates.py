"""A date that fell out: one session ahead is cancelled, with a sentence, so that one sees what that looks like."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme

WHY = "The board visits that week. We meet two weeks later instead."
BEGINS, LENGTH = time(15, 30), timedelta(minutes=75)


@transaction.atomic
def cancel_one(programme: Programme, *, section: int, by: Person) -> None:
    """Plan a section some weeks ahead and cancel it; done again it adds nothing while one lies ahead."""
    if programme.gatherings.filter(cancelled_at__isnull=False, ends_at__gt=timezone.now()).exists():
        return
    starts_at = datetime.combine(_a_thursday_ahead(), BEGINS, ZoneInfo(programme.group.site.time_zone))
    session = plans.add_gathering(
        programme, section=section, starts_at=starts_at, ends_at=starts_at + LENGTH, place="Teachers’ lounge", by=by
    )
    plans.cancel_gathering(session, why=WHY, by=by)


def _a_thursday_ahead() -> date:
    ahead = timezone.localdate() + timedelta(days=30)
    return ahead + timedelta(days=(3 - ahead.weekday()) % 7)
