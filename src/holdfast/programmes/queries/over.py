"""When a session is over: at its planned end, or before that once everything in its plan was held or left out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from holdfast.programmes.models import PlanItem, Sitting

CAME = PlanItem.Came
SITTINGS_WITHIN = timedelta(days=366)
"""How long after its first sitting a session may still wait for another. Nobody is asked to look through all years."""


def meets_again(now: datetime) -> Q:
    """Match sessions that are not over, or have a further sitting that is not.

    One that was held to its end before its hour is over; a plan in which nothing was held says nothing: somebody only
    looked in.
    """
    of_it = PlanItem.objects.filter(gathering=OuterRef("pk"))
    going_on = of_it.filter(Q(came=CAME.AHEAD) | Q(began_at__isnull=False))
    held_early = Q(Exists(of_it.filter(came=CAME.HELD))) & ~Q(Exists(going_on))
    ahead = (Q(ends_at__gt=now) & ~held_early) | Q(Exists(_sittings_ahead(now)))
    return Q(ends_at__gt=now - SITTINGS_WITHIN) & ahead


def when_it_meets(now: datetime, which: str) -> Case:
    """Return when a session that meets again does so, as a column: itself, or its next sitting once its first is over.

    which: starts_at or ends_at.
    """
    sitting = _sittings_ahead(now).order_by("starts_at", "pk").values(which)[:1]
    return Case(When(ends_at__gt=now, then=F(which)), default=Subquery(sitting))


def still_ahead(now: datetime) -> Q:
    """Match sessions whose first sitting is not over."""
    return Q(ends_at__gt=now) & meets_again(now)


def _sittings_ahead(now: datetime) -> QuerySet[Sitting]:
    return Sitting.objects.filter(gathering=OuterRef("pk"), ends_at__gt=now)


def is_over(items: Sequence[PlanItem], ends: Sequence[datetime], now: datetime) -> bool:
    """Tell the same of one session by its plan. ends: of each of its sittings, the first one first."""
    if max(ends) < now:
        return True
    held = any(item.came == CAME.HELD for item in items)
    going_on = any(item.came == CAME.AHEAD or item.began_at for item in items)
    return held and not going_on and not any(end > now for end in ends[1:])
