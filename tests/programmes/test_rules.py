"""What the rules of a plan promise: the clock, the fit, the order, the ways of taking part."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.programmes import rules
from holdfast.programmes.models import Mode

ZONES = st.sampled_from(["UTC", "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"])
STARTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=ZONES.map(ZoneInfo))  # noqa: DTZ001
MINUTES = st.lists(st.integers(1, 240), max_size=14)


@given(STARTS, MINUTES)
def test_activities_follow_one_another_without_a_break_and_add_up(starts_at: datetime, minutes: list[int]) -> None:
    slots = rules.running_clock(starts_at, minutes)

    assert [(s.ends_at - s.starts_at) // timedelta(minutes=1) for s in slots] == minutes
    assert all(a.ends_at == b.starts_at for a, b in pairwise(slots))
    if slots:
        assert slots[0].starts_at == starts_at.astimezone(UTC)  # Python never calls skipped hours of two zones equal
        assert slots[-1].ends_at - slots[0].starts_at == timedelta(minutes=sum(minutes))


@given(STARTS, MINUTES, st.integers(1, 720))
def test_a_plan_is_over_by_exactly_what_does_not_fit(starts_at: datetime, minutes: list[int], length: int) -> None:
    ends_at = starts_at.astimezone(UTC) + timedelta(minutes=length)
    fit = rules.fit(starts_at, ends_at, minutes)
    slots = rules.running_clock(starts_at, minutes)
    last = slots[-1].ends_at if slots else starts_at.astimezone(UTC)

    assert fit.available == length
    assert (fit.over > 0) == (last > ends_at)
    assert fit.planned + fit.left == length


def test_a_session_across_the_spring_change_counts_minutes_that_pass_not_minutes_on_the_wall() -> None:
    chicago = ZoneInfo("America/Chicago")
    slots = rules.running_clock(datetime(2026, 3, 8, 1, 30, tzinfo=chicago), [30, 30])

    assert [s.ends_at.astimezone(chicago).strftime("%H:%M") for s in slots] == ["03:00", "03:30"]


def test_a_time_that_the_clocks_skip_is_refused_and_one_that_happens_twice_is_the_first() -> None:
    with pytest.raises(ValueError, match="does not happen"):
        rules.moment(date(2026, 3, 8), time(2, 30), "America/Chicago")
    assert rules.moment(date(2026, 11, 1), time(1, 30), "America/Chicago") == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.times(), ZONES)
def test_what_was_typed_is_what_the_wall_shows(day: date, clock: time, zone: str) -> None:
    try:
        instant = rules.moment(day, clock, zone)
    except ValueError:
        return
    shown = instant.astimezone(ZoneInfo(zone))
    assert (shown.date(), shown.time()) == (day, clock)


@given(st.lists(st.integers(), unique=True, min_size=1), st.integers(-20, 20), st.data())
def test_moving_loses_nothing_and_keeps_the_order_of_the_others(order: list[int], by: int, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(order))
    after = rules.moved(order, key, by=by)

    assert sorted(after) == sorted(order)
    assert [k for k in after if k != key] == [k for k in order if k != key]
    assert after.index(key) == min(max(order.index(key) + by, 0), len(order) - 1)


def test_moving_something_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="is not once in"):
        rules.moved([1, 2], 3, by=1)


@pytest.mark.parametrize(
    ("key", "plan", "told", "place"),
    [
        ("", "abz", "...", 2),  # one's own comes before the closing
        ("b", "acz", "...", 1),  # the toolkit's comes to its place there
        ("s", "abz", "...", 2),  # also when the toolkit lists it after the closing
        ("b", "zca", "...", 0),  # where a team closes first, before that
        ("a", "bcz", "!..", 1),  # nothing comes before what is over
        ("", "az", "!!", 2),
        ("", "abc", "...", 3),  # nothing closes it
        ("", "", "", 0),
    ],
)
def test_what_is_put_into_a_plan_comes_before_its_closing(key: str, plan: str, told: str, place: int) -> None:
    over = [mark == "!" for mark in told]
    assert rules.place_in_plan(key, list(plan), list("abczs"), closing="z", told=over) == place


@given(STARTS, *[st.integers(1, 300)] * 3)
def test_two_meetings_overlap_when_a_minute_belongs_to_both(start: datetime, one: int, gap: int, other: int) -> None:
    a = start.astimezone(UTC)
    first = (a, a + timedelta(minutes=one))
    second = (a + timedelta(minutes=gap), a + timedelta(minutes=gap + other))
    shared = set(range(one)) & set(range(gap, gap + other))

    assert rules.overlaps(first, second) == rules.overlaps(second, first) == bool(shared)


@pytest.mark.parametrize(
    ("kind", "mode", "allowed"),
    [
        ("gather", "unnamed", True),
        ("gather", "named", False),
        ("gather", "spoken", False),
        ("talk", "spoken", True),
        ("talk", "unnamed", False),
        ("nonsense", "spoken", False),
        ("talk", "nonsense", False),
    ],
)
def test_notes_are_written_without_names_and_a_talk_is_spoken(kind: str, mode: str, allowed: bool) -> None:
    assert rules.may_run(kind, mode) is allowed


def test_the_rules_know_no_way_of_taking_part_that_cannot_be_stored() -> None:
    assert {mode for modes in rules.MODES_OF_KIND.values() for mode in modes} <= set(Mode.values)
