"""What somebody finds who watches the screens and presses in the right moment (E3)."""

from dataclasses import replace

import pytest

from holdfast.gatherings import actions
from holdfast.gatherings.board import Board, Card
from holdfast.gatherings.models import Round
from holdfast.voices import intake
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from holdfast.voices.queries import sealed_notes
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Stream, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def texts(screen: Stream) -> set[str]:
    """Return the words on a screen."""
    return {row[2] for row in screen.notes().values()}


def looked_at(wire: Wire, stage: Stage, desk: Stream) -> set[str]:
    """Go back to writing and look again at once; return the words the desk was sent."""
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    found = texts(desk)
    stage.round = actions.rounds._move(stage.round, Round.Phase.WRITING, by=stage.bo)
    wire.settle(0.05)
    return found


def test_E3_looking_again_and_again_does_not_show_notes_in_the_moment_they_are_written(wire: Wire) -> None:
    stage = a_room()
    desk = stage.stream(wire, Viewer.DESK)
    early = {f"early {n}" for n in range(3)}
    for text in early:
        stage.phone(wire).write(text)
    assert looked_at(wire, stage, desk) == early
    for n in range(2):
        stage.phone(wire).write(f"later {n}")
        assert looked_at(wire, stage, desk) == early
    stage.phone(wire).write("later 2")
    assert looked_at(wire, stage, desk) == early | {f"later {n}" for n in range(3)}


def test_E3_closing_and_undoing_does_not_show_notes_in_the_moment_they_are_written(wire: Wire) -> None:
    stage = a_room(screened=False)
    wall = stage.stream(wire, Viewer.WALL)
    for n in range(3):
        stage.phone(wire).write(f"early {n}")
    actions.close_round(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert len(texts(wall)) == 3
    actions.undo_close(stage.round, by=stage.bo)
    stage.phone(wire).write("later")
    actions.close_round(stage.round, by=stage.bo)
    wire.settle(0.05)
    assert len(texts(wall)) == 3
    actions.seal_round(stage.round.pk)
    wire.settle(0.05)
    assert "later" in texts(wall)  # it is not lost: the seal shows it with all the others


def test_E3_three_late_notes_of_one_phone_are_no_company_for_each_other(wire: Wire) -> None:
    stage = a_room(screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    actions.reveal(stage.round, by=stage.bo)
    alone = stage.phone(wire)
    for n in range(4):
        alone.write(f"by one {n}")
    stage.phone(wire).write("by another")
    wire.settle(0.05)
    assert texts(screen) == set()
    stage.phone(wire).write("by a third")
    wire.settle(0.05)
    assert len(texts(screen)) == 6


def test_E7_a_decision_reaches_only_the_words_it_was_made_about(wire: Wire) -> None:
    stage = a_room()
    desk = stage.stream(wire, Viewer.DESK)
    author = stage.phone(wire)
    author.write("harmless")
    (note_id,) = author.notes
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    seen = [int(key) for key in desk.notes()]
    assert actions.screen_notes(stage.round, public_ids=seen, standing=Standing.HELD, by=stage.bo) == 1
    assert author.edit(note_id, "names somebody").status == 200
    for late in (seen, []):  # from a desk that has not been drawn anew
        actions.screen_notes(stage.round, public_ids=late, standing=Standing.ACCEPTED, by=stage.bo)
    (record,) = intake.records(stage.round.pk)[1]
    assert (record.text, record.standing) == ("names somebody", Standing.WAITING)


def test_E3_a_changed_note_comes_back_as_a_new_one(wire: Wire) -> None:
    stage = a_room(screened=False)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    author = stage.phone(wire)
    author.write("before")
    (note_id,) = author.notes
    actions.reveal(stage.round, by=stage.bo)
    wire.settle(0.05)
    (before,) = screen.notes()
    author.edit(note_id, "after")
    for n in range(2):
        stage.phone(wire).write(f"late {n}")
    wire.settle(0.05)
    assert texts(screen) == {"after", "late 0", "late 1"}
    assert before not in screen.notes()


def test_E3_cards_that_leave_the_board_know_neither_note_nor_author() -> None:
    board = Board(Card(i, "drains", str(i), False, "accepted", note=90 + i, author=7) for i in range(1, 4))
    assert {card.author for card in board.cards.values()} == {7}  # there was something to leave out
    board.open(board.all)
    board.change(Card(1, "drains", "1", True, "accepted", note=91, author=7))
    left = [*board.all.out.values(), *board.let_out(board.all)[0]]
    assert {(card.note, card.author) for card in left} == {(0, 0)}


def test_a_note_withdrawn_in_the_moment_it_is_let_out_does_not_stay_on_a_screen() -> None:
    card = Card(1, "drains", "mine", False, "waiting")
    board = Board([card])
    board.open(board.desk)
    board.let_out(board.desk)
    board.change(replace(card, standing="accepted"))
    board.change(replace(card, text="", standing="withdrawn"))
    added, removed = board.let_out(board.desk)
    assert (added, removed) == ([], [1])


def test_E3_where_no_label_is_shown_none_is_kept(wire: Wire) -> None:
    stage = a_room()
    stage.phone(wire, Viewer.LEADER).write("labelled")
    assert [record.leader for record in intake.records(stage.round.pk)[1]] == [True]
    Round.objects.filter(pk=stage.round.pk).update(leader_labelled=False)
    actions.turn_page(stage.round, page=0)  # the room reads the activity anew
    wire.settle(0.05)
    stage.phone(wire, Viewer.LEADER).write("not labelled")
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    assert {note.text: note.from_leader for note in sealed_notes(stage.round.pk)} == {
        "labelled": True, "not labelled": False,
    }  # fmt: skip
