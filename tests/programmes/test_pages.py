"""What the pages of programmes and plans show, ask and keep."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions
from holdfast.programmes.models import Gathering, PlanItem, Programme
from tests.given import Ours
from tests.programmes.given import A_DAY, LENGTH, a_pack, a_programme, a_session

WHEN = {"day": "2031-04-03", "starts": "15:30", "ends": "16:30", "place": "Gym"}


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def page(session: Gathering) -> str:
    """Return the address of the plan."""
    return reverse("programmes.gathering", kwargs={"gathering_id": session.pk})


def text_of(html: str) -> str:
    """Return the words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_run_sheet_shows_the_clock_of_the_school_and_what_is_left(ours: Ours, session: Gathering) -> None:
    html = signed_in(ours.bo).get(page(session)).content.decode()

    assert re.findall(r"<strong>(\d\d:\d\d)</strong>", html) == ["15:30", "15:40", "15:55"]
    assert "35 minutes planned, 25 minutes free" in html
    assert "Thursday 13 March 2031, 15:30–16:30 (Chicago)" in html
    assert "What about notes?" in html
    assert "555 0100" in html  # the help card is the school's


def test_a_plan_that_is_too_long_says_by_how_much(ours: Ours, session: Gathering) -> None:
    actions.add_activity(session, title="Tea", prompt="", minutes=40, kind="talk", mode="spoken", by=ours.bo)
    assert "75 minutes planned, 15 minutes too long" in signed_in(ours.bo).get(page(session)).content.decode()


def test_B1_a_session_that_is_over_asks_first_who_was_there(ours: Ours, session: Gathering) -> None:
    attendance = reverse("gatherings.attendance", kwargs={"gathering_id": session.pk})
    before = signed_in(ours.bo).get(page(session)).content.decode()
    assert "Make it fit" in before
    assert attendance not in before

    Gathering.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at.replace(year=2024), ends_at=session.ends_at.replace(year=2024)
    )
    html = signed_in(ours.bo).get(page(session)).content.decode()
    assert attendance in html
    assert "Make it fit" not in html


def test_the_programme_says_first_when_it_meets_next(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.programme", kwargs={"programme_id": session.programme_id})
    html = signed_in(ours.bo).get(address).content.decode()
    assert html.index(page(session)) < html.index('class="pathway"')


def test_a_button_changes_the_plan_and_leads_back_to_the_same_activity(ours: Ours, session: Gathering) -> None:
    item = session.plan.get(activity_key="opening")
    answer = signed_in(ours.bo).post(reverse("programmes.activity_later", kwargs={"item_id": item.pk}))

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page(session)}#activity-{item.pk}")
    assert session.plan.get(position=2) == item


def test_with_htmx_the_same_button_brings_the_plan_alone_and_says_what_was_done(ours: Ours, session: Gathering) -> None:
    item = session.plan.get(activity_key="opening")
    address = reverse("programmes.activity_later", kwargs={"item_id": item.pk})
    html = signed_in(ours.bo).post(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert "“Opening” moved down." in html
    assert f'id="later-{item.pk}"' in html  # the same button is there again, so the focus stays


@pytest.mark.parametrize("name", ["activity_earlier", "activity_later", "activity_removal", "activity_pack_wording"])
def test_looking_at_a_button_changes_nothing(ours: Ours, session: Gathering, name: str) -> None:
    item = session.plan.get(activity_key="notes")
    assert signed_in(ours.bo).get(reverse(f"programmes.{name}", kwargs={"item_id": item.pk})).status_code == 405
    assert session.plan.get(activity_key="notes").position == 2


def test_every_change_of_a_plan_can_be_made_by_plain_forms(ours: Ours, session: Gathering) -> None:
    client, opening = signed_in(ours.bo), session.plan.get(activity_key="opening")
    where, what = {"gathering_id": session.pk}, {"item_id": opening.pk}
    client.post(reverse("programmes.activity_removal", kwargs=what))
    client.post(reverse("programmes.activity_from_pack", kwargs=where), {"activity_key": "walk"})
    own = {"title": "Tea", "prompt": "", "minutes": "5", "kind": "talk"}
    client.post(reverse("programmes.new_activity", kwargs=where), own)
    notes = {"title": "Our notes", "prompt": "?", "minutes": "20", "mode": "unnamed"}
    item = session.plan.get(activity_key="notes")
    client.post(reverse("programmes.activity", kwargs={"item_id": item.pk}), notes)

    plan = session.plan.order_by("position", "pk").values_list("title", "minutes", "mode")
    assert list(plan) == [
        ("Our notes", 20, "unnamed"), ("Walk", 5, "spoken"), ("Tea", 5, "spoken"), ("Closing", 10, "spoken"),
    ]  # fmt: skip


def test_a_session_is_set_on_the_clock_of_its_site(ours: Ours, programme: Programme) -> None:
    address = reverse("programmes.new_gathering", kwargs={"programme_id": programme.pk})
    answer = signed_in(ours.bo).post(address, {**WHEN, "section": "1"})

    made = Gathering.objects.get()
    assert answer.headers["Location"] == page(made)
    assert made.starts_at.isoformat() == "2031-04-03T20:30:00+00:00"  # 15:30 in Chicago, summer time


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2020-04-03"}, "This day is over."),
        ({"day": "2031-03-09", "starts": "02:30", "ends": "04:00"}, "skip this time"),
        ({"day": "2031-03-13"}, "At that time the group already meets: Drivers of strength"),
        ({"day": "0001-01-01", "starts": "00:00"}, "Choose another"),
        ({"day": "9999-12-31", "starts": "23:00", "ends": "01:00"}, "Choose another"),
        ({"ends": "15:00"}, "more than 10 hours"),
        ({"starts": "late"}, "Enter a valid time."),
    ],
)
def test_a_date_that_cannot_be_is_said_kindly_and_what_was_typed_stays(
    ours: Ours, session: Gathering, typed: dict[str, str], said: str
) -> None:
    address = reverse("programmes.new_gathering", kwargs={"programme_id": session.programme_id})
    sent = {**WHEN, "section": "1", "place": "The old gym", **typed}
    answer = signed_in(ours.bo).post(address, sent)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert [f'value="{sent[name]}"' in html for name in ("day", "starts", "ends", "place")] == [True] * 4
    assert Gathering.objects.count() == 1


