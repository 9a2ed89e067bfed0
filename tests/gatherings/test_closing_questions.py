"""The questions at the close: staff answer, numbers only, none where few answered, no answer kept (E3, E8)."""

import pytest

from holdfast.gatherings import actions
from holdfast.gatherings.models import Round
from holdfast.programmes.models import Mode
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_ballots_on_the_wire import Voter, seal
from tests.gatherings.test_in_the_open import begin
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def asking(wire: Wire, mode: str = Mode.SPOKEN) -> tuple[Stage, Round]:
    """Return a room that asks the questions."""
    stage = a_room(writing=False)
    found = begin(stage, "close", mode)
    assert found.phase == "talking"  # the last words are spoken first
    assert Voter(wire, stage, found).choose({"1": "yes"}).status == 409
    actions.ask_at_the_close(found, by=stage.bo)
    found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    return stage, found


@pytest.mark.parametrize("mode", [Mode.SPOKEN, Mode.UNNAMED])
def test_E8_numbers_are_shown_to_all_at_once_and_only_where_five_answered(wire: Wire, mode: str) -> None:
    stage, found = asking(wire, mode)
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for number, answer in enumerate(["yes", "yes", "partly", "no", "yes"]):
        choices = {"1": answer, "2": "yes"} if number < 4 else {"1": answer}
        assert Voter(wire, stage, found).choose(choices).status == 201
    assert Voter(wire, stage, found).choose({"4": "yes"}).status == 422
    assert Voter(wire, stage, found).choose({"1": "perhaps"}).status == 422
    wire.settle(0.05)
    assert {screen.state()["round"]["tally"] is None for screen in screens.values()} == {True}
    seal(found, stage)
    wire.settle(0.05)
    for screen in screens.values():
        assert screen.state()["round"]["tally"] == {"1": {"yes": 3, "partly": 1, "no": 1}}  # four are too few for 2
        assert not screen.notes()
    assert not Intake.objects.exists()
    assert not Note.objects.exists()
    page = Desk(stage, wire, stage.bo).look()
    assert "Was this worth our time?" in page
    assert page.count("Too few answers to show.") == 2
    plain = wire.get(f"/r/{stage.room.code}/plain/").body.decode()
    assert "Was this worth our time?" in plain


def test_a_session_without_its_closing_questions_has_held_its_last_words(wire: Wire) -> None:
    stage = a_room(writing=False)
    found = begin(stage, "close", Mode.SPOKEN)
    actions.ask_at_the_close(found, by=stage.bo)
    actions.leave(found, by=stage.bo)
    assert Round.objects.get(pk=found.pk).phase == "finished"
    assert found.plan_item
    found.plan_item.refresh_from_db()
    assert (found.plan_item.came, found.plan_item.began_at) == ("held", None)


def test_B4_a_leader_does_not_answer_and_what_they_answered_before_saying_so_is_taken_back(wire: Wire) -> None:
    stage, found = asking(wire)
    refused = Voter(wire, stage, found, Viewer.LEADER).choose({"1": "yes"})
    assert (refused.status, refused.json()["code"]) == (403, "gatherings.leaders_do_not_choose")


def test_E3_in_a_small_room_no_number_is_shown_to_anybody(wire: Wire) -> None:
    stage, found = asking(wire)
    for _ in range(4):
        assert Voter(wire, stage, found).choose({"1": "no", "2": "no", "3": "no"}).status == 201
    seal(found, stage)
    wire.settle(0.05)
    for viewer in Viewer:
        assert stage.stream(wire, viewer).state()["round"]["tally"] == {}
