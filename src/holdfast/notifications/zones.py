"""A time zone as calendars read it (RFC 5545): when its clocks change, each told on the clock before the change."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def zone_component(name: str, *, first_year: int, last_year: int) -> Timezone:
    """Return a zone with every change of its clocks from the first to the last of these years.

    Our own, as the library tells the begin of summer on the clock after the change: an hour late. One part for each
    change and no rule or list of days, which some readers leave out.
    """
    there, begin = ZoneInfo(name), datetime(first_year, 1, 1, tzinfo=UTC)
    found = Timezone()
    found.add("tzid", name)
    ahead, called = clock_at(there, begin)
    found.add_component(_clock(begin, called, before=ahead, after=ahead))
    for moment in changes(name, first_year=first_year, last_year=last_year):
        (before, _old), (after, called) = clock_at(there, moment - SECOND), clock_at(there, moment)
        found.add_component(_clock(moment, called, before=before, after=after))
    return found


@lru_cache(maxsize=64)
def changes(name: str, *, first_year: int, last_year: int) -> Sequence[datetime]:
    """Return the moments from which a zone's clocks show something else, to the second."""
    there, day = ZoneInfo(name), datetime(first_year, 1, 1, tzinfo=UTC)
    found = []
    while day.year <= last_year:
        if clock_at(there, day) != clock_at(there, day + DAY):
            found.append(_changed(there, day, day + DAY))
        day += DAY
    return found


def clock_at(there: ZoneInfo, moment: datetime) -> tuple[timedelta, str]:
    """Return how far ahead of UTC the clocks of a zone are at a moment, and what that is called there."""
    local = moment.astimezone(there)
    return local.utcoffset() or timedelta(), local.tzname() or ""


def _changed(there: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second with another clock than the one before; there is one change between the two."""
    old = clock_at(there, before)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        before, after = (middle, after) if clock_at(there, middle) == old else (before, middle)
    return after


def _clock(
    moment: datetime, called: str, *, before: timedelta, after: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    """Return one change. Summer is when clocks go forward, also where the law calls the winter the exception."""
    part = TimezoneDaylight() if after > before else TimezoneStandard()
    part.add("dtstart", (moment + before).replace(tzinfo=None))
    part.add("tzname", called)
    part.TZOFFSETFROM, part.TZOFFSETTO = before, after
    return part
