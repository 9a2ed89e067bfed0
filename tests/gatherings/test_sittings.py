"""Several sittings are read together: nothing is read before, one seal mixes all, a cancelled one is said (E3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings import actions
from holdfast.gatherings.actions.sealing_alone import seal_alone, seal_what_is_left
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.sittings import later_than
from holdfast.keys import random_key
from holdfast.programmes.models import Sitting
from holdfast.refusals import Refused
from holdfast.voices import intake, keyring
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import CannotSave
from holdfast.voices.models import Intake, Note, VoiceRound
from holdfast.voices.queries import sealed_notes
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_ballots_on_the_wire import seal
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
MONDAY = ("Cover comes too late", "Nobody asks us")
THURSDAY = ("The night has no breaks", "We laugh at four", "Keys are missing")


def two_sittings() -> tuple[Stage, Sitting]:
    """Return the room of the first sitting, before writing, and the sitting that comes in three days."""
    stage = a_room(writing=False)
    at = stage.gathering.starts_at + timedelta(days=3)
    night = Sitting.objects.create(
        gathering=stage.gathering, label="night", starts_at=at, ends_at=at + timedelta(hours=1)
    )
    return stage, night


def written_on_monday(wire: Wire) -> tuple[Stage, Sitting, Desk]:
    """Return a room in which two people have written what is read with the night's sitting."""
    stage, night = two_sittings()
    desk = Desk(stage, wire, stage.bo)
    assert "Will be read together with the sitting night" in desk.press("together", together="on")
    actions.begin_writing(desk.round(), by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    for text in MONDAY:
        assert stage.phone(wire).write(text).status == 201
    return stage, night, desk


def three_days_later(stage: Stage, night: Sitting) -> Stage:
    """End the room, let three days pass, and return the room of the other sitting."""
    actions.end_room(stage.room, by=stage.bo)
    stage.gathering.starts_at -= timedelta(days=3)
    stage.gathering.ends_at -= timedelta(days=3)
    stage.gathering.save(update_fields=["starts_at", "ends_at"])
    Room.objects.filter(pk=stage.room.pk).update(opened_at=stage.gathering.starts_at)
    Sitting.objects.filter(pk=night.pk).update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    room = actions.open_room(stage.gathering, by=stage.bo)
    found = actions.start_round(room, item=stage.gather, by=stage.bo)
    return replace(stage, room=room, round=found)


def test_a_pause_of_the_first_sitting_gives_the_second_no_more_time(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    Round.objects.update(stood_still=600)  # ten minutes on Monday
    desk.press("waiting", seen="writing")
    stage = three_days_later(stage, night)
    actions.begin_writing(stage.round, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    assert stage.stream(wire, Viewer.PARTICIPANT).state()["round"]["left"] <= 600


def test_E3_nothing_is_read_by_anybody_before_the_other_sitting_has_written(wire: Wire) -> None:
    stage, _night, desk = written_on_monday(wire)
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for press in ("screening", "reveal", "closure"):
        assert "read together with another sitting" in desk.press(press)
        assert desk.phase() == "writing"
    assert "Pens down: keep it closed until then" in desk.look()
    page = desk.press("waiting", seen="writing")
    assert "Its notes are encrypted until then." in page
    assert desk.phase() == "kept"
    assert stage.phone(wire).write("one more").status == 409
    for screen in screens.values():
        told = "".join(str(data) for _, _, data in screen.events())
        assert not any(text in told for text in MONDAY)
        assert screen.state()["round"]["phase"] == "kept"
    assert not any(text in page + desk.wall() for text in MONDAY)
    assert "kept closed" in wire.get(f"/r/{stage.room.code}/plain/").body.decode()
    assert (Intake.objects.count(), Note.objects.count()) == (2, 0)
    assert desk.round().pk in keyring.kept()


def test_E3_what_waits_for_another_sitting_is_not_taken_up_again_in_the_one_that_wrote_it(wire: Wire) -> None:
    stage, _night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    assert "Another sitting is still ahead" in desk.press("rounds", item=stage.gather.pk)
    assert "read together with another sitting" in desk.press("closure")  # from a page drawn before
    assert desk.phase() == "kept"
    actions.end_room(stage.room, by=stage.bo)
    reopened = replace(stage, room=actions.open_room(stage.gathering, by=stage.bo))
    assert "Another sitting is still ahead" in Desk(reopened, wire, stage.bo).press("rounds", item=stage.gather.pk)
    assert Round.objects.get().phase == "kept"


def test_E3_a_session_that_stops_early_leaves_closed_what_another_sitting_reads(wire: Wire) -> None:
    stage, _night, desk = written_on_monday(wire)
    page = desk.look()
    assert "Close it early" not in page
    assert "What is read together with another sitting stays closed until then." in page
    actions.stop_well(stage.room, by=stage.bo)
    assert (desk.phase(), Room.objects.get().ended_at is not None) == ("kept", True)
    assert Intake.objects.count() == len(MONDAY)


def test_in_a_pause_at_another_desk_nothing_is_kept_closed(wire: Wire) -> None:
    stage, _night, desk = written_on_monday(wire)
    actions.pause(stage.room, by=stage.bo)
    desk.press("waiting", seen="writing")
    assert desk.phase() == "writing"
    actions.resume(stage.room, by=stage.bo)
    desk.press("waiting", seen="writing")
    assert desk.phase() == "kept"


def test_E3_one_seal_mixes_both_sittings_and_nothing_tells_them_apart(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    thursday = three_days_later(stage, night)
    assert thursday.round.pk == stage.round.pk
    assert (thursday.round.phase, thursday.round.room_id) == ("promise", thursday.room.pk)
    found = actions.begin_writing(thursday.round, by=stage.bo, small_is_agreed=True)
    for text in THURSDAY:
        assert thursday.phone(wire).write(text).status == 201
    actions.stop_writing(found, by=stage.bo)
    wire.settle(0.05)
    second = Desk(thursday, wire, stage.bo)
    assert set(second.pile("waiting")) == {*MONDAY, *THURSDAY}
    actions.accept_all(found, by=stage.bo)
    actions.reveal(found, by=stage.bo)
    wire.settle(0.05)
    shown = list(thursday.stream(wire, Viewer.PARTICIPANT).notes().values())
    assert {row[2] for row in shown} == {*MONDAY, *THURSDAY}
    seal(found, thursday)
    assert {note.text for note in sealed_notes(found.pk)} == {*MONDAY, *THURSDAY}
    assert not Intake.objects.exists()
    assert found.pk not in keyring.kept()


def test_E3_people_of_the_earlier_sitting_count_as_people(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    Round.objects.filter(pk=stage.round.pk).update(set_size=4)
    desk.press("waiting", seen="writing")
    thursday = three_days_later(stage, night)
    assert "You are few." in Desk(thursday, wire, stage.bo).look()
    wire.settle(0.05)
    phone = thursday.stream(wire, Viewer.PARTICIPANT)
    wire.settle(1.1)
    assert phone.state()["round"]["set_size"] in {4, 5}
    assert "You are few." not in Desk(thursday, wire, stage.bo).look()
    assert actions.begin_writing(thursday.round, by=stage.bo).set_size == 5


def test_E3_what_was_brought_in_and_not_written_on_stays_closed_instead_of_being_over_unread(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    thursday = three_days_later(stage, night)
    assert "already moved on" in Desk(thursday, wire, stage.bo).press("scribe_instead")
    talk = actions.start_round(thursday.room, item=stage.talk, by=stage.bo)
    stage.round.refresh_from_db()
    assert (stage.round.phase, talk.phase) == ("kept", "talking")
    again = actions.start_round(thursday.room, item=stage.gather, by=stage.bo)
    assert (again.pk, again.phase) == (stage.round.pk, "promise")
    at = stage.gathering.starts_at + timedelta(days=9)  # another sitting is waited for, but nobody writes here
    friday = Sitting.objects.create(gathering=stage.gathering, label="", starts_at=at, ends_at=at + timedelta(hours=1))
    actions.read_together(again, together=True, by=stage.bo)
    actions.start_round(thursday.room, item=stage.talk, by=stage.bo)
    again = actions.start_round(thursday.room, item=stage.gather, by=stage.bo)
    assert (again.pk, again.phase) == (stage.round.pk, "promise")
    friday.delete()
    after = actions.start_round(thursday.room, item=stage.talk, by=stage.bo)  # no two rounds have one place
    assert after.position > again.position
    actions.end_room(thursday.room, by=stage.bo)
    stage.round.refresh_from_db()
    assert stage.round.phase == "kept"
    assert Intake.objects.count() == len(MONDAY)


def test_without_another_sitting_there_is_nothing_to_wait_for(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = Desk(stage, wire, stage.bo)
    assert "Read it together" not in desk.look()
    assert "No other sitting of this session is ahead." in desk.press("together", together="on")
    assert "already moved on" in desk.press("waiting")


def test_E3_a_sitting_cancelled_while_people_write_is_no_sitting_any_more(wire: Wire) -> None:
    _stage, night, desk = written_on_monday(wire)
    night.delete()
    assert "No other sitting" in desk.press("waiting", seen="writing")
    assert "Pens down: look through the notes" in desk.look()
    desk.press("screening", seen="writing")
    assert set(desk.pile("waiting")) == set(MONDAY)


def test_E3_a_sitting_cancelled_afterwards_is_said_and_its_notes_are_read_here_or_sealed_alone(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    found = desk.round()
    with pytest.raises(Refused, match=r"gatherings\.another_sitting_is_ahead"):
        seal_alone(found, by=stage.bo)
    actions.end_room(stage.room, by=stage.bo)
    assert "will be read together with the sitting night" in desk.look()
    night.delete()
    assert "No other sitting is ahead." in desk.look()
    page = desk.press("together_ending")
    assert "No other sitting is ahead." not in page
    found.refresh_from_db()
    assert found.phase == "sealed"
    assert {note.text for note in sealed_notes(found.pk)} == set(MONDAY)
    assert found.pk not in keyring.kept()
    seal_alone(found, by=stage.bo)  # pressed twice is once


def test_what_nobody_comes_back_for_is_sealed_alone_a_day_after_the_last_sitting(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    found = desk.round()
    seal_what_is_left()
    found.refresh_from_db()
    assert found.phase == "kept"  # the sitting is ahead
    for key, model in ((night.pk, Sitting), (stage.gathering.pk, type(stage.gathering))):
        model.objects.filter(pk=key).update(
            starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2)
        )
    seal_what_is_left()
    found.refresh_from_db()
    assert found.phase == "sealed"
    assert len(sealed_notes(found.pk)) == len(MONDAY)


def test_E3_what_was_sealed_alone_unread_is_said_and_can_be_looked_through_in_an_open_room(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    found = desk.round()
    actions.end_room(stage.room, by=stage.bo)
    night.delete()
    desk.press("together_ending")
    page = desk.look()
    assert "was closed before anybody looked at it." in page
    assert "2 notes are kept, and no screen shows them. Open the room again" in page
    assert "No room of this session is open." in desk.press("reading_after_all")
    later = replace(stage, room=actions.open_room(stage.gathering, by=stage.bo))
    talk = actions.start_round(later.room, item=stage.talk, by=stage.bo)
    actions.finish_talk(talk, by=stage.bo)
    wire.settle(0.05)
    two = Desk(later, wire, stage.bo), Desk(later, wire, stage.bo)
    assert "2 notes are kept, and no screen shows them. You can look through them in this room" in two[0].look()
    for _ in two:  # pressed at two desks
        actions.read_after_all(found, by=stage.bo)
    wire.settle(0.05)
    assert (two[0].round().pk, two[0].phase()) == (found.pk, "sealed")
    assert set(two[1].pile("waiting")) == set(MONDAY)
    phone = later.stream(wire, Viewer.PARTICIPANT)
    assert not phone.notes()  # nothing is shown before somebody says so
    page = two[0].press("late", accept=two[0].pile("waiting")[MONDAY[0]])
    wire.settle(0.05)
    assert {row[2] for row in phone.notes().values()} == {MONDAY[0]}
    assert MONDAY[1] not in two[0].wall()
    actions.end_room(later.room, by=stage.bo)
    assert "One note is kept, and no screen shows it." in two[0].look()


def test_the_desk_asks_no_more_often_when_more_is_left_closed(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    actions.end_room(stage.room, by=stage.bo)
    desk.look()  # what is read once a session is read
    with CaptureQueriesContext(connection) as few:
        assert desk.look().count("will be read together with the sitting night") == 1
    for _ in range(2):
        another_kept_one(desk.round())
    with CaptureQueriesContext(connection) as many:
        assert desk.look().count("will be read together with the sitting night") == 3
    assert len(many) == len(few)
    night.delete()
    for found in Round.objects.all():
        seal_alone(found, by=stage.bo)
        Note.objects.get_or_create(round_id=found.pk, column="said", text=MONDAY[0], standing="waiting")
    with CaptureQueriesContext(connections["voices"]) as three:
        assert desk.look().count("was closed before anybody looked at it.") == 3
    Round.objects.exclude(pk=stage.round.pk).delete()
    with CaptureQueriesContext(connections["voices"]) as one:
        assert desk.look().count("was closed before anybody looked at it.") == 1
    assert len(three) == len(one)


def another_kept_one(found: Round) -> Round:
    """Return another activity that is kept closed, held before this one, with nothing written in it."""
    other = Round.objects.get(pk=found.pk)
    Round.objects.filter(pk=found.pk).update(position=found.position + 1)
    other.pk, other.plan_item = random_key(), None
    other.save(force_insert=True)
    intake.open_round(other.pk)
    return other


@pytest.mark.parametrize("error", [CannotSave("OSError"), VoiceRound.DoesNotExist("gone")])
def test_one_that_cannot_be_sealed_yet_keeps_nothing_else_that_comes_due_waiting(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    stage, night, desk = written_on_monday(wire)
    desk.press("waiting", seen="writing")
    both = sorted([desk.round(), another_kept_one(desk.round())], key=lambda one: one.pk)
    night.delete()
    type(stage.gathering).objects.update(
        starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2)
    )
    begin = intake.begin_closing

    def not_the_first(round_id: int) -> None:
        if round_id == both[0].pk:
            raise error
        begin(round_id)

    def phases() -> list[str]:
        return [Round.objects.get(pk=one.pk).phase for one in both]

    monkeypatch.setattr(intake, "begin_closing", not_the_first)
    seal_what_is_left()
    assert phases() == ["closing", "sealed"]
    monkeypatch.undo()
    seal_what_is_left()
    assert phases() == ["sealed", "sealed"]


MOMENTS = st.integers(0, 500).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(st.lists(MOMENTS, max_size=6), MOMENTS, st.integers(0, 200))
def test_the_next_sitting_begins_after_ones_own_and_is_not_over(
    starts: list[datetime], opened_at: datetime, passed: int
) -> None:
    hour, now = timedelta(hours=1), opened_at + timedelta(hours=passed)
    sittings: Any = [(at, at + hour, "") for at in starts]
    found = later_than(opened_at, sittings, now=now)
    nearest = min((abs(at - opened_at) for at in starts), default=None)
    if found is None:
        own = [at for at in starts if abs(at - opened_at) == nearest]
        assert not any(at > max(own) and at + hour > now for at in starts)
    else:
        assert found[1] > now
        assert any(at < found[0] and abs(at - opened_at) == nearest for at in starts)
