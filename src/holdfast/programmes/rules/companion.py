"""Decisions about a leader's briefing: which part is theirs, and until when, seen from the session."""

from datetime import date, timedelta
from typing import NamedTuple

TAKES_PART = "taking_part"
FOLLOW_UP = timedelta(days=7)
"""How long after a session what follows from it is best begun."""

IN_ORDER = ("before", "during", "after")


def mode_of(part: str) -> str:
    """Return for whom a section's considerations are read: whoever drops in supports from outside until asked in."""
    return TAKES_PART if part == TAKES_PART else "supporting"


def until(when: str, meets_on: date) -> date:
    """Return until which day something is due: the eve of the session, its day, or a week after.

    Raises ValueError for a time that is none of `before`, `during`, `after`.
    """
    if when not in IN_ORDER:
        raise ValueError(f"{when=}")
    return {"before": meets_on - timedelta(days=1), "during": meets_on, "after": meets_on + FOLLOW_UP}[when]


def comes_into_a_room(part: str) -> bool:
    """Tell whether a leader may sit in the circle at all: always, or when the group asks."""
    return part in {TAKES_PART, "dropping_in"}


class Lighter(NamedTuple):
    """What is made lighter at one place, who looks after it, until when."""

    text: str
    who: str
    due_on: date | None
