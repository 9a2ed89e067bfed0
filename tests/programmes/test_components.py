"""Around the sessions: seven components per section, what comes up, wanted help, ideas and practices."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast.people.models import Person
from holdfast.programmes import actions, queries
from holdfast.programmes.messages import MESSAGES
from holdfast.programmes.models import ComponentPlan, HelpWanted, Idea, Practice, Programme
from holdfast.programmes.rules import ComponentState, HowAndWho, comes_up, usual_day
from holdfast.refusals import Refused
from tests.days import today
from tests.given import Ours
from tests.programmes.given import a_session

THURSDAY = date(2026, 3, 12)


def page(name: str, programme: Programme, **more: object) -> str:
    """Return the address of a page of a programme."""
    return reverse(f"programmes.{name}", kwargs={"programme_id": programme.pk, **more})


def one(programme: Programme, key: str, number: int = 4) -> str:
    """Return the address of one component."""
    return page("component", programme, number=number, key=key)


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def html_of(person: Person, address: str) -> str:
    """Return a page as somebody sees it."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def said_of(html: str) -> str:
    """Return the words of a page on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def states(programme: Programme, number: int = 4) -> dict[str, str]:
    """Return where each of the seven stands."""
    return {cell.key: cell.state.value for cell in queries.section_around(programme, number).cells}


def in_days(days: int) -> date:
    """Return a day from today on the clock of the school."""
    return today() + timedelta(days=days)


# --- what comes up, decided ---


@pytest.mark.parametrize(
    ("component", "after", "day"),
    [
        ("C1", False, date(2026, 3, 9)), ("C1", True, date(2026, 3, 13)), ("C2", False, date(2026, 3, 8)),
        ("C3", False, THURSDAY), ("C4", False, date(2026, 3, 17)), ("C7", False, date(2026, 3, 13)),
    ],
)  # fmt: skip
def test_C8_a_component_has_a_day_on_which_it_mostly_helps(component: str, after: bool, day: date) -> None:
    assert usual_day(component, THURSDAY, after=after) == day
    assert usual_day(component, None) is None


@pytest.mark.parametrize(
    ("state", "days", "comes"),
    [
        (ComponentState.OPEN, 0, True), (ComponentState.OPEN, 14, True), (ComponentState.OPEN, 15, False),
        (ComponentState.OPEN, -1, False), (ComponentState.PLANNED, -1, True), (ComponentState.PLANNED, -29, False),
        (ComponentState.DONE, 3, False), (ComponentState.NOT_NOW, 3, False),
    ],
)  # fmt: skip
def test_E8_what_nobody_planned_is_never_held_against_anybody_afterwards(
    state: ComponentState, days: int, comes: bool
) -> None:
    assert comes_up(state, THURSDAY + timedelta(days=days), THURSDAY) is comes
    assert comes_up(state, None, THURSDAY) is False


# --- one component: planned, done, not this time ---


@pytest.mark.parametrize("name", ["bo", "amara", "dee"])
@pytest.mark.parametrize("key", ["C2", "C7"])
def test_C2_C7_a_component_is_planned_with_how_who_and_when(
    ours: Ours, programme: Programme, name: str, key: str
) -> None:
    who = getattr(ours, name)
    said = {"state": "planned", "how": "At the door.", "who": "Chi", "due_on": "2026-03-12"}
    assert states(programme)[key] == "open"
    assert signed_in(who).post(one(programme, key), said).status_code == 302

    plan = ComponentPlan.objects.get()
    assert (plan.component, plan.section, plan.how, plan.who, plan.due_on) == (key, 4, "At the door.", "Chi", THURSDAY)
    words = said_of(html_of(ours.amara, page("section_components", programme, number=4)))
    assert "At the door. · Chi · by Thursday 12 March" in words
    assert states(programme, 1)[key] == "open"  # another section's is its own


def test_C1_the_team_says_whether_the_page_is_handed_out_before_or_after(ours: Ours, programme: Programme) -> None:
    assert "When people get the page" in html_of(ours.bo, one(programme, "C1"))
    assert "When people get the page" not in html_of(ours.bo, one(programme, "C2"))
    signed_in(ours.bo).post(one(programme, "C1"), {"state": "planned", "timing": "after"})
    assert queries.timing_of(programme, 4) == "after"
    assert queries.timing_of(programme, 1) == ""
    assert "to read after the session" in said_of(html_of(ours.pat, page("share", programme, number=4)))
    assert "to read after the session" not in said_of(html_of(ours.pat, page("share", programme, number=1)))


def test_E8_not_this_time_asks_for_no_reason_and_keeps_none(ours: Ours, programme: Programme) -> None:
    bo = signed_in(ours.bo)
    bo.post(one(programme, "C4"), {"state": "planned", "how": "In the huddle.", "who": "Chi", "due_on": "2026-03-12"})
    bo.post(page("component_marks", programme, number=4, key="C4"), {"state": "not_now"})
    plan = ComponentPlan.objects.get()
    assert (plan.state, plan.how, plan.who, plan.due_on) == ("not_now", "", "", None)

    bo.post(page("component_marks", programme, number=4, key="C4"), {"state": ""})
    assert states(programme)["C4"] == "open"


def test_C8_done_with_one_press_keeps_what_was_planned_and_gets_a_day(ours: Ours, programme: Programme) -> None:
    bo = signed_in(ours.bo)
    bo.post(one(programme, "C4"), {"state": "planned", "how": "In the huddle.", "who": "Chi"})
    gone = bo.post(page("component_marks", programme, number=4, key="C4"), {"state": "done", "back": "all"})
    assert gone["Location"] == page("components", programme)
    plan = ComponentPlan.objects.get()
    assert (plan.state, plan.how, plan.done_on) == ("done", "In the huddle.", queries.today_at(programme))


@pytest.mark.parametrize("state", ["nonsense", "planned"])
def test_a_mark_that_is_not_there_changes_nothing(ours: Ours, programme: Programme, state: str) -> None:
    marks = page("component_marks", programme, number=4, key="C4")
    assert signed_in(ours.bo).post(marks, {"state": state}).status_code == 404
    assert ComponentPlan.objects.count() == 0


def test_a_component_or_section_that_is_not_there_is_not_found(ours: Ours, programme: Programme) -> None:
    bo = signed_in(ours.bo)
    for number, key in ((4, "C8"), (4, "C9"), (7, "C1"), (4, "x")):
        assert bo.get(one(programme, key, number)).status_code == 404
        assert bo.post(page("component_marks", programme, number=number, key=key), {"state": "done"}).status_code == 404
        wanted = {"section": number, "component": key, "wanted": "on"}
        assert bo.post(page("help_wanted", programme), wanted).status_code == 404
    assert HelpWanted.objects.count() == 0


def test_C4_ready_texts_can_be_copied_and_mailed_signed(ours: Ours, programme: Programme) -> None:
    a_session(programme, ours.bo)
    html = html_of(ours.bo, one(programme, "C4"))
    assert "Suggestion for C4." in html
    assert "Stand in a circle." in html
    assert html.count("data-copy=") == 2
    [mail] = re.findall(r'href="(mailto:[^"]*)"', html)
    assert "subject=Next%20time%20%26%20thanks" in mail
    # It is signed; a day in a mail is another one each time, so that people fill it in.
    assert f"body=On%20%5Bday%20and%20time%5D.%0D%0A%0D%0A{quote(ours.amara.name)}" in mail
    assert "data-copy" not in html_of(ours.bo, one(programme, "C6"))


# --- the picture ---


def test_C8_the_leader_sees_every_section_and_component_at_a_glance_and_what_comes_up(
    ours: Ours, programme: Programme
) -> None:
    soon = timezone.now().replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=5)
    a_session(programme, ours.bo, starts_at=soon)
    plan = HowAndWho("On the doors.", "Chi", in_days(6))
    actions.plan_component(programme, section=4, component="C3", state="planned", plan=plan, by=ours.bo)
    actions.mark_component(programme, section=4, component="C2", state="done", by=ours.bo)
    actions.mark_component(programme, section=4, component="C7", state="not_now", by=ours.bo)

    html = html_of(ours.amara, page("components", programme))
    cells = re.findall(r'class="around__cell" data-state="(\w+)"', html)
    assert len(cells) == 2 * 7  # this toolkit has two sections
    assert cells[7:] == ["open", "done", "planned", "open", "open", "open", "not_now"]
    assert "To hang up: planned" in said_of(html)  # the sign has its word
    due = [cell.key for _section, cell in queries.around(programme).due]
    assert due == ["C1", "C3", "C4", "C5", "C6"]
    assert said_of(html).index("In the next two weeks") < said_of(html).index("Every section at a glance")
    assert "On the doors." in html.split("The same as a list")[1]


def test_E8_without_dates_and_plans_nothing_comes_up(ours: Ours, programme: Programme) -> None:
    assert "Nothing comes up." in html_of(ours.amara, page("components", programme))
    assert "The same as a list" not in html_of(ours.amara, page("components", programme))


@pytest.mark.parametrize("count", [1, 3])
def test_the_picture_asks_the_same_number_of_times_for_one_plan_and_for_three(
    ours: Ours, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for key in ("C1", "C2", "C3")[:count]:
        a_session(programme, ours.bo, starts_at=timezone.now() + timedelta(days=int(key[1])))
        actions.plan_component(
            programme, section=4, component=key, state="planned", plan=HowAndWho(due_on=in_days(1)), by=ours.bo
        )
        actions.want_help(programme, section=4, component=key, wanted=True, by=ours.bo)
        actions.note_idea(programme, text=key, by=ours.bo)
        actions.note_practice(programme, text=key, since=THURSDAY, by=ours.bo)
    client = signed_in(ours.bo)
    for name, expected in (("components", 10), ("ideas", 7), ("practices", 7)):
        client.get(page(name, programme))
        with django_assert_num_queries(expected):
            client.get(page(name, programme))
    coordinator = signed_in(ours.dee)
    coordinator.get(reverse("homes.site_components"))
    with django_assert_num_queries(8):
        coordinator.get(reverse("homes.site_components"))


# --- help wanted, and totals for whole sites ---


def test_C8_who_coordinates_or_coaches_sees_totals_and_wanted_help_and_nothing_about_persons(
    ours: Ours, programme: Programme
) -> None:
    plan = HowAndWho("SECRET-HOW", "SECRET-WHO", in_days(3))
    actions.plan_component(programme, section=4, component="C3", state="planned", plan=plan, by=ours.bo)
    actions.mark_component(programme, section=1, component="C3", state="done", by=ours.bo)
    signed_in(ours.bo).post(page("help_wanted", programme), {"section": 4, "component": "C6", "wanted": "on"})
    signed_in(ours.amara).post(page("help_wanted", programme), {"wanted": "on"})
    assert "SECRET-WHO" in html_of(ours.bo, page("components", programme))  # there is something to leave out

    for person in (ours.dee, ours.cole):
        html = html_of(person, reverse("homes.site_components"))
        words = said_of(html)
        assert "Northgate team: section 4, What becomes how we do it" in words
        assert "Northgate team: the programme as a whole" in words
        row = html.split("Something to see in shared rooms")[1].split("</tr>")[0]
        assert re.findall(r'<td data-number data-label="[a-z ]+">(\d+)</td>', row) == ["1", "1", "0", "0"]
        main = html.split("<main")[1]
        for never in ("SECRET", *(p.name for p in (ours.bo, ours.chi, ours.amara, ours.pat))):
            assert never not in main, never
    assert signed_in(ours.sam).get(reverse("homes.site_components")).content.decode().count("Northgate") == 0
    assert signed_in(ours.bo).get(reverse("homes.site_components")).status_code == 404
    assert reverse("homes.site_components") in html_of(ours.cole, reverse("homes.desk"))


def test_a_wish_for_help_is_taken_back_and_made_once(ours: Ours, programme: Programme) -> None:
    bo, wish = signed_in(ours.bo), {"section": 4, "component": "C6", "wanted": "on"}
    bo.post(page("help_wanted", programme), wish)
    bo.post(page("help_wanted", programme), wish)
    assert HelpWanted.objects.count() == 1
    assert "help wanted" in html_of(ours.amara, one(programme, "C6"))
    bo.post(page("help_wanted", programme), {"section": 4, "component": "C6", "wanted": ""})
    assert HelpWanted.objects.count() == 0
    assert bo.post(page("help_wanted", programme), {"component": "C6", "wanted": "on"}).status_code == 404


# --- ideas (C5) and practices (C6) ---


def test_C5_an_idea_is_caught_from_the_first_day_on_and_can_be_said_better(ours: Ours, programme: Programme) -> None:
    signed_in(ours.amara).post(page("ideas", programme), {"text": "Lunch together", "section": "4"})
    idea = Idea.objects.get()
    assert idea.section == 4
    assert "Lunch together" in html_of(ours.bo, one(programme, "C5"))
    assert "Lunch together" not in html_of(ours.bo, one(programme, "C5", 1)).split("<main")[1]

    address = reverse("programmes.idea", kwargs={"idea_id": idea.pk})
    signed_in(ours.bo).post(address, {"text": "Lunch together, on Fridays", "section": ""})
    idea.refresh_from_db()
    assert (idea.text, idea.section) == ("Lunch together, on Fridays", 0)
    signed_in(ours.bo).post(reverse("programmes.idea_removal", kwargs={"idea_id": idea.pk}))
    assert Idea.objects.count() == 0


def test_C6_an_idea_that_proved_itself_becomes_how_we_do_it_once(ours: Ours, programme: Programme) -> None:
    idea = actions.note_idea(programme, text="Lunch together", section=4, by=ours.bo)
    other = actions.note_idea(programme, text="Another", by=ours.bo)
    bo, address = signed_in(ours.bo), f"{page('practices', programme)}?idea={idea.pk}"
    assert address in html_of(ours.bo, page("ideas", programme))
    assert "Lunch together" in html_of(ours.bo, address)
    said = {"text": "Friday lunch", "since": "2026-03-12", "written_where": "Staff handbook, page 3", "section": "4"}
    assert bo.post(address, said).status_code == 302

    practice = Practice.objects.get()
    assert (practice.idea, practice.since, practice.written_where) == (idea, THURSDAY, "Staff handbook, page 3")
    assert "how we do it now" in html_of(ours.bo, page("ideas", programme))
    words = said_of(html_of(ours.amara, page("practices", programme)))
    assert "Friday lunch Thursday 12 March" in words
    assert "Staff handbook, page 3" in words
    with pytest.raises(Refused) as refused:
        actions.note_practice(programme, text="Again", since=THURSDAY, idea=idea, by=ours.bo)
    assert str(MESSAGES[refused.value.code].what)
    actions.remove_idea(idea, by=ours.bo)
    practice.refresh_from_db()
    assert practice.idea is None  # it stays without it
    assert Idea.objects.get() == other


def test_C6_a_practice_can_be_changed_and_taken_off(ours: Ours, programme: Programme) -> None:
    practice = actions.note_practice(programme, text="We begin on time.", since=THURSDAY, by=ours.bo)
    assert "nowhere yet" in html_of(ours.bo, page("practices", programme))
    address = reverse("programmes.practice", kwargs={"practice_id": practice.pk})
    said = {"text": "We begin at nine.", "since": "2026-03-12", "written_where": "Agenda", "section": "1"}
    signed_in(ours.amara).post(address, said)
    practice.refresh_from_db()
    assert (practice.text, practice.written_where, practice.section) == ("We begin at nine.", "Agenda", 1)
    signed_in(ours.amara).post(reverse("programmes.practice_removal", kwargs={"practice_id": practice.pk}))
    assert Practice.objects.count() == 0


def test_a_practice_of_another_groups_idea_is_not_made(ours: Ours, programme: Programme) -> None:
    for asked in ("1", "9" * 30, "x"):
        assert html_of(ours.bo, f"{page('practices', programme)}?idea={asked}")


def test_an_empty_idea_is_asked_for_again_and_a_full_list_says_so(
    ours: Ours, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = signed_in(ours.bo)
    assert bo.post(page("ideas", programme), {"text": " "}).status_code == 422
    monkeypatch.setattr("holdfast.programmes.actions.components.MOST_IDEAS", 1)
    assert bo.post(page("ideas", programme), {"text": "One"}).status_code == 302
    answer = bo.post(page("ideas", programme), {"text": "Two of them"})
    assert answer.status_code == 422
    assert "Two of them" in answer.content.decode()
    assert Idea.objects.count() == 1
