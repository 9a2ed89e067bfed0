"""The calendar of a demo, which has a past: what is done inside a block is dated as if it had been done then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

THURSDAY, SATURDAY = 3, 5


@contextmanager
def on_day(day: date, zone: str, at: time = time(15, 30)) -> Iterator[None]:
    """Let Django's clock stand at a moment of the story while something is done.

    Only for filling a demo, before the server answers anybody: the clock is one for the whole process.
    """
    moment, real = datetime.combine(day, at, ZoneInfo(zone)), timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def thursday_before(day: date) -> date:
    """Return the last Thursday up to a day."""
    return day - timedelta(days=(day.weekday() - THURSDAY) % 7)


def working_day_from(day: date) -> date:
    """Return a day, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
