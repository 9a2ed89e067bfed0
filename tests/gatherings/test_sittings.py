"""Several sittings are read together: nothing is read before, one seal mixes all, a cancelled one is said (E3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings import actions
from holdfast.gatherings.actions.sealing_alone import seal_alone, seal_what_is_left
from holdfast.gatherings.models import Round
from holdfast.gatherings.sittings import later_than
from holdfast.programmes.models import Sitting
from holdfast.refusals import Refused
from holdfast.voices import keyring
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note
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
    Sitting.objects.filter(pk=night.pk).update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    room = actions.open_room(stage.gathering, by=stage.bo)
    found = actions.start_round(room, item=stage.gather, by=stage.bo)
    return replace(stage, room=room, round=found)


def test_E3_stopping_well_keeps_closed_what_another_sitting_is_promised(wire: Wire) -> None:
    stage, night, desk = written_on_monday(wire)
    page = desk.look()
    assert "Stop the session here" in page
    assert "Close it early" not in page  # it would be refused
    actions.stop_well(stage.room, by=stage.bo)
    stage.room.refresh_from_db()
    assert stage.room.ended_at
    assert desk.phase() == "kept"
    assert not Note.objects.exists()
    assert "not been looked at" not in desk.wall()
    stage = three_days_later(stage, night)
    assert stage.round.phase == "promise"
    assert Intake.objects.count() == len(MONDAY)


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
