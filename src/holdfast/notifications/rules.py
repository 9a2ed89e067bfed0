"""When a mail is tried again, which hours stay quiet, and when the evening before something is."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_TRIES = 10
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""The first wait is longer than any attempt can take, so that an attempt under way is never begun a second time."""

QUIET_FROM, QUIET_UNTIL = time(19), time(7)
WEEKEND = (5, 6)
EVENING = time(17)


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after a number of attempts, 1 or more. Raises ValueError otherwise."""
    if tries < 1:
        raise ValueError(f"{tries=}")
    return WAITS[min(tries, len(WAITS)) - 1]


def out_of_quiet_hours(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment itself, or the next working morning at 7 where it falls into the night or on a weekend.

    By the clock of the place: 19 to 7, and all of Saturday and Sunday.
    """
    local = moment.astimezone(zone)
    if local.weekday() not in WEEKEND and QUIET_UNTIL <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, zone)


def evening_before(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return when to remind of something: at 17 on the last working day before it, so on Friday for a Monday."""
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    while day.weekday() in WEEKEND:
        day -= timedelta(days=1)
    return datetime.combine(day, EVENING, zone)


def veiled(address: str) -> str:
    """Return an address that its owner recognises and nobody else can write to."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain[:1]}…"
