"""Attendance is a record with names, written by hand, apart from everything anybody wrote (B1, E3)."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.people.models import Person, Role
from holdfast.programmes.models import Gathering
from tests.gatherings.rooms import a_gathering

pytestmark = pytest.mark.django_db(databases=["default", "voices"])


@pytest.fixture
def session() -> tuple[Client, Gathering, Person, str]:
    """A facilitator, a session, somebody of the group, and the address of the attendance."""
    bo, gathering, *_ = a_gathering()
    pat = Person.objects.create(organisation=bo.organisation, name="Pat")
    Role.objects.create(person=pat, kind=Role.Kind.PARTICIPANT, group=gathering.programme.group)
    client = Client()
    client.force_login(bo)
    return client, gathering, pat, reverse("gatherings.attendance", kwargs={"gathering_id": gathering.pk})


Session = tuple[Client, Gathering, Person, str]


def test_B1_who_was_there_is_ticked_by_name_and_can_be_changed(session: Session) -> None:
    client, gathering, pat, path = session
    assert client.post(path, {"people": [pat.pk]}).status_code == 302
    assert list(gathering.attendance.values_list("person__name", flat=True)) == ["Pat"]
    assert "One person is written down." in client.get(path).content.decode()
    client.post(path, {"people": [pat.pk]})
    assert gathering.attendance.count() == 1
    client.post(path, {})
    assert gathering.attendance.count() == 0


def test_E3_the_page_says_that_it_has_nothing_to_do_with_what_people_wrote(session: Session) -> None:
    client, _, _, path = session
    assert "This has nothing to do with what people wrote." in client.get(path).content.decode()


def test_E2_somebody_of_another_group_cannot_be_written_down(session: Session) -> None:
    client, gathering, pat, path = session
    stranger = Person.objects.create(organisation=pat.organisation, name="Stranger")
    assert client.post(path, {"people": [stranger.pk]}).status_code == 422
    assert gathering.attendance.count() == 0


def test_B1_whoever_has_left_the_group_since_stays_written_down(session: Session) -> None:
    client, gathering, pat, path = session
    client.post(path, {"people": [pat.pk]})
    pat.roles.all().delete()
    assert "Pat" in client.get(path).content.decode()
    client.post(path, {"people": [pat.pk]})
    assert gathering.attendance.count() == 1
