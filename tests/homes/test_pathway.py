"""The path of a programme: what was, what is next and what would help, for each role its own."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme
from holdfast.programmes.rules import HowAndWho
from tests.days import today
from tests.given import Ours
from tests.programmes.given import a_programme, a_session
from tests.report_back.pages import concern

READ = ("pat", "bo", "amara", "dee")


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """Section 1 was three weeks ago; section 4 comes in five days."""
    programme = a_programme(ours.group, ours.bo)
    noon = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0)
    a_session(programme, ours.bo, section=1, starts_at=noon - timedelta(days=21))
    a_session(programme, ours.bo, section=4, starts_at=noon + timedelta(days=5))
    return programme


def page(programme: Programme) -> str:
    """Return the address of the path."""
    return reverse("homes.pathway", kwargs={"programme_id": programme.pk})


def path_of(person: Person, programme: Programme, *, role: str = "") -> str:
    """Return the path as somebody sees it."""
    client = Client()
    client.force_login(person)
    answer = client.get(page(programme), {"as": role} if role else {})
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def said_of(html: str) -> str:
    """Return its words on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("name", READ)
def test_E8_every_role_finds_three_things_and_the_path_as_picture_and_table(
    ours: Ours, programme: Programme, name: str
) -> None:
    html = path_of(getattr(ours, name), programme)
    assert re.findall(r'card__title">([^<]*)<', html) == ["What is next", "What was", "What would help"]
    wide, narrow = html.split('<svg class="winding"')[1:]
    for drawing in (wide, narrow):
        stations = re.findall(r'winding__station" data-state="(\w+)"', drawing)
        assert stations == ["done", "ahead", "ahead", "now", *["ahead"] * 8]
    assert "A path of 12 sections: one is held." in html  # the picture in words
    table = html.split("<table")[1]
    assert len(re.findall(r'<tr id="section-\d+"', table)) == 12
    assert "1 · Why we meet held" in said_of(table)
    assert "4 · Drivers of strength next" in said_of(table)
    assert said_of(html).count("Next is section 4") == 1


def test_E8_a_participant_finds_what_to_read_and_no_plan_of_anybody(ours: Ours, programme: Programme) -> None:
    idea = plans.note_idea(programme, text="Lunch together", by=ours.bo)
    plans.note_practice(programme, text="We begin on time", since=today(), by=ours.bo)
    plans.plan_component(
        programme, section=4, component="C3", state="planned", plan=HowAndWho("SECRET", "SECRET"), by=ours.bo
    )
    html = path_of(ours.pat, programme)
    assert reverse("programmes.share", kwargs={"programme_id": programme.pk, "number": 4}) in html
    assert "Say whether you would like to take part" in html
    assert idea.text in html
    assert "We begin on time" in html
    for never in ("SECRET", "/components/", "/gatherings/"):
        assert never not in html, never

    plans.answer_commitment(programme, answer="yes", by=ours.pat)
    assert "Look at your answer" in path_of(ours.pat, programme)


@pytest.mark.parametrize(("timing", "before", "after"), [("", 1, 1), ("ahead", 1, 0), ("after", 0, 1)])
def test_C1_the_page_is_offered_when_the_team_hands_it_out(
    ours: Ours, programme: Programme, timing: str, before: int, after: int
) -> None:
    for section in (1, 4):
        if timing:
            plan = HowAndWho(timing=timing)
            plans.plan_component(programme, section=section, component="C1", state="planned", plan=plan, by=ours.bo)
    html = path_of(ours.pat, programme)
    assert html.count("Read what it is about") == before
    assert html.count("To read once more") == after


def test_E8_a_facilitator_finds_the_plan_and_what_comes_up(ours: Ours, programme: Programme) -> None:
    html = path_of(ours.bo, programme)
    assert "Its plan has 3 activities." in said_of(html)
    due = html.split("What would help")[1]
    assert "A talk with the leader beforehand" in due
    plans.mark_component(programme, section=4, component="C2", state="done", by=ours.bo)
    assert "A talk with the leader beforehand" not in path_of(ours.bo, programme).split("What would help")[1]


