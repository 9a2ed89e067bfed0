"""When a session that is over met: at its hour, or, where it was held before that, when its room was opened."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from holdfast.gatherings.models import Room
from holdfast.programmes.models import Gathering

ROOMS = Room.objects.filter(rehearsal=False).order_by("-opened_at", "pk")


def when_it_met(now: datetime) -> Case:
    """Return when a session that is over began, as a column."""
    opened = ROOMS.filter(gathering=OuterRef("pk")).values("opened_at")[:1]
    return Case(When(starts_at__gt=now, then=Coalesce(Subquery(opened), F("starts_at"))), default=F("starts_at"))


def as_they_met(sessions: Sequence[Gathering]) -> list[Gathering]:
    """Return sessions that are over, each at the time it was held; nobody is asked where all are at their hour."""
    early = [session for session in sessions if session.starts_at > timezone.now()]
    rooms = ROOMS.filter(gathering__in=early) if early else ROOMS.none()
    held = {room.gathering_id: room for room in rooms.reverse()}
    return [_at(session, held[session.pk]) if session.pk in held else session for session in sessions]


def _at(session: Gathering, room: Room) -> Gathering:
    found = copy(session)
    found.starts_at, found.ends_at = room.opened_at, room.ended_at or room.opened_at
    return found
