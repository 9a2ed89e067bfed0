"""Decisions about a session that goes otherwise than planned, pure."""

from collections.abc import Sequence
from math import ceil

LONGER = (2, 5)
"""By how many minutes an activity is made longer with one press."""
MOST_MINUTES = 240


def longer(minutes: int, *, by: int, passed: int | None) -> int:
    """Return the suggested minutes of an activity that gets `by` more, never beyond 240.

    minutes: as suggested, 1 .. 240. by: >= 1. passed: seconds since it began, None where nobody counts them.
    Once the suggested time is over the minutes are given from now on: whoever asks for five has five.
    """
    over = 0 if passed is None else ceil(max(0, passed) / 60)
    return max(minutes, min(MOST_MINUTES, max(minutes, over) + by))


def beside(ahead: Sequence[int], key: int) -> tuple[int | None, int | None]:
    """Return what comes before and after one of the activities still ahead; None at either end, or when it is not."""
    if key not in ahead:
        return None, None
    place = ahead.index(key)
    return (ahead[place - 1] if place else None, ahead[place + 1] if place + 1 < len(ahead) else None)