def test_a_past_date_is_taken_when_it_is_said_to_have_been_held(ours: Ours, programme: Programme) -> None:
    address = reverse("programmes.new_gathering", kwargs={"programme_id": programme.pk})
    past = {**WHEN, "section": "1", "day": "2020-04-03"}
    assert 'type="checkbox" name="already_held"' in signed_in(ours.bo).post(address, past).content.decode()

    signed_in(ours.bo).post(address, {**past, "already_held": "on"})
    assert Gathering.objects.get().starts_at.year == 2020


def test_a_session_past_midnight_ends_on_the_next_day(ours: Ours, programme: Programme) -> None:
    address = reverse("programmes.new_gathering", kwargs={"programme_id": programme.pk})
    signed_in(ours.bo).post(address, {**WHEN, "section": "1", "starts": "23:00", "ends": "00:30"})
    made = Gathering.objects.get()
    assert made.ends_at - made.starts_at == timedelta(minutes=90)


def test_moving_a_session_starts_from_what_it_is(ours: Ours, session: Gathering) -> None:
    address = reverse("programmes.gathering_when", kwargs={"gathering_id": session.pk})
    html = signed_in(ours.bo).get(address).content.decode()
    assert [f'value="{x}"' in html for x in ("2031-03-13", "15:30", "16:30", "Library")] == [True] * 4

    signed_in(ours.bo).post(address, WHEN)
    session.refresh_from_db()
    assert session.place == "Gym"


@pytest.mark.parametrize("typed", [{"title": ""}, {"title": "x" * 121}, {"minutes": "0"}, {"mode": "named"}])
def test_an_activity_that_cannot_be_keeps_what_was_typed(ours: Ours, session: Gathering, typed: dict[str, str]) -> None:
    item = session.plan.get(activity_key="notes")
    sent = {"title": "New words", "prompt": "A long prompt", "minutes": "20", "mode": "unnamed", **typed}
    answer = signed_in(ours.bo).post(reverse("programmes.activity", kwargs={"item_id": item.pk}), sent)

    assert answer.status_code == 422
    assert "A long prompt" in answer.content.decode()
    assert session.plan.get(activity_key="notes").title == "Notes"


def test_the_pathway_shows_twelve_sections_and_says_which_are_not_there(ours: Ours, session: Gathering) -> None:
    past = timezone.now() - timedelta(days=7)
    a_session(session.programme, ours.bo, section=1, starts_at=past)
    address = reverse("programmes.programme", kwargs={"programme_id": session.programme_id})
    html = signed_in(ours.bo).get(address).content.decode()

    states = re.findall(r'data-state="(\w+)" id="section-', html)
    assert states == ["held", "not_in_pack", "not_in_pack", "now", *["not_in_pack"] * 8]
    assert html.count("Not in this version of the toolkit yet.") == 10
    assert html.count("?section=") == 2  # a date can be set only for what is filled


