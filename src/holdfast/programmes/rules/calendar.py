"""Dates over months: a rhythm, the weeks in which nobody meets, clashes, and what a change of clocks does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from holdfast.programmes.rules.plan import ends_when, moment, overlaps

LONGEST_PROGRAMME = timedelta(days=731)
"""Two years, a leap day included."""

WEEK = timedelta(days=7)
MOST_WEEKS_BETWEEN = 13
MOST_FURTHER_SITTINGS = 3
MONTHS = range(1, 13)
Span = tuple[date, date]
Meeting = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Beat:
    """A time in the week. weekday: 0 is Monday. When it ends at or before it starts, it ends on the next day."""

    weekday: int
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"{self.weekday=}")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a group meets.

    first_day, last_day: no date lies outside; without a last day two years are the end. weeks: from one meeting to
    the next, 1 to 13. beats: taken in turn, so that an early and a late shift both meet in their hours.
    rest: the first and the last month of a pause that comes every year, such as (6, 8), or (12, 1) over the new year.
    """

    first_day: date
    weeks: int
    beats: Sequence[Beat]
    last_day: date | None = None
    rest: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.weeks <= MOST_WEEKS_BETWEEN or not self.beats:
            raise ValueError(f"{self.weeks=}, {self.beats=}")
        if self.rest and not set(self.rest) <= set(MONTHS):
            raise ValueError(f"{self.rest=}")

    @property
    def end(self) -> date:
        """The last day that may hold a date."""
        two_years = self.first_day + LONGEST_PROGRAMME
        return min(self.last_day, two_years) if self.last_day else two_years


@dataclass(frozen=True, slots=True)
class Dated:
    """One proposed date on the clock of the site."""

    day: date
    starts: time
    ends: time

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return ends_when((self.day, self.starts), self.ends)


def propose(rhythm: Rhythm, count: int, *, zone: str, no_go: Sequence[Span] = ()) -> list[Dated]:
    """Find dates for `count` meetings, each after the last; fewer when they do not fit before the end.

    A week that is closed, or whose night skips the hour, is passed over and the next one tried; the rhythm goes on
    from there, so that a pause moves what follows instead of swallowing a meeting.
    """
    found: list[Dated] = []
    over: datetime | None = None
    monday = _first_monday(rhythm)
    while len(found) < count:
        beat = rhythm.beats[len(found) % len(rhythm.beats)]
        dated = Dated(monday + timedelta(days=beat.weekday), beat.starts, beat.ends)
        if dated.day > rhythm.end:
            break
        both = instants(dated, zone)
        if both and may_meet(dated, rhythm, no_go=no_go) and (over is None or over <= both[0]):
            found.append(dated)
            over = both[1]
            monday += rhythm.weeks * WEEK
        else:
            monday += WEEK
    return found


def _first_monday(rhythm: Rhythm) -> date:
    """Return the Monday of the week that holds the first beat on or after the first day."""
    monday = rhythm.first_day - timedelta(days=rhythm.first_day.weekday())
    return monday if monday + timedelta(days=rhythm.beats[0].weekday) >= rhythm.first_day else monday + WEEK


def may_meet(dated: Dated, rhythm: Rhythm, *, no_go: Sequence[Span]) -> bool:
    """Tell whether a rhythm may use a date: inside its bounds and outside every pause."""
    days = (dated.day, dated.last_day)
    inside = rhythm.first_day <= dated.day and dated.last_day <= rhythm.end
    free = not any(closed(day, no_go) or (rhythm.rest and in_rest(day, rhythm.rest)) for day in days)
    return inside and free


def instants(dated: Dated, zone: str) -> Meeting | None:
    """Return start and end in UTC, or None when clocks go forward over one of them or the night has no such length."""
    try:
        start, end = moment(dated.day, dated.starts, zone), moment(dated.last_day, dated.ends, zone)
    except ValueError:
        return None
    return (start, end) if start < end else None


