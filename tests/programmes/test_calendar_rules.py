"""A proposal of dates: never in a closed week, always after the last, at most two years, right when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.programmes.rules import (
    LONGEST_PROGRAMME,
    Beat,
    Clash,
    Dated,
    Rhythm,
    clashes,
    days_later,
    instants,
    on_another_clock,
    propose,
)  # fmt: skip

ZONES = st.sampled_from(["UTC", "America/Chicago", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"])
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
BEATS = st.lists(st.builds(Beat, st.integers(0, 6), CLOCKS, CLOCKS), min_size=1, max_size=2).map(tuple)
RESTS = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12))
RHYTHMS = st.builds(
    Rhythm, first_day=DAYS, weeks=st.integers(1, 13), beats=BEATS, last_day=st.none() | DAYS, rest=RESTS
)
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 120)).map(lambda both: (both[0], both[0] + timedelta(days=both[1]))), max_size=8
)
MOMENTS = st.integers(1_700_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
THURSDAY = Beat(3, time(15, 30), time(16, 45))
CHICAGO = "America/Chicago"


@given(RHYTHMS, st.integers(0, 30), ZONES, SPANS)
def test_E1_no_date_lies_in_a_week_in_which_nobody_meets(
    rhythm: Rhythm, count: int, zone: str, no_go: list[tuple[date, date]]
) -> None:
    for dated in propose(rhythm, count, zone=zone, no_go=no_go):
        for day in (dated.day, dated.last_day):
            assert not any(first <= day <= last for first, last in no_go)
            months = rhythm.rest and {(rhythm.rest[0] - 1 + n) % 12 + 1 for n in range(_length(rhythm.rest))}
            assert day.month not in (months or set())


def _length(rest: tuple[int, int]) -> int:
    return (rest[1] - rest[0]) % 12 + 1


@given(RHYTHMS, st.integers(0, 30), ZONES, SPANS)
def test_E1_every_date_comes_after_the_last_and_never_at_once(
    rhythm: Rhythm, count: int, zone: str, no_go: list[tuple[date, date]]
) -> None:
    found = propose(rhythm, count, zone=zone, no_go=no_go)
    meetings = [instants(dated, zone) for dated in found]
    assert len(found) <= count
    assert None not in meetings  # each of them happens
    kept = [both for both in meetings if both]
    assert all(one[1] <= other[0] for one, other in pairwise(kept))


@given(RHYTHMS, st.integers(0, 200), ZONES, SPANS)
def test_E1_a_programme_lasts_at_most_two_years_and_stays_between_its_days(
    rhythm: Rhythm, count: int, zone: str, no_go: list[tuple[date, date]]
) -> None:
    for dated in propose(rhythm, count, zone=zone, no_go=no_go):
        assert rhythm.first_day <= dated.day <= dated.last_day <= rhythm.first_day + LONGEST_PROGRAMME
        assert rhythm.last_day is None or dated.last_day <= rhythm.last_day


@given(RHYTHMS, st.integers(0, 30), ZONES)
def test_E1_the_clock_on_the_wall_shows_what_was_asked_for_on_every_date(rhythm: Rhythm, count: int, zone: str) -> None:
    asked = {(beat.weekday, beat.starts, beat.ends) for beat in rhythm.beats}
    for dated in propose(rhythm, count, zone=zone):
        both = instants(dated, zone)
        assert both
        local = [instant.astimezone(ZoneInfo(zone)) for instant in both]
        assert (local[0].weekday(), local[0].time(), local[1].time()) in asked


def test_E1_clocks_change_and_the_session_stays_at_half_past_three() -> None:
    rhythm = Rhythm(date(2031, 2, 24), weeks=2, beats=(THURSDAY,))
    found = [instants(dated, CHICAGO) for dated in propose(rhythm, 2, zone=CHICAGO)]
    assert [both and both[0].hour for both in found] == [21, 20]  # in UTC, before and after 9 March


def test_E1_an_hour_that_a_night_skips_is_passed_over() -> None:
    night = Beat(6, time(2, 30), time(3, 30))
    rhythm = Rhythm(date(2031, 3, 2), weeks=1, beats=(night,))
    assert [dated.day.day for dated in propose(rhythm, 3, zone=CHICAGO)] == [2, 16, 23]  # 9 March has no half past two


def test_E1_a_closed_week_moves_what_follows() -> None:
    rhythm = Rhythm(date(2031, 3, 3), weeks=2, beats=(THURSDAY,))
    spring_break = (date(2031, 3, 17), date(2031, 3, 21))
    found = [dated.day for dated in propose(rhythm, 3, zone=CHICAGO, no_go=[spring_break])]
    assert found == [date(2031, 3, 6), date(2031, 3, 27), date(2031, 4, 10)]


def test_E1_a_school_year_rests_in_summer_and_shifts_take_turns() -> None:
    early, late = Beat(1, time(7, 30), time(8, 30)), Beat(3, time(21), time(22))
    rhythm = Rhythm(date(2031, 5, 19), weeks=1, beats=(early, late), rest=(6, 8))
    found = [(dated.day, dated.starts.hour) for dated in propose(rhythm, 3, zone=CHICAGO)]
    assert found == [(date(2031, 5, 20), 7), (date(2031, 5, 29), 21), (date(2031, 9, 2), 7)]


def test_E1_a_rhythm_that_does_not_fit_proposes_what_fits() -> None:
    rhythm = Rhythm(date(2031, 1, 6), weeks=13, beats=(THURSDAY,))
    assert len(propose(rhythm, 12, zone="UTC")) == 9
    always = [(date(2000, 1, 1), date(2100, 1, 1))]
    assert propose(rhythm, 12, zone="UTC", no_go=always) == []


def at(day: int, hour: int, length: int = 1) -> tuple[datetime, datetime]:
    """Return a meeting in March 2031."""
    start = datetime(2031, 3, day, hour, tzinfo=UTC)
    return start, start + timedelta(hours=length)


def test_E1_what_speaks_against_a_date_is_named() -> None:
    found = clashes(
        [[at(1, 10)], [at(6, 15)], [at(6, 14, 3), at(20, 9)], [], [at(5, 9)], [at(12, 9), at(12, 9)]],
        taken=[at(1, 9, 2)], no_go=[(date(2031, 3, 20), date(2031, 3, 21))], zone="UTC",
        now=datetime(2031, 3, 2, tzinfo=UTC), first_day=date(2031, 3, 1),
    )  # fmt: skip
    assert found == [
        [Clash.MEETS_ALREADY, Clash.PAST], [Clash.TWICE], [Clash.CLOSED, Clash.TWICE, Clash.BEFORE_THE_LAST], [],
        [Clash.BEFORE_THE_LAST], [Clash.TWICE],
    ]  # fmt: skip
    far = clashes(
        [[at(6, 9)]], taken=[], no_go=[], zone="UTC", now=datetime(2028, 1, 1, tzinfo=UTC), first_day=date(2029, 1, 1)
    )
    assert far == [[Clash.TOO_FAR]]


@given(MOMENTS, ZONES, ZONES)
def test_E1_another_clock_shows_the_same_time_unless_its_night_skips_it(instant: datetime, old: str, new: str) -> None:
    moved = on_another_clock(instant, old=old, new=new)
    wall, now = instant.astimezone(ZoneInfo(old)), moved.astimezone(ZoneInfo(new))
    shift = now.replace(tzinfo=None) - wall.replace(tzinfo=None)
    assert shift in (timedelta(0), timedelta(minutes=30), timedelta(hours=1))
    assert shift == timedelta(0) or now.utcoffset() != (now - timedelta(days=1)).utcoffset()


@given(MOMENTS, st.integers(-400, 400))
def test_E1_some_days_later_the_clock_shows_the_same(instant: datetime, days: int) -> None:
    there = ZoneInfo(CHICAGO)
    moved = days_later(instant, days, zone=CHICAGO).astimezone(there)
    assert (moved.date() - instant.astimezone(there).date()).days == days
    assert abs(moved.hour - instant.astimezone(there).hour) <= 1


@pytest.mark.parametrize(
    ("weeks", "beats", "rest"),
    [(0, (THURSDAY,), None), (14, (THURSDAY,), None), (1, (), None), (1, (THURSDAY,), (0, 3))],
)
def test_a_rhythm_that_makes_no_sense_is_an_error(weeks: int, beats: tuple[Beat, ...], rest: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="="):
        Rhythm(date(2031, 1, 1), weeks=weeks, beats=beats, rest=rest)
    with pytest.raises(ValueError, match="weekday"):
        Beat(7, time(1), time(2))


def test_a_night_ends_on_the_next_day() -> None:
    assert Dated(date(2031, 3, 6), time(23), time(0, 30)).last_day == date(2031, 3, 7)
