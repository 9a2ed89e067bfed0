"""Decisions about a plan: running clock times, whether it fits the meeting, what goes with what, and order."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST_SESSION = timedelta(hours=10)
MINUTES = range(1, 241)
"""How many minutes one activity may take."""

SECTIONS = 12
"""How many steps the pathway shows, filled or not."""

MOST_ACTIVITIES = 40
ANY_MODE = ("spoken", "named", "unnamed", "scribe")
MODES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("gather", "condense", "sort", "agree"), ("unnamed",)),
    "talk": ("spoken",),
    **dict.fromkeys(("check_in", "prioritise", "form", "stories", "reflect", "commit", "close"), ANY_MODE),
}
"""The ways people may take part, by kind of round."""


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


def fit(starts_at: datetime, ends_at: datetime, minutes: Iterable[int], *, budget: int | None = None) -> Fit:
    """Compare the minutes of a plan with the time it was given, or else with the length of its meeting.

    Broken minutes are left out. budget: minutes, or None for the whole meeting.
    """
    return Fit(planned=sum(minutes), available=budget or length_of(starts_at, ends_at))


def length_of(starts_at: datetime, ends_at: datetime) -> int:
    """Return how many whole minutes a meeting lasts, on a night on which clocks change too."""
    return (ends_at.astimezone(UTC) - starts_at.astimezone(UTC)) // timedelta(minutes=1)


def may_run(kind: str, mode: str) -> bool:
    """Tell whether people can take part in this kind of round in this way.

    Silent notes are written without names or not at all; a talk is held with phones face-down.
    """
    return mode in MODES_OF_KIND.get(kind, ())


def fitting_mode(kind: str, wanted: str) -> str:
    """Return the wanted way of taking part, or the usual one of this kind when they do not go together."""
    return wanted if may_run(kind, wanted) else MODES_OF_KIND.get(kind, ANY_MODE)[0]


def as_it_runs(kind: str, mode: str) -> tuple[str, str]:
    """Return the kind and mode in which the room runs what a pack asks for.

    What is done on phones, but not in the way the pack asks for, is held as a talk: it asks less of people, never more.
    """
    return (kind, mode) if may_run(kind, mode) else ("talk", "spoken")


def moved(order: Sequence[int], key: int, *, by: int) -> list[int]:
    """Return the order with one key moved by some places, earlier (negative) or later; it stops at either end.

    Raises ValueError when the key is not in the order.
    """
    rest = [k for k in order if k != key]
    if len(rest) != len(order) - 1:
        raise ValueError(f"{key=} is not once in {list(order)}")
    place = min(max(order.index(key) + by, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]


def place_in_plan(key: str, plan: Sequence[str], in_pack: Sequence[str], *, closing: str, told: Sequence[bool]) -> int:
    """Return the place at which a further activity comes into a plan, 0 to len(plan).

    key: of the activity; empty for one of the team's own. plan: the keys planned so far. in_pack: the toolkit's keys in
    its order. closing: the key of what closes the session there. told: for each planned one, whether it was held or
    left out already. It comes before whatever the toolkit has after it, never after the closing or before what is over.
    """
    after = {closing, *in_pack[in_pack.index(key) + 1 :]} if key in in_pack else {closing}
    over = max((place + 1 for place, is_over in enumerate(told) if is_over), default=0)
    found = (place for place, other in enumerate(plan) if place >= over and other and other in after)
    return next(found, len(plan))


def moved_before(order: Sequence[int], key: int, before: int) -> list[int]:
    """Return the order with one key directly before another; unchanged when it comes before it already.

    Said by where it comes to, and not by a step, so that two desks that press at once move it once.
    Raises ValueError when either is not in the order.
    """
    if order.index(key) <= order.index(before):
        return list(order)
    rest = [k for k in order if k != key]
    rest.insert(rest.index(before), key)
    return rest


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


def ends_when(starts: tuple[date, time], ends: time) -> date:
    """Return the day on which a session ends: the next one when it runs past midnight."""
    day, clock = starts
    return day if ends > clock else day + timedelta(days=1)


class Step(StrEnum):
    """Where a section stands on the pathway of a programme."""

    HELD = "held"
    NOW = "now"
    DATED = "dated"
    UNDATED = "undated"
    NOT_IN_PACK = "not_in_pack"


def steps(filled: Set[int], past: Set[int], coming: Sequence[int]) -> dict[int, Step]:
    """Say for every section where it stands.

    filled: section numbers the pack has. past: of meetings that are over. coming: of those to come, the next first.
    The section of the next meeting is NOW. One that was met about, with no meeting to come, is HELD.
    """
    numbers = range(1, max({SECTIONS, *filled, *past, *coming}) + 1)
    return {n: _step(n, filled, past, coming) for n in numbers}


def _step(number: int, filled: Set[int], past: Set[int], coming: Sequence[int]) -> Step:
    if number in coming:
        return Step.NOW if number == coming[0] else Step.DATED
    if number in past:
        return Step.HELD
    return Step.UNDATED if number in filled else Step.NOT_IN_PACK
