"""When a session is over: at its planned end, or before that once everything in its plan was held or left out."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.utils import timezone

from holdfast.programmes.models import Gathering, PlanItem, Programme, Sitting

CAME = PlanItem.Came
SITTINGS_WITHIN = timedelta(days=366)
"""How long after its first sitting a session may still wait for another. Nobody is asked to look through all years."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """A programme's sessions that are not cancelled.

    over: in the order of their dates. ahead: those that meet again, the next one first.
    """

    over: Sequence[Gathering]
    ahead: Sequence[Gathering]

    def on(self, section: int) -> Gathering | None:
        """Return the session a section belongs to: the next one on it, else the last."""
        found = [*self.ahead, *reversed(self.over)]
        return next((session for session in found if session.section == section), None)


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


def when_it_meets(now: datetime, which: str, *, of_further: str = "") -> Case:
    """Return when or where a session meets again, as a column: itself, or its next sitting once its first is over.

    which: starts_at, ends_at, place or sitting. of_further: what a further sitting calls it, where that differs.
    """
    sitting = _sittings_ahead(now).order_by("starts_at", "pk").values(of_further or which)[:1]
    return Case(When(ends_at__gt=now, then=F(which)), default=Subquery(sitting))


def still_ahead(now: datetime) -> Q:
    """Match sessions whose first sitting is not over."""
    return Q(ends_at__gt=now) & meets_again(now)


def _sittings_ahead(now: datetime) -> QuerySet[Sitting]:
    return Sitting.objects.filter(gathering=OuterRef("pk"), ends_at__gt=now)


def meeting_again(sessions: QuerySet[Gathering], now: datetime) -> QuerySet[Gathering]:
    """Return those of some sessions that meet again, the soonest first, each with its next sitting in meets_…."""
    found = sessions.filter(meets_again(now))
    return found.annotate(meets_at=when_it_meets(now, "starts_at"), **_next_sitting(now)).order_by("meets_at", "pk")


def _next_sitting(now: datetime) -> dict[str, Case]:
    return {
        "meets_until": when_it_meets(now, "ends_at"),
        "meets_where": when_it_meets(now, "place"),
        "meets_as": when_it_meets(now, "sitting", of_further="label"),
    }


def as_it_meets(session: Gathering) -> Gathering:
    """Return a session that meets again with hours and place of its next sitting: not the first once that is over."""
    found, told = copy(session), vars(session)
    found.starts_at, found.ends_at = told["meets_at"], told["meets_until"]
    found.place, found.sitting = told["meets_where"], told["meets_as"]
    return found


def fetch_sessions(programmes: Iterable[Programme]) -> None:
    """Fetch all sessions of programmes, cancelled ones too, where that was not done yet; sessions_of asks no more."""
    if without := [programme for programme in programmes if not _has_them(programme)]:
        prefetch_related_objects(without, Prefetch("gatherings", _told(Gathering.objects.all(), timezone.now())))


def sessions_of(programme: Programme) -> Sessions:
    """Return what of a programme was and what comes."""
    here = programme.gatherings.all()
    every = here if _has_them(programme) else _told(here, timezone.now())
    on = [session for session in every if session.cancelled_at is None]
    ahead = [session for session in on if vars(session)["meets_at"] is not None]
    return Sessions(
        over=[session for session in on if vars(session)["meets_at"] is None],
        ahead=sorted(ahead, key=lambda session: (vars(session)["meets_at"], session.pk)),
    )


def _has_them(programme: Programme) -> bool:
    return "gatherings" in getattr(programme, "_prefetched_objects_cache", ())


def _told(sessions: QuerySet[Gathering], now: datetime) -> QuerySet[Gathering]:
    """Return sessions in order, each with the hours at which it meets again. meets_at: None for one that is over."""
    meets_at = Case(When(meets_again(now), then=when_it_meets(now, "starts_at")))
    return sessions.annotate(meets_at=meets_at, **_next_sitting(now)).order_by("starts_at", "pk")


def has_passed(session: Gathering) -> bool:
    """Tell of one session whether it is over."""
    return not Gathering.objects.filter(meets_again(timezone.now()), pk=session.pk).exists()


def last_end(session: Gathering) -> datetime:
    """Return when the last sitting of a session ends."""
    return max([session.ends_at, *session.further_sittings.values_list("ends_at", flat=True)])


def is_over(items: Sequence[PlanItem], ends: Sequence[datetime], now: datetime) -> bool:
    """Tell the same of one session by its plan. ends: of each of its sittings, the first one first."""
    if max(ends) < now:
        return True
    held = any(item.came == CAME.HELD for item in items)
    going_on = any(item.came == CAME.AHEAD or item.began_at for item in items)
    return held and not going_on and not any(end > now for end in ends[1:])
