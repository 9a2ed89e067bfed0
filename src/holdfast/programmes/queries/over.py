"""When a session is over: at its planned end, or before that once everything in its plan was held or left out."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from holdfast.programmes.models import PlanItem, Sitting

CAME = PlanItem.Came


def held_before_its_hour(now: datetime) -> Q:
    """Match sessions whose room was held to its end early; one that has another sitting ahead goes on.

    A plan in which nothing was held says nothing: somebody only looked in.
    """
    of_it = PlanItem.objects.filter(gathering=OuterRef("pk"))
    going_on = of_it.filter(Q(came=CAME.AHEAD) | Q(began_at__isnull=False))
    sitting = Sitting.objects.filter(gathering=OuterRef("pk"), ends_at__gt=now)
    return Q(Exists(of_it.filter(came=CAME.HELD))) & ~Q(Exists(going_on)) & ~Q(Exists(sitting))


def still_ahead(now: datetime) -> Q:
    """Match sessions that are not over."""
    return Q(ends_at__gt=now) & ~held_before_its_hour(now)
