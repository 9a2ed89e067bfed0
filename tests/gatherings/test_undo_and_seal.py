"""Closing, undoing and sealing in the same moment: either it is sealed or it is open, never half of each (E3)."""

import threading

import pytest
from django.db import connections

from holdfast.gatherings import actions
from holdfast.gatherings.actions.drivers import make_drivers
from holdfast.gatherings.models import Round
from holdfast.gatherings.queries import items_of
from holdfast.refusals import Refused
from holdfast.voices import intake, keyring, seal
from holdfast.voices.queries import sealed_notes
from tests.gatherings.rooms import Stage, a_room
from tests.privacy.loot import every_byte
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def phase(stage: Stage) -> str:
    """Return where the round stands in the database of records."""
    return Round.objects.get(pk=stage.round.pk).phase


def test_an_undo_that_comes_while_the_round_is_sealed_is_refused(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = a_room()
    stage.phone(wire).write("kept")
    actions.close_round(stage.round, by=stage.bo)
    sealing, go_on = threading.Event(), threading.Event()
    real = intake.seal_round

    def slowly(round_id: int) -> None:
        sealing.set()
        go_on.wait(10)
        real(round_id)

    monkeypatch.setattr(intake, "seal_round", slowly)
    refused: list[str] = []

    def in_a_thread(act: object) -> threading.Thread:
        def run() -> None:
            try:
                act()  # type: ignore[operator]
            except Refused as error:
                refused.append(error.code)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    by_the_clock = in_a_thread(lambda: actions.seal_round(stage.round.pk))
    assert sealing.wait(10)
    by_hand = in_a_thread(lambda: actions.undo_close(stage.round, by=stage.bo))
    by_hand.join(0.3)
    go_on.set()
    by_the_clock.join(10)
    by_hand.join(10)
    assert refused == ["gatherings.round_has_moved_on"]
    assert phase(stage) == "sealed"
    assert [note.text for note in sealed_notes(stage.round.pk)] == ["kept"]


def test_a_seal_that_has_begun_cannot_be_undone_even_when_it_was_interrupted(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    stage.phone(wire).write("kept")
    actions.close_round(stage.round, by=stage.bo)

    def no_room(round_id: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(seal, "STEPS", (seal.mark, no_room))
        with pytest.raises(intake.CannotSave):
            actions.seal_round(stage.round.pk)
    with pytest.raises(Refused) as refused:
        actions.undo_close(stage.round, by=stage.bo)
    assert refused.value.code == "gatherings.round_has_moved_on"
    assert phase(stage) == "closing"
    actions.seal_round(stage.round.pk)
    assert (phase(stage), len(sealed_notes(stage.round.pk))) == ("sealed", 1)


def test_E3_a_desk_that_is_late_cannot_open_a_sealed_round_again(wire: Wire) -> None:
    stage = a_room()
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    assert stage.round.pk not in keyring.kept()
    intake.open_round(stage.round.pk)  # what a second press would ask for, had it read the phase before the first
    assert stage.round.pk not in keyring.kept()
    assert intake.records(stage.round.pk) == (b"", [])


def test_E3_struck_text_is_gone_from_every_byte_of_the_files(wire: Wire) -> None:
    stage = a_room()
    for n in range(3):
        stage.phone(wire).write(f"fine {n}")
    stage.phone(wire).write("Zebulon never helps")
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    assert b"Zebulon" in every_byte("voices")  # there was something to remove
    (note,) = [note.id for note in sealed_notes(stage.round.pk) if "Zebulon" in note.text]
    assert actions.strike_note(stage.round, note_id=note, by=stage.bo)
    assert b"Zebulon" not in every_byte("voices")


def test_E3_words_struck_at_a_desk_that_is_behind_leave_what_they_became_at_the_other(wire: Wire) -> None:
    stage = a_room()
    for text in ("Zebulon never helps", "fine"):
        stage.phone(wire).write(text)
    actions.accept_all(actions.stop_writing(stage.round, by=stage.bo), by=stage.bo)
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    (note,) = [note.id for note in sealed_notes(stage.round.pk) if "Zebulon" in note.text]
    make_drivers(stage.gathering)
    assert [b"Zebulon" in every_byte(alias) for alias in ("default", "voices")] == [True, True]

    assert actions.strike_note(stage.round, note_id=note, by=stage.bo)

    assert sorted(d.wording for d in stage.gathering.drivers.order_by("pk")) == ["", "fine"]
    shown = items_of(Round(room=stage.room, kind="condense", phase="grouping"))
    assert sorted(item.wording for item in shown) == ["Removed, because it named somebody.", "fine"]
    assert [b"Zebulon" in every_byte(alias) for alias in ("default", "voices")] == [False, False]


def test_E3_a_key_folder_that_vanishes_under_a_running_server_takes_no_note_with_it(wire: Wire) -> None:
    stage = a_room()
    stage.phone(wire).write("kept")
    keyring.destroy(stage.round.pk)
    with pytest.raises(OSError, match="key"):
        keyring.read(stage.round.pk)
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    assert [note.text for note in sealed_notes(stage.round.pk)] == ["kept"]
    assert stage.round.pk not in keyring.kept()
