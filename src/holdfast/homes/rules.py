"""Decisions about an arrival: how to greet, what a group waits for, and when the week is written of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Greeting(StrEnum):
    """How somebody is met, by the clock of their place."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def greeting(hour: int) -> Greeting:
    """Choose a greeting for an hour of the day, 0 to 23. Raises ValueError otherwise."""
    if not 0 <= hour <= 23:
        raise ValueError(f"{hour=}")
    if 4 <= hour < 12:
        return Greeting.MORNING
    return Greeting.AFTERNOON if 12 <= hour < 17 else Greeting.EVENING


@dataclass(frozen=True, slots=True)
class OneHanded:
    """One thing that waits for an answer. past: its date has gone by."""

    due_on: date
    drafted: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """What one group waits for. due_on: the soonest date. past: how many dates have gone by."""

    programme: int
    group: str
    waiting: int
    drafted: int
    past: int
    due_on: date


def sum_up(programme: int, group: str, each: Sequence[OneHanded]) -> Handed:
    """Sum up what one group waits for. Raises ValueError when it waits for nothing."""
    return Handed(
        programme=programme,
        group=group,
        waiting=len(each),
        drafted=sum(one.drafted for one in each),
        past=sum(one.past for one in each),
        due_on=min(one.due_on for one in each),
    )


def week_of_digest(local: datetime) -> str | None:
    """Return which week is to be written of at this moment on the clock of a place, or None when it is not the time.

    On Mondays by day; on Tuesdays for whoever could not be written to, because the server was away.
    """
    year, week, weekday = local.isocalendar()
    return f"{year}-{week:02}" if weekday in (1, 2) and 7 <= local.hour < 19 else None