def closed(day: date, no_go: Sequence[Span]) -> Span | None:
    """Return the span of days in which nobody meets that holds this day, first and last day included."""
    return next((span for span in no_go if span[0] <= day <= span[1]), None)


def in_rest(day: date, rest: tuple[int, int]) -> bool:
    """Tell whether a day lies in months that are free every year; (12, 1) goes over the new year."""
    first, last = rest
    return first <= day.month <= last if first <= last else day.month >= first or day.month <= last


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """One sitting to be saved, as instants."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """The date of one section to be saved: its first sitting, and further ones."""

    section: int
    first: PlannedSitting
    further: Sequence[PlannedSitting] = field(default_factory=tuple)


class Clash(StrEnum):
    """Why a date needs a second look."""

    CLOSED = "closed"
    MEETS_ALREADY = "meets_already"
    TWICE = "twice"
    BEFORE_THE_LAST = "before_the_last"
    PAST = "past"
    TOO_FAR = "too_far"


def clashes(
    meetings: Sequence[Sequence[Meeting]], *, taken: Sequence[Meeting], no_go: Sequence[Span], zone: str, now: datetime,
    first_day: date,
) -> list[list[Clash]]:  # fmt: skip
    """Say for each meeting of a proposal what speaks against it.

    meetings: in the order of the sections, each with all its sittings, the first one first; empty for one without a
    date. taken: when the group meets already. first_day: the day on which the programme began.
    """
    there, found = ZoneInfo(zone), []
    for place, sittings in enumerate(meetings):
        others = [one for n, other in enumerate(meetings) if n != place for one in other]
        before = [other[0][0] for other in meetings[:place] if other]
        days = {end.astimezone(there).date() for both in sittings for end in both}
        tests = {
            Clash.CLOSED: any(closed(day, no_go) for day in days),
            Clash.MEETS_ALREADY: _meets(sittings, taken),
            Clash.TWICE: _meets(sittings, others) or _meet_each_other(sittings),
            Clash.BEFORE_THE_LAST: bool(sittings and before) and sittings[0][0] <= max(before),
            Clash.PAST: any(end <= now for _start, end in sittings),
            Clash.TOO_FAR: any(day > first_day + LONGEST_PROGRAMME for day in days),
        }
        found.append([clash for clash, there_is in tests.items() if there_is])
    return found


FORBIDDEN = frozenset({Clash.MEETS_ALREADY, Clash.TWICE, Clash.TOO_FAR})
"""What cannot be saved; the others are asked about once."""


def _meets(sittings: Sequence[Meeting], others: Iterable[Meeting]) -> bool:
    return any(overlaps(one, other) for other in others for one in sittings)


def _meet_each_other(sittings: Sequence[Meeting]) -> bool:
    return any(overlaps(one, other) for n, one in enumerate(sittings) for other in sittings[n + 1 :])


def on_another_clock(instant: datetime, *, old: str, new: str) -> datetime:
    """Return the instant at which clocks in the new zone show what clocks in the old zone show at this one.

    An hour that the new zone skips is moved to the first minute that happens after it.
    """
    wall = instant.astimezone(ZoneInfo(old)).replace(tzinfo=None)
    try:
        return moment(wall.date(), wall.time(), new)
    except ValueError:
        return wall.replace(tzinfo=ZoneInfo(new)).astimezone(ZoneInfo("UTC"))


def clock_later(clock: time, minutes: int) -> time:
    """Return what the clock on the wall shows some minutes later, on a day on which clocks do not change."""
    return (datetime.combine(date(2000, 1, 1), clock) + timedelta(minutes=minutes)).time()


def days_later(instant: datetime, days: int, *, zone: str) -> datetime:
    """Return the instant some days later (earlier when negative) at which the clock of a place shows the same."""
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    try:
        return moment(wall.date(), wall.time(), zone)
    except ValueError:
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
