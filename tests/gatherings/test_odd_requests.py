"""Requests no phone of ours makes: none breaks anything, none gets an answer that breaks the next (E3)."""

import json
import secrets
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.gatherings import doors
from holdfast.gatherings.hub import HUB
from holdfast.people.models import Person
from holdfast.voices.admission import OPEN, Viewer
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Answer, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def stage(wire: Wire) -> Iterator[Stage]:
    """A room that is writing."""
    doors.GUESSES.left = doors.WRONG_AT_ONCE
    yield a_room()
    doors.GUESSES.left = doors.WRONG_AT_ONCE


def by_form(wire: Wire, stage: Stage, **fields: str) -> Answer:
    """Send a plain form."""
    return wire.request("POST", f"/r/{stage.room.code}/plain/", urlencode(fields).encode())


def test_half_a_letter_in_a_ticket_is_a_wrong_ticket(wire: Wire, stage: Stage) -> None:
    answer = wire.request("POST", f"/r/{stage.room.code}/notes/", json.dumps({"ticket": "\ud800"}).encode())
    assert (answer.status, answer.json()["code"]) == (403, "gatherings.ticket_not_valid")


@pytest.mark.parametrize("written", ["0{}", "{}"])
def test_a_plain_form_may_write_its_number_with_a_leading_zero(wire: Wire, stage: Stage, written: str) -> None:
    note = {
        "act": "add", "ticket": OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT), "round": str(stage.round.pk),
        "id": written.format(4711), "secret": secrets.token_hex(16), "tag": secrets.token_hex(16), "rev": "1",
        "column": "drains", "text": "a note",
    }  # fmt: skip
    answer = by_form(wire, stage, **note)
    assert answer.status == 200
    assert b"a note" in answer.body
    mine = f"{written.format(4711)}:{note['secret']}:1"
    assert b"a note" in by_form(wire, stage, act="look", ticket=note["ticket"], mine=mine).body


def test_digits_of_other_scripts_are_no_numbers(wire: Wire, stage: Stage) -> None:
    ticket = OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT)
    assert by_form(wire, stage, act="look", ticket=ticket, mine="٤٧:" + "5" * 32 + ":١").status == 200
    epoch = HUB.by_id[stage.room.pk].audiences[Viewer.PARTICIPANT].epoch
    for number in ("٤", "9" * 5000):
        answer = wire.get(f"/r/{stage.room.code}/poll?" + urlencode({"ticket": ticket, "after": f"{epoch}-{number}"}))
        assert answer.status == 200
        assert answer.json()[0]["event"] == "state"


def test_a_stream_is_not_begun_for_a_request_that_takes_no_body(wire: Wire, stage: Stage) -> None:
    """Behind a proxy its bytes would be taken for the answer to somebody else's request."""
    ticket = OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT)
    before = HUB.people_in(stage.room.pk)
    answer = wire.request("HEAD", f"/r/{stage.room.code}/stream?ticket={ticket}")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
    assert HUB.people_in(stage.room.pk) == before
    assert wire.request("HEAD", f"/r/{stage.room.code}/").status == 200


def test_a_key_no_database_can_hold_belongs_to_nobody(stage: Stage) -> None:
    client, gathering = Client(), {"gathering_id": stage.gathering.pk}
    client.force_login(stage.bo)
    for person, status in ((9**26, 404), (stage.bo.pk, 302)):
        address = reverse("gatherings.attendance_of", kwargs={**gathering, "person_id": person})
        assert client.post(address, {"here": "1"}).status_code == status
    assert list(Person.objects.filter(pk__in=[9**26, stage.bo.pk])) == [stage.bo]
