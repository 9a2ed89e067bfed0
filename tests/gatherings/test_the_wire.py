"""What each viewer is sent in each phase, read off the wire (E3, B4, B6, D4.1)."""

from itertools import pairwise

import pytest

from holdfast.gatherings import actions
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from holdfast.voices.queries import sealed_notes
from tests.gatherings.rooms import a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
EVERYONE = (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL)


def test_E3_nothing_of_others_reaches_a_screen_before_the_reveal(wire: Wire) -> None:
    stage = a_room()
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for n in range(4):
        assert stage.phone(wire).write(f"canary {n}").status == 201
    wire.settle(0.05)
    assert not any(b"canary" in s.body for s in screens.values())

    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert len(screens[Viewer.DESK].notes()) == 4  # the desk looks through them now
    assert not any(b"canary" in screens[viewer].body for viewer in EVERYONE)

    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    for viewer in EVERYONE:
        assert sorted(row[2] for row in screens[viewer].notes().values()) == [f"canary {n}" for n in range(4)]


def test_E3_a_held_note_stays_off_every_screen_but_the_desk(wire: Wire) -> None:
    stage = a_room()
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for text in ("names somebody", "fine", "also fine"):
        stage.phone(wire).write(text)
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    held = [int(row[0]) for row in screens[Viewer.DESK].notes().values() if row[2] == "names somebody"]
    actions.screen_notes(stage.round, public_ids=held, standing=Standing.HELD, by=stage.bo)
    wire.settle(0.05)
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert {row[2]: row[4] for row in screens[Viewer.DESK].notes().values()} == {
        "names somebody": "held", "fine": "accepted", "also fine": "accepted",
    }  # fmt: skip
    for viewer in EVERYONE:
        assert b"names somebody" not in screens[viewer].body
        assert len(screens[viewer].notes()) == 2


def test_E3_late_notes_come_in_batches_of_three_or_more(wire: Wire) -> None:
    stage = a_room(screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    for n in range(3):
        stage.phone(wire).write(f"early {n}")
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert len(screen.notes()) == 3
    for n in range(2):
        stage.phone(wire).write(f"late {n}")
        wire.settle(0.05)
        assert b"late" not in screen.body
    stage.phone(wire).write("late 2")
    wire.settle(0.05)
    assert len(screen.notes()) == 6


def test_B6_a_leaders_note_carries_the_label_and_nothing_else_tells_it(wire: Wire) -> None:
    stage = a_room()
    screen = stage.stream(wire, Viewer.WALL)
    for n in range(3):
        stage.phone(wire).write(f"staff {n}")
    stage.phone(wire, Viewer.LEADER).write("I pass pressure on")
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    labels = {row[2]: row[3] for row in screen.notes().values()}
    assert labels == {"staff 0": 0, "staff 1": 0, "staff 2": 0, "I pass pressure on": 1}


def test_B3_a_leader_cannot_change_or_withdraw_what_staff_wrote(wire: Wire) -> None:
    stage = a_room()
    staff, leader = stage.phone(wire), stage.phone(wire, Viewer.LEADER)
    staff.write("cover with no notice")
    (note_id,) = staff.notes
    leader.notes[note_id] = {**staff.notes[note_id], "ticket": leader.ticket, "secret": "0" * 32}
    assert leader.edit(note_id, "not so").json()["code"] == "gatherings.not_your_note"
    assert leader.withdraw(note_id).json()["code"] == "gatherings.not_your_note"
    leader.notes[note_id] = {**staff.notes[note_id], "ticket": leader.ticket}  # even with the secret of the phone
    assert leader.edit(note_id, "not so").json()["code"] == "gatherings.not_your_note"
    assert staff.edit(note_id, "cover with no notice at all").status == 200  # there was something to change


def test_E3_edits_and_withdrawals_reach_the_screens(wire: Wire) -> None:
    stage = a_room(screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    mine = stage.phone(wire)
    for n in range(4):
        mine.write(f"mine {n}")
    stage.phone(wire).write("theirs")
    first, second, *_ = mine.notes
    assert mine.edit(first, "mine, better").status == 200
    assert mine.withdraw(second).json() == {"withdrawn": 1}
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert {row[2] for row in screen.notes().values()} == {"mine, better", "mine 2", "mine 3", "theirs"}
    assert mine.withdraw_all().json() == {"withdrawn": 3}
    wire.settle(0.05)
    assert {row[2] for row in screen.notes().values()} == {"theirs"}
    assert mine.write("mine 1", id=second).json()["code"] == "gatherings.not_your_note"  # another secret
    late_copy = mine.wire.post(f"/r/{mine.code}/notes/", mine.notes[second])
    assert (late_copy.status, late_copy.json()["rev"]) == (200, 1)
    wire.settle(0.05)
    assert {row[2] for row in screen.notes().values()} == {"theirs"}


def test_E3_the_same_request_again_changes_nothing_and_an_old_one_does_not_come_back(wire: Wire) -> None:
    stage = a_room()
    mine = stage.phone(wire)
    assert mine.write("first").status == 201
    (note_id,) = mine.notes
    first = mine.notes[note_id]
    assert mine.wire.post(f"/r/{mine.code}/notes/", first).status == 200
    mine.edit(note_id, "second")
    assert mine.wire.post(f"/r/{mine.code}/notes/", first).json() == {"id": note_id, "rev": 2}
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    assert [n.text for n in sealed_notes(stage.round.pk)] == ["second"]


def test_E3_after_the_close_a_note_is_refused_and_the_seal_can_be_undone_until_then(wire: Wire) -> None:
    stage = a_room()
    mine = stage.phone(wire)
    mine.write("in time")
    actions.stop_writing(stage.round, by=stage.bo)
    closing = actions.close_round(stage.round, by=stage.bo)
    assert mine.write("while closing").status == 201
    assert actions.undo_close(closing, by=stage.bo).phase == "screening"
    assert mine.write("after the undo").status == 201
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    late = mine.write("too late")
    assert (late.status, late.json()["code"]) == (409, "gatherings.not_writing_now")
    assert sorted(n.text for n in sealed_notes(stage.round.pk)) == ["after the undo", "in time", "while closing"]


def test_D4_1_after_the_seal_the_notes_have_fresh_ids_and_stay_on_the_screens(wire: Wire) -> None:
    stage = a_room()
    screen, mine = stage.stream(wire, Viewer.PARTICIPANT), stage.phone(wire)
    for n in range(3):
        mine.write(f"note {n}")
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    before = set(screen.notes())
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    wire.settle(0.05)
    after = screen.notes()
    assert {row[2] for row in after.values()} == {"note 0", "note 1", "note 2"}
    assert not before & set(after)
    assert not set(mine.notes) & (before | set(after))
    assert screen.state()["round"]["phase"] == "sealed"


def test_events_are_numbered_without_a_gap(wire: Wire) -> None:
    stage = a_room(screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    actions.reveal(stage.round, by=stage.bo)
    for n in range(9):
        stage.phone(wire).write(f"note {n}")
        wire.settle(0.02)
    numbers = [int(event_id.partition("-")[2]) for event_id, _, _ in screen.events()]
    assert numbers[0] == numbers[1]
    assert [b - a for a, b in pairwise(numbers[1:])] == [1] * (len(numbers) - 2)
    assert len(numbers) > 4
