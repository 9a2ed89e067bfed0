"""The mail of the week: on a Monday by day, only where something is ahead or waits, once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.homes import digest
from holdfast.homes.rules import week_of_digest
from holdfast.notifications.models import Mail
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.actions.check_ins import plan_check_ins
from tests.given import Ours
from tests.homes.test_desk import handed_over
from tests.moments import at
from tests.programmes.given import LENGTH, a_programme

MONDAY = datetime(2031, 3, 10, 12, 0, tzinfo=UTC)
"""Seven in the morning in Chicago."""


@pytest.fixture
def pat(ours: Ours) -> Person:
    """A participant with a mail address."""
    ours.pat.email = "pat@lakeside.example"
    ours.pat.save(update_fields=["email"])
    return ours.pat


def ask(moment: datetime) -> int:
    """Let the outbox ask at a moment; return how many mails that made."""
    with at(moment):
        return digest.post_what_is_due(moment)


def test_E1_without_anything_ahead_or_waiting_nobody_gets_a_mail(ours: Ours, pat: Person) -> None:
    assert (ask(MONDAY), Mail.objects.count()) == (0, 0)


def test_E1_what_is_ahead_is_said_once_a_week_in_the_morning(ours: Ours, pat: Person) -> None:
    programme = a_programme(ours.group, ours.bo)
    starts = MONDAY + timedelta(days=3, hours=8)
    session = plans.add_gathering(programme, section=4, starts_at=starts, ends_at=starts + LENGTH, by=ours.bo)
    assert ask(MONDAY - timedelta(minutes=1)) == 0
    assert (ask(MONDAY), ask(MONDAY), ask(MONDAY + timedelta(days=1))) == (3, 0, 0)  # amara, bo, pat
    said = Mail.objects.get(address="pat@lakeside.example")
    assert said.subject == "Your week"
    assert "Drivers of strength (Northgate team), Thursday 13 March 2031, 15:00–16:00 (Chicago)" in said.body
    assert "Waiting" not in said.body

    plans.cancel_gathering(session, why="", by=ours.bo)
    Mail.objects.all().delete()
    assert ask(MONDAY + timedelta(days=2)) == 0
    assert ask(MONDAY + timedelta(days=7)) == 0  # it is over by then


def test_E1_of_several_sittings_the_one_to_come_is_said(ours: Ours, pat: Person) -> None:
    programme = a_programme(ours.group, ours.bo)
    starts = MONDAY - timedelta(days=1)
    session = plans.add_gathering(programme, section=4, starts_at=starts, ends_at=starts + LENGTH, by=ours.bo)
    night = starts + timedelta(days=5)
    session.further_sittings.create(label="Night", place="Gym", starts_at=night, ends_at=night + LENGTH)
    assert ask(MONDAY)
    said = Mail.objects.get(address="pat@lakeside.example").body
    assert "Night: Friday 14 March 2031, 07:00–08:00 (Chicago) · Gym" in said
    assert "9 March" not in said


def test_D4_2_a_leader_reads_what_waits_for_an_answer_and_never_what_it_is(ours: Ours) -> None:
    handed_over(a_programme(ours.group, ours.bo), position=1)
    assert ask(MONDAY) == 1
    said = Mail.objects.get()
    assert said.address == "amara@lakeside.example"
    assert "Northgate team waits for one answer, by" in said.body
    assert "Wording" not in said.body


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - on the clock of any place
def test_the_week_is_written_of_by_day_at_its_beginning_and_named_once(local: datetime) -> None:
    week = week_of_digest(local)
    by_day = 7 <= local.hour < 19
    assert (week is not None) is (by_day and local.strftime("%A") in {"Monday", "Tuesday"})
    if week is not None and local.weekday() == 0:
        assert week == week_of_digest(local + timedelta(days=1))
        assert week != week_of_digest(local + timedelta(days=7))


def test_C5_the_team_and_its_leader_read_that_it_is_time_to_look_whether_it_still_goes(ours: Ours, pat: Person) -> None:
    programme = a_programme(ours.group, ours.bo)
    with at(MONDAY):
        plan_check_ins(programme, planned_on=MONDAY.date() + timedelta(days=4), by=ours.bo)
    assert ask(MONDAY) == 2  # amara and bo; pat takes part, and has nothing to look after
    said = Mail.objects.get(address="bo@lakeside.example").body
    assert "- Northgate team: look whether it is still going, Friday 14 March 2031" in said
