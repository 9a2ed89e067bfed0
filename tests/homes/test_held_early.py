"""A session that was held before its hour is over wherever sessions stand, and one with a sitting to come is not."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from holdfast.gatherings.attending import rough_counts, sessions_without_attendance
from holdfast.gatherings.models import Room
from holdfast.homes.agenda import agenda_of
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes import queries, reminders
from holdfast.programmes.actions.touch_bases import plan_touch_bases
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries.archiving import programmes_at_a_glance
from holdfast.programmes.queries.companion import briefing_of, held_before
from holdfast.programmes.queries.touch_bases import days_to_propose
from holdfast.refusals import Refused
from tests.days import CHICAGO, today
from tests.given import Ours
from tests.moments import at
from tests.programmes.given import LENGTH, a_programme, a_session, hold_now

NOON = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0)
DATES = {1: NOON + timedelta(days=3), 4: NOON + timedelta(days=40)}
"""Section 1 is planned for a day on which it is held already; section 4 comes in five weeks."""


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """Two sessions with a date ahead."""
    programme = a_programme(ours.group, ours.bo)
    for section, starts_at in DATES.items():
        a_session(programme, ours.bo, section=section, starts_at=starts_at)
    return programme


def hold_early(programme: Programme) -> Gathering:
    """Hold the first session today, in a room that is open for an hour."""
    session: Gathering = programme.gatherings.get(section=1)
    now = timezone.now()
    Room.objects.create(gathering=session, code="ABCDEF", opened_at=now, ended_at=now)
    hold_now(session)
    return session


def held_but_for_the_night(programme: Programme, ours: Ours) -> Gathering:
    """Let the first sitting of section 1 be over, and another be ahead in nine days."""
    session: Gathering = programme.gatherings.get(section=1)
    yesterday = NOON - timedelta(days=1)
    Gathering.objects.filter(pk=session.pk).update(starts_at=yesterday, ends_at=yesterday + LENGTH)
    session.refresh_from_db()
    night = NOON + timedelta(days=9)
    plans.add_sitting(
        session, label="Night", starts_at=night, ends_at=night + LENGTH, place="Gym", by=ours.bo, tell=False
    )
    return session


def anew(programme: Programme) -> Programme:
    """Return a programme as the next request finds it."""
    return Programme.objects.get(pk=programme.pk)


def said(person: Person, name: str, **about: int) -> str:
    """Return the words of a page on one line."""
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(name, kwargs=about))
    assert answer.status_code == 200
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def day(moment: datetime) -> str:
    """Write a day as pages do."""
    return date_format(moment.astimezone(CHICAGO), "l j F")


@pytest.mark.parametrize("name", ["pat", "bo", "amara", "dee"])
def test_E8_the_path_goes_on_from_a_session_that_was_held_before_its_hour(
    ours: Ours, programme: Programme, name: str
) -> None:
    def path() -> str:
        return said(getattr(ours, name), "homes.pathway", programme_id=programme.pk)

    before = path()
    assert "Next is section 1" in before
    assert "Nothing was held yet." in before
    assert day(DATES[1]) in before.split("Every section")[-1]
    hold_early(programme)
    after = path()
    assert "Next is section 4" in after
    assert "1 · Why we meet held" in after
    assert f"“Why we meet”, {day(timezone.now())}" in after  # not the day for which it was planned
    assert "Nothing was held yet." not in after
    assert day(DATES[1]) not in after.split("Every section")[-1]


@pytest.mark.parametrize("name", ["dee", "cole"])
def test_E2_the_overview_counts_what_was_held_before_its_hour_and_shows_what_is_next(
    ours: Ours, programme: Programme, name: str
) -> None:
    def line() -> str:
        return said(getattr(ours, name), "homes.desk")

    before = line()
    assert "0 of 2 sections held" in before
    assert day(DATES[1]) in before
    hold_early(programme)
    after = line()
    assert "1 of 2 sections held" in after
    assert day(DATES[4]) in after
    assert day(DATES[1]) not in after
    programme.gatherings.get(section=4).delete()
    assert f"Last met on {day(timezone.now())}" in line()


def test_E2_a_coach_and_whoever_reads_the_programme_see_it_as_held(ours: Ours, programme: Programme) -> None:
    coached = {"name": "support.coached", "programme_id": programme.pk}
    assert "held" not in said(ours.cole, **coached)  # type: ignore[arg-type]
    hold_early(programme)
    assert re.search(r"1\. Why we meet [^.]*? held", said(ours.cole, **coached))  # type: ignore[arg-type]
    assert re.search(r"Next Drivers of strength", said(ours.bo, "programmes.programme", programme_id=programme.pk))


def test_E8_a_leader_reads_on_which_day_it_was(ours: Ours, programme: Programme) -> None:
    hold_early(programme)
    home = said(ours.amara, "homes.desk")
    assert f"“Why we meet”, was on {day(timezone.now())}" in home
    assert day(DATES[1]) not in home


def test_E1_nobody_is_reminded_of_what_was_held_and_no_calendar_keeps_it_ahead(
    ours: Ours, programme: Programme
) -> None:
    evening = DATES[1] - timedelta(hours=12)
    with at(evening):
        assert reminders._meetings(evening)
    assert [one.section for one in queries.dates_to_keep(ours.pat)] == [1, 4]
    hold_early(programme)
    with at(evening):
        assert not reminders._meetings(evening)
    assert [one.section for one in queries.dates_to_keep(ours.pat)] == [4]
    with at(DATES[1] + timedelta(days=1)):
        assert [one.section for one in queries.dates_to_keep(ours.pat)] == [1, 4]  # among what was


def test_E1_what_was_held_is_not_answered_moved_to_another_clock_or_cancelled(ours: Ours, programme: Programme) -> None:
    session = programme.gatherings.get(section=1)
    coming = reverse("programmes.coming", kwargs={"gathering_id": session.pk})
    client = Client()
    client.force_login(ours.pat)
    plans.add_no_go(ours.site, label="Break", first_day=DATES[1].date(), last_day=DATES[1].date(), by=ours.bo)
    Gathering.objects.update(zone="Europe/London")
    assert client.post(coming, {"answer": "yes"}).status_code != 404
    assert session in queries.on_another_clock(programme)
    assert [one for one, _why in queries.meets_when_closed(ours.bo, ours.site)] == [session]
    hold_early(programme)
    assert client.post(coming, {"answer": "yes"}).status_code == 404
    assert session not in queries.on_another_clock(programme)
    assert not queries.meets_when_closed(ours.bo, ours.site)
    with pytest.raises(Refused) as refused:
        plans.cancel_gathering(session, why="", by=ours.bo)
    assert refused.value.code == "programmes.is_over"


def test_B2_talks_and_briefings_turn_to_the_next_session(ours: Ours, programme: Programme) -> None:
    session, later = programme.gatherings.order_by("starts_at")
    [talk] = plan_touch_bases(programme, leader=ours.amara, days={session.pk: today()}, by=ours.bo)
    talk.programme = anew(programme)
    before = agenda_of(talk, seen_by=ours.bo).briefing
    assert before
    assert (before.section.number, before.next_one) == (1, later)
    assert held_before(anew(programme), later) is None
    hold_early(programme)
    talk.programme = anew(programme)
    briefing = agenda_of(talk, seen_by=ours.bo).briefing
    assert briefing
    assert briefing.section.number == 4
    assert held_before(anew(programme), later) == session
    assert briefing_of(anew(programme), ours.amara, 1).next_one == later
    talk.delete()
    assert [one.gathering for one in days_to_propose(anew(programme), ours.amara)] == [later]


def test_B1_who_was_there_is_asked_of_it_and_counted(ours: Ours, programme: Programme) -> None:
    assert (rough_counts(programme)[0], sessions_without_attendance(programme)) == ([], [])
    session = hold_early(programme)
    assert [one.gathering for one in rough_counts(programme)[0]] == [session]
    assert sessions_without_attendance(programme) == [session]
    Gathering.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
    assert sessions_without_attendance(programme) == []  # nobody could be there


def test_a_programme_whose_last_session_was_held_before_its_hour_is_not_said_to_go_on(
    ours: Ours, programme: Programme
) -> None:
    programme.gatherings.get(section=4).delete()

    def line() -> str:
        return said(ours.bo, "programmes.programmes")

    assert "Sessions up to" in line()
    hold_early(programme)
    assert "Last session:" in line()
    assert not programmes_at_a_glance(queries.programmes_for(ours.bo)).get().meets_again  # type: ignore[attr-defined]


def test_C1_the_page_of_a_section_belongs_to_its_next_session_else_its_last(ours: Ours, programme: Programme) -> None:
    session = hold_early(programme)
    assert queries.session_on(anew(programme), 1) == session
    again = a_session(programme, ours.bo, section=1, starts_at=NOON + timedelta(days=20))
    assert queries.session_on(anew(programme), 1) == again
    days = {row.section.number: row.session for row in queries.around(anew(programme)).rows}
    assert days[1] == again.starts_at.astimezone(CHICAGO).date()


@pytest.mark.parametrize("name", ["pat", "bo", "amara", "dee"])
def test_E8_a_session_whose_other_sitting_is_ahead_is_next_on_the_path_at_that_hour(
    ours: Ours, programme: Programme, name: str
) -> None:
    held_but_for_the_night(programme, ours)
    path = said(getattr(ours, name), "homes.pathway", programme_id=programme.pk)
    assert "Next is section 1" in path
    assert f"“Why we meet”: {day(NOON + timedelta(days=9))}" in path
    assert "Nothing was held yet." in path
    assert next_for(programme, ours) == day(NOON + timedelta(days=9))
    if name == "pat":
        assert "(Chicago) · Gym" in path
        assert "(Chicago) · Gym" in said(ours.pat, "homes.desk")  # not where the first sitting was


def next_for(programme: Programme, ours: Ours) -> str:
    """Return the day on which the group meets next, as whoever plans and whoever coordinates read it."""
    session = queries.next_gathering(programme)
    assert session
    assert day(session.starts_at) in said(ours.dee, "homes.desk")
    return day(session.starts_at)


def test_E1_a_sitting_ahead_can_be_answered_and_cancelled_and_everybody_hears_of_it(
    ours: Ours, programme: Programme
) -> None:
    from holdfast.notifications.models import Mail

    session = held_but_for_the_night(programme, ours)
    client = Client()
    client.force_login(ours.pat)
    coming = reverse("programmes.coming", kwargs={"gathering_id": session.pk})
    assert client.post(coming, {"answer": "yes"}).status_code != 404
    Mail.objects.all().delete()
    plans.cancel_gathering(session, why="", by=ours.bo)
    assert Mail.objects.filter(subject__startswith="Cancelled").exists()
    Mail.objects.all().delete()
    plans.take_up_gathering(session, by=ours.bo)
    assert Mail.objects.filter(subject__startswith="It takes place after all").exists()
