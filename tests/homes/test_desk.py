"""Arriving: every role finds what matters now, and an honest sentence when there is nothing yet."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.gatherings import actions as rooms
from holdfast.notifications import actions as outbox
from holdfast.notifications.models import Mail
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme
from holdfast.report_back.models import Answer, Concern, LetGoItem, OursItem, ReportBack, StaffLink
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
    assert 'href="/desk/gatherings/' not in html  # they say whether they come; the plan is not theirs to read
    assert "Closing" not in html


@pytest.mark.parametrize("name", ["nia"])
def test_a_role_without_a_page_is_told_so_and_shown_nothing_of_a_group(ours: Ours, term: None, name: str) -> None:
    html = arrive(getattr(ours, name))
    assert "There is nothing to do for you here yet." in html
    assert "Northgate" not in html


def test_E5_an_evaluator_finds_what_teams_changed_and_nothing_about_people(ours: Ours, term: None) -> None:
    html = arrive(ours.eve)
    assert reverse("programmes.makes", kwargs={"programme_id": ours.group.programmes.get().pk}) in html
    assert [name for name in ("Amara", "Bo<", "Pat", "Drivers") if name in html] == []


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


DUE = date(2031, 4, 3)
"""A Thursday far ahead, on which answers are expected."""


def handed_over(programme: Programme, *, position: int = 1, due_on: date = DUE) -> Concern:
    """Something a group asked its leaders to look at."""
    return Concern.objects.create(
        programme=programme, wording=f"Wording {position}", position=position,
        handed_over_on=date(2026, 1, 5), due_on=due_on,
    )  # fmt: skip


def an_honest_no(programme: Programme, *, position: int = 9) -> None:
    """Something leadership will not take on, and the group has not decided about."""
    Answer.objects.create(
        concern=handed_over(programme, position=position), verdict="cannot", reason="A rule.",
        drafted_on=date(2026, 1, 9), published_on=date(2026, 1, 9),
    )  # fmt: skip


def test_D4_2_a_leader_sees_what_is_due_how_much_is_drafted_and_what_to_say_aloud(ours: Ours, term: None) -> None:
    programme = Programme.objects.get()
    assert "Nobody waits" not in arrive(ours.amara)  # the toolkit's own considerations wait
    first, _second = handed_over(programme), handed_over(programme, position=2)
    Answer.objects.create(concern=first, verdict="this_year", reason="x", drafted_on=date(2026, 1, 9))
    ReportBack.objects.create(programme=programme)

    html = arrive(ours.amara)
    assert "waits for 2 answers" in html
    assert "Thursday 3 April 2031" in html
    assert "One is drafted." in html
    assert "the agreed day was" not in html  # age shows only after the day
    assert "To say aloud in a meeting, then publish" in html
    assert "Wording" not in html  # the words themselves stay on their own page

    handed_over(programme, position=3, due_on=date(2026, 1, 6))
    assert "the agreed day was" in arrive(ours.amara)


def test_D4_2_what_is_answered_waits_no_longer(ours: Ours, term: None) -> None:
    an_honest_no(Programme.objects.get())
    assert "waits for one answer" not in arrive(ours.amara)


def test_D4_4_our_own_list_comes_up_at_the_next_session(ours: Ours, term: None) -> None:
    programme = Programme.objects.get()
    OursItem.objects.create(programme=programme, wording="Say good morning", step="Begin", who="Pat", position=1)
    OursItem.objects.create(programme=programme, wording="Long done", position=2, state="done")
    html = arrive(ours.bo)
    assert "Comes up in this session" in html
    assert "Say good morning" in html
    assert "Long done" not in html


def test_D4_2_a_facilitator_sees_honest_noes_the_group_has_not_decided_about(ours: Ours, term: None) -> None:
    programme = Programme.objects.get()
    assert "An honest no" not in arrive(ours.bo)
    an_honest_no(programme)
    assert "An honest no, and now?" in arrive(ours.bo)
    concern = Concern.objects.get()
    LetGoItem.objects.create(programme=programme, concern=concern, wording="x", added_on=date(2026, 1, 9))
    assert "An honest no" not in arrive(ours.bo)


def test_E2_a_coordinator_sees_groups_nobody_leads_and_inherits_what_they_wait_for(ours: Ours, term: None) -> None:
    handed_over(Programme.objects.get())
    assert "this waits for you" not in arrive(ours.dee)
    assert arrive(ours.dee).count("no leader</span>") == 1  # the other school's team
    people.end_access(ours.amara, by=ours.dee)
    html = arrive(ours.dee)
    assert html.count("no leader</span>") == 2
    assert "While nobody leads them, this waits for you" in html
    assert "waits for one answer" in html


def test_a_participant_finds_the_page_of_their_group(ours: Ours, term: None) -> None:
    link = StaffLink.objects.create(
        programme=Programme.objects.get(), scope="staff", token="t" * 43, made_at=timezone.now()
    )
    assert f"/s/{link.token}/" in arrive(ours.pat)
    StaffLink.objects.update(ended_at=timezone.now())
    assert f"/s/{link.token}/" not in arrive(ours.pat)


def a_failing_mail(address: str) -> None:
    """Post a mail that the mail server would not take."""
    outbox.post(f"k.{address}", address=address, subject="Answers", body="x")
    Mail.objects.filter(address=address).update(tries=2, last_error="TimeoutError: no answer")


def test_a_coordinator_sees_mails_that_could_not_be_sent_and_tries_again(ours: Ours, theirs: Theirs) -> None:
    a_failing_mail("amara@lakeside.example")
    a_failing_mail("gil@harbour.example")  # another organisation's
    assert "One mail could not be sent so far." in arrive(ours.dee)
    client = Client()
    client.force_login(ours.dee)
    html = client.get("/desk/mails/").content.decode()
    assert "amara@lakeside.example" in html
    assert "TimeoutError: no answer" in html
    assert "harbour" not in html

    client.post("/desk/mails/attempts/")
    tried = dict(Mail.objects.values_list("address", "tries"))
    assert tried == {"amara@lakeside.example": 0, "gil@harbour.example": 2}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("bo", 13), ("amara", 22), ("dee", 19), ("pat", 14)])
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
        for position in range(rows):
            handed_over(programme, position=position)
            OursItem.objects.create(programme=programme, wording="x", position=position)
        an_honest_no(programme)
        ReportBack.objects.create(programme=programme)
        StaffLink.objects.create(programme=programme, scope="staff", token=f"t{number}", made_at=timezone.now())
    client = Client()
    client.force_login(getattr(ours, name))
    with django_assert_num_queries(queries):
        client.get("/desk/")


def test_a_plan_that_is_too_long_is_said_on_arrival(ours: Ours) -> None:
    session = a_session(a_programme(ours.group, ours.bo), ours.bo)
    plans.add_activity(session, title="Tea", prompt="", minutes=40, kind="talk", mode="spoken", by=ours.bo)
    assert "The plan is 15 minutes too long" in arrive(ours.bo)
