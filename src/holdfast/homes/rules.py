"""Decisions about an arrival: how to greet, and what a group waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
