"""Waiting and quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.notifications.rules import MOST_TRIES, evening_before, out_of_quiet_hours, veiled, wait_after

CHICAGO = ZoneInfo("America/Chicago")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them bare


def test_waits_grow_and_all_tries_together_take_days() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES + 1)]
    assert waits == sorted(waits)
    assert timedelta(days=3) < sum(waits, timedelta()) < timedelta(days=10)


def test_no_try_is_no_reason_to_wait() -> None:
    with pytest.raises(ValueError, match="tries=0"):
        wait_after(0)


ZONES = st.sampled_from(["UTC", "America/Chicago", "Europe/London", "Australia/Lord_Howe"]).map(ZoneInfo)
MINUTE = timedelta(minutes=1)


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    """Say it another way than the rule does: by the words of the promise."""
    local = moment.astimezone(zone)
    return local.strftime("%A") in {"Saturday", "Sunday"} or local.hour < 7 or local.hour >= 19


@given(MOMENTS, ZONES)
def test_nobody_gets_a_mail_at_night_or_on_a_weekend_and_none_waits_longer_than_it_must(
    moment: datetime, zone: ZoneInfo
) -> None:
    chosen = out_of_quiet_hours(moment, zone)
    assert not is_quiet(chosen, zone)
    assert (chosen == moment) is (not is_quiet(moment, zone))
    if chosen != moment:
        assert chosen > moment
        assert is_quiet(chosen - MINUTE, zone)  # the very first minute that is allowed
        assert chosen - moment <= timedelta(hours=61)  # a Friday evening to a Monday morning, clocks changing


@given(MOMENTS, ZONES)
def test_the_evening_before_is_a_working_evening_and_never_after_it_has_begun(moment: datetime, zone: ZoneInfo) -> None:
    evening = evening_before(moment, zone)
    local = evening.astimezone(zone)
    assert not is_quiet(evening, zone)
    assert local.hour == 17
    assert timedelta() < moment - evening < timedelta(days=4)
    assert local.date() < moment.astimezone(zone).date()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (datetime(2026, 12, 3, 15, 30, tzinfo=CHICAGO), "Wednesday 2"),
        (datetime(2026, 12, 7, 8, 0, tzinfo=CHICAGO), "Friday 4"),
        (datetime(2026, 12, 6, 8, 0, tzinfo=CHICAGO), "Friday 4"),
        (datetime(2026, 12, 8, 8, 0, tzinfo=CHICAGO), "Monday 7"),
    ],
)
def test_E1_a_monday_is_reminded_of_on_the_friday(day: datetime, said: str) -> None:
    assert evening_before(day, CHICAGO).strftime("%A %-d") == said


def test_an_address_is_known_to_its_owner_only() -> None:
    assert veiled("amara@lakeside.example") == "a…@l…"