def test_E8_a_leader_finds_what_is_asked_before_and_after_and_who_waits(ours: Ours, programme: Programme) -> None:
    html = path_of(ours.amara, programme)
    assert "D4.2 taking_part before" in html
    assert "D1.4 both after" in html
    assert "waits for" not in html
    concern(programme, "Cover is asked for with no notice.", position=1)
    assert "Northgate team waits for one answer" in said_of(path_of(ours.amara, programme))
    plans.choose_parts(programme, leader=ours.amara, whole="supporting", sections={}, by=ours.amara)
    assert "D4.3 supporting before" in path_of(ours.amara, programme)


def test_E2_a_coordinator_finds_what_the_team_asks_for(ours: Ours, programme: Programme) -> None:
    assert "The team has asked for nothing." in path_of(ours.dee, programme)
    plans.want_help(programme, section=4, component="C6", wanted=True, by=ours.bo)
    plans.want_help(programme, section=0, component="", wanted=True, by=ours.bo)
    words = said_of(path_of(ours.dee, programme))
    assert "What becomes how we do it section 4" in words
    assert "Help with the programme as a whole" in words


def test_whoever_holds_two_roles_chooses_and_nobody_gets_one_they_do_not_hold(ours: Ours, programme: Programme) -> None:
    people.give_role(ours.amara, kind=Role.Kind.FACILITATOR, at=ours.group)
    html = path_of(ours.amara, programme)
    assert "Open your part" in html
    assert '<a href="?as=facilitator">' in html
    assert "Its plan has" in path_of(ours.amara, programme, role="facilitator")
    assert "Its plan has" not in path_of(ours.pat, programme, role="facilitator")
    assert "You see it as" not in path_of(ours.pat, programme)


def test_without_a_date_the_path_says_how_it_begins(ours: Ours) -> None:
    programme = a_programme(ours.group, ours.bo)
    for person in (ours.pat, ours.bo, ours.amara, ours.dee):
        html = path_of(person, programme)
        assert "The path begins as soon as the first session has a date." in html
        assert "Nothing was held yet." in html


def test_the_path_is_linked_from_where_each_role_arrives(ours: Ours, programme: Programme) -> None:
    desk, own = reverse("homes.desk"), reverse("programmes.programme", kwargs={"programme_id": programme.pk})
    for person, at in ((ours.pat, desk), (ours.amara, desk), (ours.bo, own), (ours.dee, own)):
        client = Client()
        client.force_login(person)
        assert page(programme) in client.get(at).content.decode(), person


@pytest.mark.parametrize(("name", "expected"), [("pat", 13), ("bo", 10), ("amara", 14), ("dee", 10)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_path_asks_the_same_number_of_times_for_one_of_each_and_for_three(
    ours: Ours,
    programme: Programme,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    name: str,
    expected: int,
) -> None:
    for n in range(count):
        a_session(programme, ours.bo, section=4, starts_at=timezone.now() + timedelta(days=6 + n))
        plans.note_idea(programme, text=f"Idea {n}", by=ours.bo)
        plans.note_practice(programme, text=f"Practice {n}", since=today(), by=ours.bo)
        plans.want_help(programme, section=4, component=f"C{n + 1}", wanted=True, by=ours.bo)
        plans.mark_component(programme, section=1, component=f"C{n + 1}", state="done", by=ours.bo)
        concern(programme, f"Matter {n}", position=n + 1)
    client = Client()
    client.force_login(getattr(ours, name))
    client.get(page(programme))
    with django_assert_num_queries(expected):
        client.get(page(programme))


def test_E1_a_cancelled_session_is_marked_as_cancelled_for_whoever_reads_the_path(
    ours: Ours, programme: Programme
) -> None:
    rows = {name: path_of(getattr(ours, name), programme).split('id="section-4"')[1].split("</tr>")[0] for name in READ}
    assert [name for name in READ if "cancelled" in rows[name]] == []
    plans.cancel_gathering(programme.gatherings.get(section=4), why="", by=ours.bo)
    for name in READ:
        row = said_of(path_of(getattr(ours, name), programme).split('id="section-4"')[1].split("</tr>")[0])
        assert "(Chicago) cancelled" in row, name
        assert "no date yet" in row, name
