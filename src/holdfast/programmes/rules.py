"""Decisions about a plan: running clock times, whether it fits the meeting, what goes with what, and order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_SESSION = timedelta(hours=12)
MINUTES = range(1, 241)
"""How many minutes one activity may take."""

MODES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    "check_in": ("spoken",),
    "talk": ("spoken",),
    "close": ("spoken",),
    "gather": ("unnamed",),
    "condense": ("spoken", "scribe"),
    "sort": ("unnamed", "spoken", "scribe"),
    "prioritise": ("unnamed", "spoken", "scribe"),
    "form": ("unnamed", "named", "scribe"),
    "stories": ("unnamed", "spoken"),
    "reflect": ("spoken", "unnamed"),
    "commit": ("named", "spoken"),
}
"""The ways people may take part, by kind of round; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When one activity runs, as instants in UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a plan fits its meeting. planned, available: whole minutes."""

    planned: int
    available: int

    @property
    def left(self) -> int:
        """Minutes still free; negative when the plan is longer than the meeting."""
        return self.available - self.planned

    @property
    def over(self) -> int:
        """Minutes by which the plan is too long, or 0."""
        return max(0, -self.left)


def running_clock(starts_at: datetime, minutes: Sequence[int]) -> list[Slot]:
    """Say when each activity starts and ends when they follow one another without a break.

    starts_at: with a time zone; counted in UTC, because a night on which clocks change has 23 or 25 hours.
    Raises ValueError for a time without zone or an activity shorter than one minute.
    """
    if starts_at.tzinfo is None or any(m < 1 for m in minutes):
        raise ValueError(f"{starts_at=}, {minutes=}")
    slots, clock = [], starts_at.astimezone(UTC)
    for m in minutes:
        slots.append(Slot(clock, clock + timedelta(minutes=m)))
        clock = slots[-1].ends_at
    return slots


def fit(starts_at: datetime, ends_at: datetime, minutes: Iterable[int]) -> Fit:
    """Compare the minutes of a plan with the length of its meeting, broken minutes left out."""
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    return Fit(planned=sum(minutes), available=length // timedelta(minutes=1))


def may_run(kind: str, mode: str) -> bool:
    """Tell whether people can take part in this kind of round in this way.

    Silent notes are written without names or not at all; a talk is held with phones face-down.
    """
    return mode in MODES_OF_KIND.get(kind, ())


def moved(order: Sequence[int], key: int, *, by: int) -> list[int]:
    """Return the order with one key moved by some places, earlier (negative) or later; it stops at either end.

    Raises ValueError when the key is not in the order.
    """
    rest = [k for k in order if k != key]
    if len(rest) != len(order) - 1:
        raise ValueError(f"{key=} is not once in {list(order)}")
    place = min(max(order.index(key) + by, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]


def overlaps(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Tell whether two meetings share a moment; one may begin as the other ends."""
    return one[0] < other[1] and other[0] < one[1]


def moment(day: date, clock: time, zone: str) -> datetime:
    """Return the instant, in UTC, at which a clock on the wall of a place shows this time.

    When clocks go back an hour happens twice: the first is meant.
    Raises ValueError when clocks go forward and this time does not happen at all.
    """
    local = datetime.combine(day, clock, ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{clock} does not happen on {day} in {zone}")
    return instant
