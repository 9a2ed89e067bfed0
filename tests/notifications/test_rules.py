"""Waiting and quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.notifications.rules import MOST_TRIES, QUIET_FROM, QUIET_UNTIL, out_of_quiet_hours, veiled, wait_after

CHICAGO = ZoneInfo("America/Chicago")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them bare


def test_waits_grow_and_all_tries_together_take_days() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES + 1)]
    assert waits == sorted(waits)
    assert timedelta(days=3) < sum(waits, timedelta()) < timedelta(days=10)


def test_no_try_is_no_reason_to_wait() -> None:
    with pytest.raises(ValueError, match="tries=0"):
        wait_after(0)


@given(MOMENTS)
def test_nobody_gets_a_mail_at_night_and_none_waits_longer_than_a_night(moment: datetime) -> None:
    chosen = out_of_quiet_hours(moment, CHICAGO)
    assert QUIET_UNTIL <= chosen.astimezone(CHICAGO).time() < QUIET_FROM
    assert timedelta() <= chosen - moment <= timedelta(hours=13)


def test_an_address_is_known_to_its_owner_only() -> None:
    assert veiled("amara@lakeside.example") == "a…@l…"
