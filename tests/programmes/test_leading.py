"""A leader's own pages: why this work is done, written anew and never over, and a list nobody else sees."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from holdfast import gatherings
from holdfast.people import actions as people
from holdfast.people.models import Person, Role
from holdfast.programmes import actions, queries
from holdfast.programmes.models import CommunicateLater, Programme, Why
from holdfast.programmes.why_words import PROMPTS
from tests.given import Ours, Theirs, somebody_who
from tests.programmes.given import a_session


def signed_in(person: Person) -> Client:
    """Return a browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def whys(programme: Programme) -> str:
    """Return the address of both statements."""
    return reverse("programmes.whys", kwargs={"programme_id": programme.pk})


def later(programme: Programme) -> str:
    """Return the address of a leader's own list."""
    return reverse("programmes.communicate_later", kwargs={"programme_id": programme.pk})


def test_A2_both_whys_are_written_in_versions_and_the_newest_is_shown(ours: Ours, programme: Programme) -> None:
    client = signed_in(ours.amara)
    for text in ("To stay well.", "To stay well, together."):
        client.post(whys(programme), {"kind": "organisation", "text": text})
    client.post(whys(programme), {"kind": "own", "text": "I want to listen better."})
    assert [(why.kind, why.text, why.version) for why in queries.newest_whys(programme)] == [
        ("organisation", "To stay well, together.", 2),
        ("own", "I want to listen better.", 1),
    ]
    assert Why.objects.count() == 3  # the first version stays
    html = client.get(whys(programme)).content.decode()
    assert html.index("To stay well, together.") < html.index("Earlier versions") < html.index("To stay well.</p>")


def test_A2_the_same_words_again_make_no_new_version(ours: Ours, programme: Programme) -> None:
    for _ in range(2):
        actions.write_why(programme, kind="own", text="I want to listen better.", by=ours.amara)
    assert Why.objects.count() == 1


def test_A2_five_questions_help(ours: Ours, programme: Programme) -> None:
    html = signed_in(ours.amara).get(whys(programme)).content.decode()
    assert len(PROMPTS) == 5
    assert [str(prompt) in html for prompt in PROMPTS] == [True] * 5


@pytest.mark.parametrize(
    "sent", [{"kind": "own", "text": ""}, {"kind": "mine", "text": "x"}, {"kind": "own", "text": "x" * 3001}]
)
def test_A2_a_why_that_cannot_be_is_not_written(ours: Ours, programme: Programme, sent: dict[str, str]) -> None:
    answer = signed_in(ours.amara).post(whys(programme), sent)
    assert (answer.status_code, Why.objects.count()) == (422, 0)


def test_B3_one_tap_notes_what_to_say_more_clearly_later_and_it_is_said_or_handed_on(
    ours: Ours, programme: Programme
) -> None:
    client = signed_in(ours.amara)
    client.post(later(programme), {"text": "Who decides about cover."})
    note = CommunicateLater.objects.get()
    assert "still to be said" in client.get(later(programme)).content.decode()

    address = reverse("programmes.later_note", kwargs={"note_id": note.pk})
    unsaid = client.post(address, {"text": note.text, "said_on": "2026-03-02"})
    assert (unsaid.status_code, "how you said it" in unsaid.content.decode()) == (422, True)
    client.post(address, {"text": note.text, "handed_to": "Chi"})
    assert "handed to Chi" in client.get(later(programme)).content.decode()
    client.post(address, {"text": note.text, "said_on": "2026-03-02", "how": "In the huddle"})
    note.refresh_from_db()
    assert (str(note.said_on), note.how) == ("2026-03-02", "In the huddle")
    assert "In the huddle" in client.get(later(programme)).content.decode()

    client.post(reverse("programmes.later_removal", kwargs={"note_id": note.pk}))
    assert CommunicateLater.objects.count() == 0


def test_B3_nobody_else_sees_a_leaders_list_not_even_another_leader(
    ours: Ours, theirs: Theirs, programme: Programme
) -> None:
    note = actions.note_for_later(programme, text="Who decides about cover.", by=ours.amara)
    address = reverse("programmes.later_note", kwargs={"note_id": note.pk})
    second = somebody_who(Role.Kind.LEADER, "Lea", ours.site)
    assert "Who decides" in signed_in(ours.amara).get(later(programme)).content.decode()
    assert "Who decides" not in signed_in(second).get(later(programme)).content.decode()
    for person in (second, ours.bo, ours.dee, theirs.gil):
        client = signed_in(person)
        nothing = client.get(reverse("programmes.later_note", kwargs={"note_id": 1}))
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert client.post(address, {"text": "Mine."}).status_code == 404
    note.refresh_from_db()
    assert note.text == "Who decides about cover."


@pytest.mark.parametrize("rows", [1, 3])
def test_a_leaders_pages_ask_the_same_questions_for_one_and_three(
    ours: Ours, programme: Programme, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        actions.note_for_later(programme, text=f"Note {number}", by=ours.amara)
        actions.write_why(programme, kind="own", text=f"Why {number}", by=ours.amara)
    client = signed_in(ours.amara)
    with django_assert_num_queries(7):
        html = client.get(later(programme)).content.decode()
    assert html.count("still to be said") == rows
    with django_assert_num_queries(7):
        client.get(whys(programme))


def test_a_kind_nobody_offers_is_refused_whatever_stands_in_it(ours: Ours, programme: Programme) -> None:
    for kind in ("nothing", "%", "%s", "%s%(x)s", "own%"):
        answer = signed_in(ours.amara).post(whys(programme), {"kind": kind, "text": "Because."})
        assert answer.status_code == 422, kind
    assert queries.newest_whys(programme) == []


def test_B3_one_tap_from_the_phone_in_the_room_leads_to_the_list_of_the_group_that_meets_now(
    ours: Ours, programme: Programme
) -> None:
    other = people.add_group(ours.site, name="Aides")
    people.give_role(ours.amara, kind=Role.Kind.LEADER, at=other)
    newer = actions.start_programme(other, pack=programme.pack, started_on=date(2026, 2, 2), by=ours.dee)
    client, now = signed_in(ours.amara), reverse("programmes.later")
    assert client.get(now)["Location"] == f"{later(programme)}#add"
    a_session(newer, ours.dee, starts_at=timezone.now() - timedelta(minutes=10))
    assert client.get(now)["Location"] == f"{later(newer)}#add"
    phone = (Path(gatherings.__path__[0]) / "templates/gatherings/phone/page.html").read_text()
    assert "programmes.later" in phone[phone.index('id="leading"') : phone.index('id="lead-no"')]
