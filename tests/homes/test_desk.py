"""Arriving: every role finds what matters now, and an honest sentence when there is nothing yet."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.gatherings import actions as rooms
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions as plans
from tests.given import Ours, Theirs
from tests.programmes.given import A_DAY, LENGTH, a_pack, a_programme, a_session


def arrive(person: Person) -> str:
    """Return the desk as this person sees it."""
    client = Client()
    client.force_login(person)
    answer = client.get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def term(ours: Ours) -> None:
    """Session 1 was last week, session 4 comes on a Thursday far ahead."""
    programme = a_programme(ours.group, ours.bo)
    a_session(programme, ours.bo, section=1, starts_at=timezone.now() - timedelta(days=7))
    a_session(programme, ours.bo)


def test_a_facilitator_finds_the_next_session_with_its_plan_on_the_clock(ours: Ours, term: None) -> None:
    html = arrive(ours.bo)
    assert "Session 4, “Drivers of strength”:" in html
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago)" in html
    assert re.findall(r'glance__clock">(\d\d:\d\d)<', html) == ["15:30", "15:40", "15:55"]


def test_a_session_that_runs_late_stays_in_front_until_its_room_is_closed(ours: Ours, term: None) -> None:
    programme = ours.group.programmes.get()
    late = a_session(programme, ours.bo, starts_at=timezone.now() - LENGTH - timedelta(minutes=9))
    assert "The room is open" not in arrive(ours.bo)
    room = rooms.open_room(late, by=ours.bo)
    html = arrive(ours.bo)
    assert "The room is open" in html
    assert reverse("gatherings.desk", kwargs={"gathering_id": late.pk}) in html
    assert "Thursday 13 March 2031, 15:30" in html  # what comes later still comes
    rooms.end_room(room, by=ours.bo)
    assert "The room is open" not in arrive(ours.bo)


def test_a_coordinator_is_led_to_the_first_step_and_to_no_step_too_early(ours: Ours) -> None:
    first = people.appoint_first_coordinator("Wim", "A new clinic", email="")
    html = arrive(first)
    assert reverse("people.new_site") in html
    assert reverse("programmes.new_programme") not in html
    assert reverse("programmes.new_programme") in arrive(ours.dee)


def test_a_leader_of_the_group_finds_what_is_asked_of_one_who_takes_part(ours: Ours, term: None) -> None:
    html = arrive(ours.amara)
    assert "You are taking part." in html
    assert "D4.1 both before" in html
    assert "D4.2 taking_part before" in html
    assert "D4.3 supporting before" not in html
    assert "D1.4 both after" in html  # what waits since session 1
    assert "Session 1, “Why we meet”, was on" in html


def test_a_leader_of_the_site_finds_what_is_asked_of_one_who_supports(ours: Ours, term: None) -> None:
    people.give_role(ours.nia, kind=Role.Kind.LEADER, at=ours.site)
    html = arrive(ours.nia)
    assert "You are taking part." not in html
    assert "D4.3 supporting before" in html
    assert "D4.2 taking_part before" not in html


def test_a_leader_sees_twelve_steps_one_done_and_one_now(ours: Ours, term: None) -> None:
    states = re.findall(r'path__step" data-state="(\w+)"', arrive(ours.amara))
    assert states == ["done", "ahead", "ahead", "now", *["ahead"] * 8]


def test_a_coordinator_finds_sites_groups_people_and_programmes(ours: Ours, term: None) -> None:
    html = arrive(ours.dee)
    for words in ("Northgate School", "Southgate School", "Northgate team", "Small pack 1.0", "10 people"):
        assert words in html
    assert "Thursday 13 March 2031, 15:30 (Chicago)" in html


def test_a_coordinator_of_one_site_does_not_see_the_other(ours: Ours, term: None) -> None:
    html = arrive(ours.sam)
    assert "Southgate team" in html
    assert "Northgate" not in html


def test_a_participant_finds_the_date_and_what_was_promised_but_no_plan(ours: Ours, term: None) -> None:
    html = arrive(ours.pat)
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago)" in html
    assert "We do not keep who wrote a note." in html
    assert "/desk/gatherings/" not in html
    assert "Closing" not in html


@pytest.mark.parametrize("name", ["cole", "eve", "nia"])
def test_a_role_without_a_page_is_told_so_and_shown_nothing_of_a_group(ours: Ours, term: None, name: str) -> None:
    html = arrive(getattr(ours, name))
    assert "There is nothing to do for you here yet." in html
    assert "Northgate" not in html


@pytest.mark.parametrize("name", ["gil", "hana", "ivo", "jun", "kit", "lou"])
def test_another_organisation_sees_none_of_it(ours: Ours, theirs: Theirs, term: None, name: str) -> None:
    html = arrive(getattr(theirs, name))
    assert "Northgate" not in html
    assert "Drivers" not in html


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bo", "Open your programme, or start one, and give the next section a date."),
        ("amara", "As soon as the facilitators set a date, your part stands here."),
        ("dee", "none yet"),
        ("pat", "As soon as the facilitators set one, it stands here."),
    ],
)
def test_before_anything_is_planned_every_role_is_told_what_would_bring_something(
    ours: Ours, name: str, said: str
) -> None:
    assert said in arrive(getattr(ours, name))


def test_somebody_with_two_roles_finds_both(ours: Ours, term: None) -> None:
    people.give_role(ours.bo, kind=Role.Kind.LEADER, at=ours.group)
    html = arrive(ours.bo)
    assert "glance__clock" in html
    assert "D4.2 taking_part before" in html
    assert html.count('data-weight="main"') <= 1


def test_a_session_that_is_over_is_not_the_next_one(ours: Ours) -> None:
    a_session(a_programme(ours.group, ours.bo), ours.bo, starts_at=timezone.now() - timedelta(hours=2))
    assert "No session ahead." in arrive(ours.bo)


def test_every_arrival_opens_with_one_heading_that_greets(ours: Ours, term: None) -> None:
    for person in (ours.bo, ours.amara, ours.dee, ours.pat, ours.cole):
        headings = re.findall(r"<h1>(.*?)</h1>", arrive(person), re.DOTALL)
        assert len(headings) == 1
        assert re.fullmatch(rf"Good (morning|afternoon|evening), {person.name}\.", headings[0].strip())


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("bo", 8), ("amara", 8), ("dee", 12), ("pat", 6)])
def test_an_arrival_asks_the_same_questions_for_one_row_and_three(
    ours: Ours, name: str, queries: int, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pack = a_pack()
    for number in range(rows):
        group = people.add_group(ours.site, name=f"Team {number}")
        for key, kind in (("amara", "LEADER"), ("bo", "FACILITATOR"), ("pat", "PARTICIPANT")):
            people.give_role(getattr(ours, key), kind=Role.Kind[kind], at=group)
        programme = a_programme(group, ours.dee, pack)
        a_session(programme, ours.dee, section=1, starts_at=timezone.now() - timedelta(days=7 + number))
        a_session(programme, ours.dee, starts_at=A_DAY + number * LENGTH)
    client = Client()
    client.force_login(getattr(ours, name))
    with django_assert_num_queries(queries):
        client.get("/desk/")


def test_a_plan_that_is_too_long_is_said_on_arrival(ours: Ours) -> None:
    session = a_session(a_programme(ours.group, ours.bo), ours.bo)
    plans.add_activity(session, title="Tea", prompt="", minutes=40, kind="talk", mode="spoken", by=ours.bo)
    assert "The plan is 15 minutes too long" in arrive(ours.bo)
