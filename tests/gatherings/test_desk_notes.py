"""Looking through notes at the desk: accept, hold, late ones, and the text that is removed (E3, E7, B6)."""

import pytest
from django.urls import reverse

from holdfast.gatherings.models import Round
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Note
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


@pytest.fixture
def desk(wire: Wire) -> Desk:
    """A desk where three notes of staff and one of the leader's wait."""
    stage = a_room()
    for text in ("cover with no notice", "lunch, door closed", "Kim never helps"):
        assert stage.phone(wire).write(text).status == 201
    assert stage.phone(wire, Viewer.LEADER).write("I pass pressure on").status == 201
    desk = Desk(stage, wire, stage.bo)
    desk.press("screening", seen="writing")
    return desk


def seal(desk: Desk) -> None:
    desk.press("closure")
    desk.press("seal")


def test_E7_a_held_note_stays_off_the_wall_and_is_counted_openly(desk: Desk) -> None:
    desk.press("decisions", hold=desk.pile("waiting")["Kim never helps"])
    desk.press("acceptance")
    desk.press("reveal", seen="screening")
    assert list(desk.pile("held")) == ["Kim never helps"]
    assert "lunch, door closed" in desk.wall()
    assert "Kim never helps" not in desk.wall()
    assert "3 of 3 shown" in desk.wall()


def test_E7_a_held_note_can_be_let_out_after_all(desk: Desk) -> None:
    note_id = desk.pile("waiting")["Kim never helps"]
    desk.press("decisions", hold=note_id)
    desk.press("decisions", accept=note_id)
    desk.press("decisions", accept=note_id)  # pressed twice
    assert list(desk.pile("accepted")) == ["Kim never helps"]


def test_several_notes_are_decided_at_once(desk: Desk) -> None:
    waiting = desk.pile("waiting")
    texts = ["cover with no notice", "lunch, door closed"]
    desk.press("decisions", accept=[waiting[t] for t in texts], hold=[waiting["Kim never helps"]])
    assert sorted(desk.pile("accepted")) == texts
    assert list(desk.pile("waiting")) == ["I pass pressure on"]


def test_B6_a_leaders_note_is_labelled_on_desk_and_wall(desk: Desk) -> None:
    desk.press("acceptance")
    desk.press("reveal")
    for page in (desk.look(), desk.wall()):
        begin = page.index("I pass pressure on")
        assert "leader’s perspective" in page[begin : begin + 250]
    assert desk.wall().count("data-leader") == 1


def test_E3_the_desk_is_told_nothing_by_which_an_author_could_be_found(desk: Desk) -> None:
    stage: Stage = desk.stage
    mine = stage.phone(desk.wire)
    mine.write("one of mine")
    mine.write("another of mine")
    for _ in range(2):  # in company, else nothing comes
        stage.phone(desk.wire).write("of somebody else")
    desk.wire.settle(0.05)
    page = desk.look()
    assert "one of mine" in page  # there is something to find an author of
    for secret in (mine.tag, *mine.notes, *(note["secret"] for note in mine.notes.values())):
        assert secret not in page


def test_E3_notes_that_come_while_the_desk_looks_wait_until_there_are_three(desk: Desk) -> None:
    for n in range(2):
        desk.stage.phone(desk.wire).write(f"late {n}")
        desk.wire.settle(0.05)
    assert len(desk.pile("waiting")) == 4
    desk.stage.phone(desk.wire).write("late 2")
    desk.wire.settle(0.05)
    assert len(desk.pile("waiting")) == 7


def test_E3_accepting_all_accepts_what_the_desk_has_seen_and_nothing_else(desk: Desk) -> None:
    desk.stage.phone(desk.wire).write("came unseen")
    desk.wire.settle(0.05)
    desk.press("acceptance")
    desk.press("reveal")
    assert "came unseen" not in desk.look() + desk.wall()


def test_E3_a_decision_needs_ids_the_desk_knows(desk: Desk) -> None:
    for typed in ("x", "-1", "0", "9" * 30):
        assert "This could not be read." in desk.press("decisions", accept=typed)
    desk.press("decisions", accept="12345")  # nobody's
    assert len(desk.pile("waiting")) == 4


def test_E3_the_phones_own_id_moves_nothing(desk: Desk) -> None:
    mine = desk.stage.phone(desk.wire)
    mine.write("mine")
    (device_id,) = mine.notes
    desk.press("decisions", accept=device_id)
    assert desk.pile("accepted") == {}


def test_E7_after_the_seal_a_note_that_came_late_is_shown_or_held(desk: Desk) -> None:
    desk.press("decisions", accept=desk.pile("waiting")["cover with no notice"])
    desk.press("reveal")
    seal(desk)
    assert len(desk.pile("waiting")) == 3
    desk.press("late", accept=desk.pile("waiting")["lunch, door closed"])
    desk.press("late", hold=desk.pile("accepted")["cover with no notice"])
    assert list(desk.pile("accepted")) == ["lunch, door closed"]
    assert "cover with no notice" not in desk.wall()
    assert "lunch, door closed" in desk.wall()


def test_E7_after_the_seal_a_text_can_be_removed_for_good(desk: Desk) -> None:
    desk.press("acceptance")
    desk.press("reveal")
    seal(desk)
    note_id = desk.pile("accepted")["Kim never helps"]
    desk.press("strikes", strike=note_id)
    desk.press("strikes", strike=note_id)
    assert "Kim never helps" not in desk.look() + desk.wall()
    assert Note.objects.get(pk=int(note_id)).text == ""
    desk.press("late", accept=note_id)
    assert Note.objects.get(pk=int(note_id)).standing == "struck"


def test_before_the_seal_nothing_is_struck(desk: Desk) -> None:
    desk.press("strikes", strike=desk.pile("waiting")["Kim never helps"])
    assert "Kim never helps" in desk.pile("waiting")
    assert not Note.objects.exists()


def test_E2_a_note_of_another_round_is_out_of_reach(desk: Desk) -> None:
    desk.press("acceptance")
    desk.press("reveal")
    seal(desk)
    note_id = desk.pile("accepted")["Kim never helps"]
    desk.press("rounds", item=desk.stage.talk.pk)
    talk = desk.round()
    path = reverse("gatherings.strikes", kwargs={"round_id": talk.pk})
    desk.client.post(path, {"strike": note_id})
    assert Note.objects.get(pk=int(note_id)).text == "Kim never helps"
    assert Round.objects.count() == 2
