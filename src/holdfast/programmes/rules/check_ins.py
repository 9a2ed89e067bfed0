"""Decisions about check-ins: on which days a team looks again, and when it is reminded."""

from datetime import date, timedelta

QUARTER = timedelta(weeks=13)
"""From one check-in to the next: three months, on the same day of the week."""

A_YEAR = 4
SOON = timedelta(days=7)


def days_from(first: date, times: int) -> list[date]:
    """Return so many days, three months apart. Raises ValueError for less than one."""
    if times < 1:
        raise ValueError(f"{times=}")
    return [first + QUARTER * n for n in range(times)]


def is_near(planned_on: date, today: date) -> bool:
    """Tell whether a check-in stands on first pages: from a week before until somebody has looked."""
    return planned_on <= today + SOON
