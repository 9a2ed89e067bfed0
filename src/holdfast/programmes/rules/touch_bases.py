"""Decisions about touch-bases: on which day between two sessions, how long, and where each stands."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

BEFORE = timedelta(days=7)
"""How long before a session a leader is best met: early enough to change something."""

SATURDAY = 5
SHORT, USUAL, LONG = 5, 10, 15
"""Minutes of a touch-base: never more, so that it is held."""


class Agreement(NamedTuple):
    """One thing that was agreed: what, who looks after it, until when."""

    text: str
    who: str
    due_on: date


class Standing(StrEnum):
    """Where a touch-base stands."""

    AHEAD = "ahead"
    TODAY = "today"
    MISSED = "missed"
    HELD = "held"
    LEFT_OUT = "left_out"


def standing(planned_on: date, today: date, *, held: bool, left_out: bool) -> Standing:
    """Say where a touch-base stands. It is missed from the day after its own, until it is held or left out."""
    if held:
        return Standing.HELD
    if left_out:
        return Standing.LEFT_OUT
    if planned_on == today:
        return Standing.TODAY
    return Standing.AHEAD if planned_on > today else Standing.MISSED


def day_between(
    earlier: date | None, later: date, *, today: date, closed: Iterable[tuple[date, date]] = ()
) -> date | None:
    """Return the best day for a touch-base before a session, after the one before it; None when it is too late.

    About a week before the session, on a working day that is not closed; else the nearest such day in between; else,
    where none is left, the nearest day at all. earlier: the session before, if there is one.
    """
    first = max(earlier + timedelta(days=1) if earlier else today, today)
    days = [first + timedelta(days=n) for n in range((later - first).days)]
    if not days:
        return None
    spans, ideal = list(closed), later - BEFORE
    free = [day for day in days if day.weekday() < SATURDAY and not any(a <= day <= b for a, b in spans)]
    return min(free or days, key=lambda day: (abs((day - ideal).days), day))


def minutes_for(topics: int) -> int:
    """Return how many minutes a talk about so many topics takes: five, ten or fifteen."""
    return SHORT if topics <= 2 else USUAL if topics <= 4 else LONG


def shared_out(minutes: int, weights: Sequence[int]) -> list[int]:
    """Share minutes out among topics by weight, each at least one, together exactly `minutes` where that can be.

    Raises ValueError for a weight below one or no minutes.
    """
    if minutes < 1 or any(weight < 1 for weight in weights):
        raise ValueError(f"{minutes=}, {list(weights)=}")
    if not weights:
        return []
    shares = [1] * len(weights)
    for _minute in range(minutes - len(weights)):
        shares[min(range(len(weights)), key=lambda i: (shares[i] / weights[i], i))] += 1
    return shares
