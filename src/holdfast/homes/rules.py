"""Decisions about an arrival: how to greet, and which part of a section is a leader's."""

from collections.abc import Iterable
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


def takes_part(led_groups: Iterable[int | None], group: int) -> bool:
    """Tell whether a leader is one of the circle: whoever leads this very group is, whoever leads the site is not."""
    return group in set(led_groups)
