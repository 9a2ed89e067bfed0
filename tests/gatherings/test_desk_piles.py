"""Many notes at the desk: drawn like one, each with its own words, and asked for as few times."""

from types import SimpleNamespace

import pytest
from django.db import connection, connections
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdfast.gatherings import actions
from holdfast.gatherings.piles import STANDINGS, DeskNote
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import a_room
from tests.wire import Wire

NOTES = [
    DeskNote(7_000_000_000, 'no <b>cover</b> & "late" plans', "Drains", "drains", labelled=False),
    DeskNote(11, "\ue000text\ue000 {{ note.id }} \\1 %s", "Löst & lässt", "restores", labelled=True),
    DeskNote(12, "👩‍👩‍👧 مكالمة\nsecond line", "", "", labelled=False),
]
AS_ONE_BY_ONE = "{% for note in notes %}{% include 'gatherings/desk/note.html' %}{% endfor %}"


def a_desk(*, sealed: bool) -> SimpleNamespace:
    """Return so much of a desk as a note looks at."""
    reasons = {"names": {"button": "It names somebody"}}
    about = {"round": SimpleNamespace(pk=1), "room": SimpleNamespace(rehearsal=False)}
    return SimpleNamespace(**about, sealed=sealed, asking={"may_ask": True}, reasons=reasons)


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_pile_is_drawn_as_if_each_note_were_drawn_by_itself(standing: str, sealed: bool) -> None:
    draw = engines["django"].from_string
    shows = {"notes": NOTES, "standing": standing, "desk": a_desk(sealed=sealed)}
    quick = draw("{% load piles %}{% pile notes standing %}").render(dict(shows))
    assert quick == draw(AS_ONE_BY_ONE).render(dict(shows))
    assert "no &lt;b&gt;cover" in quick


@pytest.mark.django_db(transaction=True, databases=["default", "voices"])
@pytest.mark.parametrize("notes", [1, 3])
def test_the_desk_asks_as_often_about_three_notes_as_about_one(wire: Wire, notes: int) -> None:
    stage = a_room()
    phone = stage.phone(wire)
    for number in range(notes):
        assert phone.write(f"note {number}").status == 201
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    desk = Desk(stage, wire, stage.bo)
    path = reverse("gatherings.desk", kwargs={"gathering_id": stage.gathering.pk})
    desk.client.get(path)
    with CaptureQueriesContext(connection) as asked, CaptureQueriesContext(connections["voices"]) as voices:
        page = desk.client.get(path).content.decode()
    assert page.count('class="desk-note" data-id="') == notes + 3  # and the three patterns for what comes
    assert (len(asked), len(voices)) == (15, 1)
