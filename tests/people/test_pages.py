"""What a coordinator does on the pages, and that the pages stay quick."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from holdfast.people import actions, queries
from holdfast.people.models import Person, Role
from tests.days import today
from tests.given import Ours, somebody_who

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, ours: Ours) -> Client:
    """Dee's browser."""
    client.force_login(ours.dee)
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_coordinator_builds_an_organisation_from_nothing(client: Client, db: None) -> None:
    dee = actions.appoint_first_coordinator("Dee", "Lakeside District")
    client.force_login(dee)
    assert "Begin with a site" in text(client, "/desk/people/")

    client.post("/desk/people/sites/new/", {"name": "Northgate School", "time_zone": "America/Chicago"})
    site = dee.organisation.sites.get()
    client.post(f"/desk/people/sites/{site.pk}/groups/new/", {"name": "Grade 4"})
    group = site.groups.get()
    client.post("/desk/people/persons/new/", {"name": "Bo", "kind": "facilitator", "at": group.pk})

    bo = Person.objects.get(name="Bo")
    assert queries.facilitates(bo, group)
    assert "Bo" in text(client, f"/desk/people/groups/{group.pk}/")
    page = text(client, "/desk/people/")
    assert "Northgate School" in page
    assert "Grade 4" in page


def test_a_site_says_what_its_people_see_and_when_it_was_last_checked(desk: Client, ours: Ours) -> None:
    form = {
        "name": "Northgate School",
        "time_zone": "America/Chicago",
        "help_card": "Call 555 0199.",
        "help_card_checked_on": "2026-03-02",
        "danger_contact": "Mr Lund, room 3",
        "danger_steps": "Tell Mr Lund.\nStay until five.",
    }
    answer = desk.post(f"/desk/people/sites/{ours.site.pk}/", form, follow=True)
    page = answer.content.decode()
    assert "The site is saved." in page
    assert "Call 555 0199." in page
    assert "Mr Lund, room 3" in page
    assert 'datetime="2026-03-02"' in page
    ours.site.refresh_from_db()
    assert ours.site.danger_steps.splitlines() == ["Tell Mr Lund.", "Stay until five."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "southgate school"}, "There is one with this name already."),
        ({"time_zone": "Mars/Base"}, "Select a valid choice."),
        ({"help_card_checked_on": str(today() + timedelta(days=9))}, "This day has not come yet."),
        ({"help_card": "", "help_card_checked_on": "2026-01-01"}, "There is no card to check."),
        ({"help_card": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_form_that_cannot_be_saved_says_why_and_keeps_what_was_typed(
    desk: Client, ours: Ours, change: dict[str, str], said: str
) -> None:
    form = {"name": "Northgate", "time_zone": "UTC", "help_card": "A card", "danger_contact": "typed with care"}
    answer = desk.post(f"/desk/people/sites/{ours.site.pk}/", form | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "typed with care" in answer.content.decode()
    ours.site.refresh_from_db()
    assert ours.site.name == "Northgate School"


def test_somebody_elses_address_cannot_be_taken(desk: Client, ours: Ours) -> None:
    answer = desk.post(f"/desk/people/persons/{ours.pat.pk}/", {"name": "Pat", "email": "BO@lakeside.example"})
    assert answer.status_code == 422
    assert "leave it empty and hand out a sign-in link" in answer.content.decode()


def test_a_role_is_given_and_ended_on_the_persons_page(desk: Client, ours: Ours) -> None:
    path = f"/desk/people/persons/{ours.nia.pk}/"
    assert "No role yet" in text(desk, path)

    desk.post(f"{path}roles/", {"role-kind": "leader", "role-at": ours.site.pk})
    assert queries.leads(ours.nia, ours.group)
    assert "Northgate School" in text(desk, path)

    desk.post(f"/desk/people/roles/{ours.nia.roles.get().pk}/removal/")
    assert not queries.leads(ours.nia, ours.group)


def test_the_last_coordinator_is_told_what_to_do_first(desk: Client, ours: Ours) -> None:
    answer = desk.post(f"/desk/people/persons/{ours.dee.pk}/departure/")
    assert answer.status_code == 409
    assert "Dee is the only coordinator of the whole organisation." in answer.content.decode()
    assert "Make somebody else coordinator first" in answer.content.decode()


def test_a_link_is_shown_once_with_its_code_and_never_again(desk: Client, ours: Ours) -> None:
    path = f"/desk/people/persons/{ours.pat.pk}/"
    made = desk.post(f"{path}sign-in-links/")
    page = made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert "<svg" in page
    found = re.search(r"/desk/sign-in/link/([\w-]+)/", page)
    assert found
    assert actions.check_link(found[1]).person == ours.pat
    assert found[1] not in text(desk, path)
    assert "works until" in text(desk, path)

    desk.post(f"/desk/people/sign-in-links/{ours.pat.sign_in_links.get().pk}/revocation/")
    assert "works until" not in text(desk, path)


def test_slips_are_printed_for_those_ticked_and_each_opens_its_own_persons_account(desk: Client, ours: Ours) -> None:
    chosen = [ours.bo, ours.chi, ours.pat]
    page = desk.post("/desk/people/slips/", {"person": [p.pk for p in chosen]})

    assert page.status_code == 201
    assert page["Cache-Control"] == "no-store"
    slips = page.content.decode().split('<article class="slip"')[1:]
    assert len(slips) == 3
    for person, slip in zip(chosen, slips, strict=True):
        found = re.search(r"/desk/sign-in/link/([\w-]+)/", slip)
        assert found
        assert person.name in slip
        assert actions.check_link(found[1]).person == person


def test_nobody_ticked_is_said_and_nothing_made(desk: Client, ours: Ours) -> None:
    answer = desk.post("/desk/people/slips/")
    assert answer.status_code == 422
    assert "tick at least one name" in answer.content.decode()


def test_pages_use_no_inline_style_or_script(desk: Client, ours: Ours) -> None:
    pages = [
        text(desk, "/desk/people/"),
        text(desk, "/desk/people/persons/"),
        text(desk, f"/desk/people/persons/{ours.pat.pk}/"),
        desk.post("/desk/people/slips/", {"person": [ours.pat.pk]}).content.decode(),
    ]
    for page in pages:
        assert not re.search(r"<style|\sstyle=|<script>|\son\w+=", page)


def test_the_roster_finds_a_name(desk: Client, ours: Ours) -> None:
    page = text(desk, "/desk/people/persons/?name=amar")
    assert "Amara" in page
    assert "Pat</a>" not in page
    assert "Nobody found." in text(desk, "/desk/people/persons/?name=zzz")


def test_somebody_who_left_is_on_the_list_as_such_and_can_come_back(desk: Client, ours: Ours) -> None:
    desk.post(f"/desk/people/persons/{ours.chi.pk}/departure/")
    assert "has left" in text(desk, "/desk/people/persons/")
    assert "Chi" not in text(desk, f"/desk/people/groups/{ours.group.pk}/").replace("Chicago", "")

    desk.post(f"/desk/people/persons/{ours.chi.pk}/return/")
    assert "has left" not in text(desk, "/desk/people/persons/")


def test_names_are_text_and_never_markup(desk: Client, ours: Ours) -> None:
    nasty = "<b onclick=x>Zoë & “Q”</b>"
    actions.change_person(ours.pat, name=nasty, email="", by=ours.dee)
    for path in (
        "/desk/people/persons/",
        f"/desk/people/persons/{ours.pat.pk}/",
        f"/desk/people/groups/{ours.group.pk}/",
    ):
        assert nasty not in text(desk, path)
    assert "<b onclick" not in desk.post("/desk/people/slips/", {"person": [ours.pat.pk]}).content.decode()


@pytest.mark.parametrize("more", [1, 30])
@pytest.mark.parametrize("path", ["/desk/people/persons/", "/desk/people/", "/desk/people/groups/{group}/"])
def test_a_page_asks_the_database_as_often_for_many_as_for_few(
    desk: Client, ours: Ours, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, more: int
) -> None:
    for number in range(more):
        person = somebody_who(Role.Kind.PARTICIPANT, f"Person {number}", ours.group)
        actions.give_role(person, kind=Role.Kind.COACH, at=ours.site)
        actions.add_group(ours.site, name=f"Group {number}")
        actions.make_sign_in_link(person, by=ours.dee)
    with django_assert_max_num_queries(12):
        desk.get(path.format(group=ours.group.pk))
