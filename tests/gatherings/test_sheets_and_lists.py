"""Sheets of the toolkit, promises that go on the group's own list, sorting without phones (D5.2, D4.4, E4)."""

import pytest
from django.test import Client
from django.urls import reverse

from holdfast.gatherings import actions
from holdfast.gatherings.kinds.sheets import SHEETS, sheet_of
from holdfast.gatherings.queries import drivers_of
from holdfast.programmes.models import Mode, PlanItem
from holdfast.report_back.models import OursItem
from holdfast.report_back.queries.group import promised
from tests.gatherings.rooms import COLUMNS, a_room
from tests.gatherings.test_in_the_open import Pen, begin
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.mark.parametrize("key", SHEETS)
def test_D5_2_an_activity_of_the_toolkit_has_its_own_sheet(wire: Wire, key: str) -> None:
    stage = a_room(writing=False)
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=9, title=key, minutes=5, kind="form", mode=Mode.SCRIBE, activity_key=key
    )
    found = actions.start_round(stage.room, item=item, by=stage.bo)
    sheet = sheet_of(found.kind, found.columns)
    assert tuple(part for part in sheet.parts if part != "about") == SHEETS[key]
    assert bool(sheet.faults) == (key == "why-what-how")
    page = wire.get(f"/r/{stage.room.code}/plain/").body.decode()
    for part in sheet.parts:
        assert f'name="part-{part}"' in page
    assert '<b dir="auto"></b>' not in page, "each part has a name"
    assert Pen(wire, stage, found).say_parts({sheet.parts[0]: "words"}).status == 201


def test_D4_4_a_promise_goes_on_our_list_only_by_an_act_and_once(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = actions.begin_writing(begin(stage, "commit", Mode.NAMED), by=stage.bo)
    wire.settle(0.05)
    assert Pen(wire, stage, found).say(name="Ada", then="I stop at the stairs", by_when="2026-12-01").status == 201
    programme = stage.gathering.programme
    assert promised(programme) == []  # the activity is not over yet
    actions.finish_talk(found, by=stage.bo)
    (promise,) = promised(programme)
    assert not OursItem.objects.exists(), "nothing goes there by itself"
    client = Client()
    client.force_login(stage.bo)
    address = reverse("report_back.our_list", kwargs={"programme_id": programme.pk})
    assert "I stop at the stairs" in client.get(address).content.decode()
    fields = {"wording": promise.wording, "who": promise.who, "plan": "", "step": "", "look_again_on": "2026-12-01"}
    assert client.post(address, fields).status_code == 302
    item = OursItem.objects.get()
    assert (item.wording, item.who, str(item.look_again_on)) == ("I stop at the stairs", "Ada", "2026-12-01")
    assert promised(programme) == []


def test_E4_what_a_scribe_gathered_is_brought_together_and_sorted_like_notes(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "gather", Mode.SCRIBE, COLUMNS)
    wire.settle(0.05)
    for words in ("no cover", "late plans"):
        assert Pen(wire, stage, found).say(said=words, place="drains").status == 201
    taken_back = Pen(wire, stage, found)
    assert taken_back.say(said="never mind", place="restores").status == 201
    assert taken_back.withdraw().status == 200
    actions.finish_talk(found, by=stage.bo)
    begin(stage, "condense", Mode.UNNAMED)
    assert [(d.wording, d.column) for d in drivers_of(stage.gathering)] == [
        ("no cover", "drains"),
        ("late plans", "drains"),
    ]