def test_what_a_pack_says_is_shown_as_words_never_as_markup(ours: Ours, session: Gathering) -> None:
    nasty = "<script>alert(1)</script>"
    item = session.plan.get(activity_key="notes")
    actions.change_activity(item, title=nasty, prompt=nasty, minutes=5, mode="unnamed", by=ours.bo)
    html = signed_in(ours.bo).get(page(session)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_leader_reads_the_plan_with_their_own_part_and_no_buttons(ours: Ours, session: Gathering) -> None:
    html = signed_in(ours.amara).get(page(session)).content.decode()

    assert 'id="your-part"' in html
    assert "D4.1 both before" in html
    assert "What about notes?" in html
    assert "later-" not in html
    assert reverse("programmes.gathering_when", kwargs={"gathering_id": session.pk}) not in html


@pytest.mark.parametrize(("name", "may"), [("bo", True), ("dee", True), ("amara", False)])
def test_the_room_is_opened_from_the_plan_by_those_who_may_run_it(
    ours: Ours, session: Gathering, name: str, may: bool
) -> None:
    client = signed_in(getattr(ours, name))
    room = reverse("gatherings.desk", kwargs={"gathering_id": session.pk})
    assert (room in client.get(page(session)).content.decode()) is may
    assert client.get(room).status_code == (200 if may else 404)


def test_a_programme_is_started_by_a_form(ours: Ours) -> None:
    pack = a_pack()
    sent = {"group": ours.group.pk, "pack": pack.pk, "setting": "schools", "started_on": "2031-01-06"}
    answer = signed_in(ours.dee).post(reverse("programmes.new_programme"), sent)
    made = Programme.objects.get()
    assert answer.headers["Location"] == reverse("programmes.start", kwargs={"programme_id": made.pk})
    assert made.setting == "schools"

    again = signed_in(ours.dee).post(reverse("programmes.new_programme"), sent)
    assert again.status_code == 422
    assert "This group already works through this version of the toolkit." in again.content.decode()


def test_without_a_pack_the_page_says_who_can_help(ours: Ours) -> None:
    assert "No toolkit is loaded yet." in signed_in(ours.bo).get(reverse("programmes.new_programme")).content.decode()


def test_a_new_programme_begins_with_the_newest_version(ours: Ours) -> None:
    old, new = a_pack("1.0"), a_pack("1.1")
    html = signed_in(ours.bo).get(reverse("programmes.new_programme")).content.decode()
    assert f'value="{new.pk}"' in html
    assert f'value="{old.pk}"' not in html


def test_every_page_opens_with_one_heading(ours: Ours, session: Gathering) -> None:
    client, item = signed_in(ours.bo), session.plan.get(activity_key="notes")
    addresses = [
        reverse("programmes.programmes"),
        reverse("programmes.new_programme"),
        reverse("programmes.programme", kwargs={"programme_id": session.programme_id}),
        reverse("programmes.new_gathering", kwargs={"programme_id": session.programme_id}),
        page(session),
        reverse("programmes.gathering_when", kwargs={"gathering_id": session.pk}),
        reverse("programmes.new_activity", kwargs={"gathering_id": session.pk}),
        reverse("programmes.activity", kwargs={"item_id": item.pk}),
    ]
    for address in addresses:
        answer = client.get(address)
        headings = re.findall(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)
        assert (answer.status_code, len(headings), all(h.strip() for h in headings)) == (200, 1, True), address


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_programmes_asks_the_same_questions_for_one_and_three(
    ours: Ours, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pack = a_pack()
    for number in range(rows):
        group = people.add_group(ours.site, name=f"Team {number}")
        a_session(a_programme(group, ours.dee, pack), ours.dee)
    client = signed_in(ours.dee)
    with django_assert_num_queries(7):
        html = client.get(reverse("programmes.programmes")).content.decode()
    assert html.count("programmes__card") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pathway_asks_the_same_questions_for_one_session_and_three(
    ours: Ours, programme: Programme, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_session(programme, ours.bo, starts_at=A_DAY + number * LENGTH)
    client = signed_in(ours.bo)
    with django_assert_num_queries(11):
        html = client.get(reverse("programmes.programme", kwargs={"programme_id": programme.pk})).content.decode()
    assert html.count("15:30–16:30") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_plan_asks_the_same_questions_for_one_activity_and_three(
    ours: Ours, session: Gathering, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PlanItem.objects.filter(gathering=session, position__gt=rows).delete()
    client = signed_in(ours.bo)
    with django_assert_num_queries(14):
        html = client.get(page(session)).content.decode()
    assert html.count('class="plan__line"') == rows


def test_a_role_that_ends_takes_the_plans_with_it(ours: Ours, session: Gathering) -> None:
    client = signed_in(ours.bo)
    assert client.get(page(session)).status_code == 200
    people.take_role(Role.objects.get(person=ours.bo), by=ours.dee)
    assert client.get(page(session)).status_code == 404
