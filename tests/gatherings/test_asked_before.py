"""Asked once more: numbers stay back where beside the old ones they would show who came, left or changed (E3)."""

from typing import Any

import pytest

from holdfast.gatherings import actions
from holdfast.gatherings.models import Round
from holdfast.voices.admission import Viewer
from tests.gatherings.choosing import choosing, chosen
from tests.gatherings.desks import Desk
from tests.gatherings.driving import sorted_by, with_drivers
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_ballots_on_the_wire import Voter, items, seal, with_notes
from tests.gatherings.test_desk_priorities import queries_of
from tests.gatherings.test_in_the_open import begin
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
FIVE = [{"cover": "ours"}] * 5


def spread_on_all_screens(wire: Wire, stage: Stage, wording: str) -> list[Any]:
    wire.settle(0.05)
    rows = [next(r for r in items(stage.stream(wire, viewer)) if r["wording"] == wording) for viewer in Viewer]
    return [row["spread"] for row in rows]


def test_E3_the_last_to_arrive_is_not_shown_by_a_second_sort_and_no_zero_is_either(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    sorted_by(wire, stage, *FIVE)
    assert spread_on_all_screens(wire, stage, "cover") == [{"ours": 5}] * len(Viewer)  # there was something to compare
    sorted_by(wire, stage, *FIVE, {"cover": "leadership", "plans": "ours"})
    assert spread_on_all_screens(wire, stage, "cover") == [None] * len(Viewer)
    page = Desk(stage, wire, stage.bo).look()
    assert "You asked this before, and little has moved." in page
    assert "Its numbers are not shown." in page[page.index(">cover<") :]
    assert "Too few people placed it" in page[page.index(">plans<") :]


def test_E3_a_group_that_really_moved_is_shown_again(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover")
    sorted_by(wire, stage, *FIVE)
    sorted_by(wire, stage, *[{"cover": "leadership"}] * 5)
    assert spread_on_all_screens(wire, stage, "cover") == [{"leadership": 5}] * len(Viewer)
    assert "little has moved" not in Desk(stage, wire, stage.bo).look()


def test_E3_priorities_asked_again_in_the_same_manner_keep_back_what_one_departure_would_show(wire: Wire) -> None:
    stage, found, ids = choosing(wire, "cover", "plans", manner="consent")
    everyone = [dict.fromkeys(ids, "gladly")] * 5
    chosen(wire, stage, found, *everyone, dict.fromkeys(ids, "cannot"))
    assert all(row["weight"] for row in items(stage.stream(wire, Viewer.WALL)))
    again = actions.look_again(Round.objects.get(pk=found.pk), manner="consent", among="all", by=stage.bo)
    again = actions.begin_writing(again, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    chosen(wire, stage, again, *everyone)
    assert not any(row["weight"] or row["spread"] for row in items(stage.stream(wire, Viewer.WALL)))
    assert "little has moved" in Desk(stage, wire, stage.bo).look()


def test_E3_the_questions_at_the_close_asked_twice_do_not_show_who_left(wire: Wire) -> None:
    stage = a_room(writing=False)
    for people in (6, 5):
        found = begin(stage, "close", "unnamed")
        actions.ask_at_the_close(found, by=stage.bo)
        found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
        wire.settle(0.05)
        for number in range(people):
            said = "no" if number == 5 else "yes"
            assert Voter(wire, stage, found).choose({"1": said}).status == 201
        seal(found, stage)
        wire.settle(0.05)
        tally = stage.stream(wire, Viewer.PARTICIPANT).state()["round"]["tally"]
        assert tally == ({"1": {"yes": 5, "partly": 0, "no": 1}} if people == 6 else {})


def test_E3_a_room_of_few_is_told_what_holds_and_one_press_lets_one_person_type_for_all(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert "What cannot hold: those in the room may guess" in page
    assert "Let one person type for all" in page
    page = desk.press("scribe_instead")
    found = desk.round()
    assert (found.mode, found.phase, found.look) == ("scribe", "writing", "scribe")
    assert stage.phone(wire).write("unnamed").status == 409  # nothing goes to the anonymous store any more
    desk.press("scribe_instead")  # pressed twice is the same as once
    assert desk.round().pk == found.pk


def test_nobody_types_for_all_once_people_have_begun_to_write(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    assert "moved on" in desk.press("scribe_instead")
    assert desk.round().mode == "unnamed"


def test_the_desk_asks_as_often_after_three_earlier_sorts_as_after_one(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover")
    sorted_by(wire, stage, *FIVE)
    desk, asked = Desk(stage, wire, stage.bo), []
    desk.look()
    for _ in range(3):
        sorted_by(wire, stage, *FIVE)
        asked.append(queries_of(desk))
    assert asked[0] == asked[1] == asked[2]
