"""The desk of a staff page: addresses, marks of both sides, and removing words that name somebody."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.people.models import Person
from holdfast.report_back.models import StaffLink
from tests.given import Ours
from tests.report_back.pages import Shown, a_programme, everything

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def as_(person: Person) -> Client:
    """Return a browser somebody is signed in with."""
    client = Client()
    client.force_login(person)
    return client


def desk_of(shown: Shown, who: Person) -> str:
    """Return the desk's page."""
    path = reverse("report_back.staff_page", kwargs={"programme_id": shown.programme.pk})
    return as_(who).get(path).content.decode()


def test_the_desk_shows_address_and_qr_and_makes_them_when_there_are_none(ours: Ours) -> None:
    programme = a_programme(ours)
    path = reverse("report_back.staff_page", kwargs={"programme_id": programme.pk})
    client = as_(ours.bo)
    assert "There is no address yet" in client.get(path).content.decode()

    for _ in range(2):
        client.post(reverse("report_back.addresses", kwargs={"programme_id": programme.pk}), {"scope": "staff"})

    (link,) = StaffLink.objects.all()
    page = client.get(path).content.decode()
    assert f"/s/{link.token}/" in page
    assert page.count("<svg") == 1
    assert len(link.token) == 43


def test_each_side_marks_only_for_itself(ours: Ours) -> None:
    shown = everything(ours)
    path = reverse("report_back.concern_wall", kwargs={"concern_id": shown.answered.pk})
    tries = [
        (ours.bo, "group", 302), (ours.amara, "leader", 302), (ours.bo, "leader", 404), (ours.amara, "group", 404),
        (ours.dee, "group", 404), (ours.dee, "leader", 404), (ours.pat, "group", 404), (ours.bo, "both", 404),
    ]  # fmt: skip
    for who, side, status in tries:
        assert as_(who).post(path, {"side": side, "on": "1"}).status_code == status, (who, side)
    shown.answered.refresh_from_db()
    assert (shown.answered.wall_by_group, shown.answered.wall_by_leader) == (True, True)

    as_(ours.amara).post(path, {"side": "leader"})
    shown.answered.refresh_from_db()
    assert (shown.answered.wall_by_group, shown.answered.wall_by_leader) == (True, False)


def test_whoever_looks_after_the_page_may_remove_words_and_it_is_written_down_without_them(ours: Ours) -> None:
    shown = everything(ours)
    assert "We greet each other by name." in desk_of(shown, ours.amara)

    answer = as_(ours.amara).post(reverse("report_back.ours_striking", kwargs={"item_id": shown.ours.pk}), follow=True)

    assert "The words are removed." in answer.content.decode()
    assert "We greet each other by name." not in desk_of(shown, ours.bo)
    entry = Entry.objects.get(act="report_back.struck")
    assert (entry.by, entry.on) == (ours.amara.pk, shown.ours.pk)


def test_the_desk_asks_the_same_questions_of_the_database_however_much_there_is(ours: Ours) -> None:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from tests.report_back.pages import many

    shown = everything(ours)
    counts = []
    for more in (0, 40):
        many(shown.programme, more, by=ours.amara)
        desk_of(shown, ours.bo)
        with CaptureQueriesContext(connections["default"]) as asked:
            desk_of(shown, ours.bo)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_replies_on_the_desk_stay_closed_until_their_day(ours: Ours) -> None:
    shown = everything(ours)
    assert "Until then nobody sees any, or how many there are." in desk_of(shown, ours.amara)
