"""A pause and a good end: everything stands still, or stops in one step with what is open sealed (E3, E4, E2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.voices import intake
from holdfast.voices.admission import Viewer
from tests.gatherings.rooms import a_room
from tests.gatherings.test_desk_flow import another, at, press, sealed
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
PAUSED = "The session is paused, and everything stands still."


def test_D4_4_a_pause_stops_the_clock_for_everybody_and_gives_it_back(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    phone = stage.stream(wire, Viewer.PARTICIPANT)
    assert phone.state()["paused"] is False
    page = press(desk, "pause")
    assert "What somebody has typed stays on their phone." in page
    assert phone.state()["paused"] is True
    assert "Everything stands still, and nothing is lost." in desk.wall()
    press(chi, "pause")
    assert Entry.objects.filter(act="room.paused").count() == 1
    # Ten minutes pass, as long as the whole activity was to be.
    ago = timedelta(minutes=10)
    Room.objects.update(paused_at=timezone.now() - ago)
    Round.objects.update(writing_since=timezone.now() - ago)
    PlanItem.objects.filter(pk=stage.gather.pk).update(began_at=timezone.now() - ago)
    page = press(chi, "pause_ending")
    assert "about 10 minutes left" in page
    assert 590 <= phone.state()["round"]["left"] <= 600
    assert phone.state()["paused"] is False
    press(desk, "pause_ending")  # the other desk was quicker
    assert Entry.objects.filter(act="room.resumed").count() == 1
    stage.gather.refresh_from_db()
    assert stage.gather.began_at
    assert timezone.now() - stage.gather.began_at < timedelta(minutes=1)


def test_while_it_is_paused_no_desk_takes_a_step_and_what_was_on_its_way_is_saved(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    press(desk, "pause")
    assert PAUSED in chi.press("screening", seen="writing")
    assert PAUSED in chi.press("rounds", item=stage.talk.pk)
    assert desk.phase() == "writing"
    assert stage.phone(wire).write("pressed a moment before the pause").status == 201
    press(desk, "pause_ending")
    desk.press("screening", seen="writing")
    assert list(desk.pile("waiting")) == ["pressed a moment before the pause"]


def test_while_it_is_paused_nothing_gets_longer_is_left_or_looked_back_at(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    first = sealed(desk)
    desk.press("rounds", item=stage.gather.pk, screened="on")
    press(desk, "pause")
    Room.objects.update(paused_at=timezone.now() - timedelta(minutes=30))
    assert PAUSED in desk.press("extension", minutes=5, seen=10)  # drawn at another desk, before the pause
    assert PAUSED in desk.press("leaving", seen="promise")
    assert PAUSED in press(desk, "looking_back", round=first.pk)
    assert (desk.round().minutes, desk.phase()) == (10, "promise")
    assert Room.objects.get().looks_back is None
    press(desk, "pause_ending")
    desk.press("extension", minutes=5, seen=10)
    assert desk.round().minutes == 15


def test_a_session_that_ends_in_a_pause_does_not_count_it_as_time_an_activity_took(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    desk.press("rounds", item=stage.talk.pk)
    press(desk, "pause")
    Room.objects.update(paused_at=timezone.now() - timedelta(minutes=40))
    PlanItem.objects.filter(pk=stage.talk.pk).update(began_at=timezone.now() - timedelta(minutes=45))
    desk.press("ending")
    stage.talk.refresh_from_db()
    assert (stage.talk.came, stage.talk.took) == ("held", 5)


def test_what_closes_in_a_moment_is_not_paused(wire: Wire) -> None:
    desk = at(a_room(), wire)
    desk.press("closure", seen="writing")
    assert "This activity closes in a moment" in press(desk, "pause")
    assert Room.objects.get().paused_at is None


def test_E3_stopping_well_seals_what_is_open_says_goodbye_and_names_what_is_unfinished(wire: Wire) -> None:
    stage = a_room()
    Gathering.objects.create(
        programme=stage.gathering.programme, section=5, title="Expectations",
        starts_at=stage.gathering.starts_at + timedelta(days=14), ends_at=stage.gathering.ends_at + timedelta(days=14),
    )  # fmt: skip
    desk, chi = at(stage, wire), another(stage, wire)
    for text in ("shown to all", "names somebody"):
        stage.phone(wire).write(text)
    desk.press("screening", seen="writing")
    waiting = desk.pile("waiting")
    desk.press("decisions", accept=waiting["shown to all"], hold=waiting["names somebody"])
    page = desk.look()
    assert "is closed as it is: what was saved stays" in page
    assert 'Not held today: <span dir="auto">What surprises you?</span>' in page
    phone = stage.stream(wire, Viewer.PARTICIPANT)
    press(desk, "pause")  # also from a pause
    page = press(desk, "stopping")
    assert "You stopped here" in page
    assert "One note was held back and has not been shown." in page
    assert "Expectations" in page
    assert page.count("Skipped today.") == 1  # what comes no more has no time on the clock
    assert 'data-state="ahead"' not in page
    assert ("ended", {"early": True}) in [(name, data) for _, name, data in phone.events()]
    wall = desk.wall()
    assert "We stop here for today, and that is all right." in wall
    assert "One note was held back and has not been shown." in wall
    assert "names somebody" not in wall  # how many, never what
    found = Round.objects.get()
    assert (found.phase, intake.states([found.pk])) == ("sealed", {found.pk: "sealed"})
    room = Room.objects.get()
    assert room.ended_at is not None
    assert room.stopped
    press(chi, "stopping")  # the other desk presses too
    assert Entry.objects.filter(act="room.ended").count() == 1
    stage.talk.refresh_from_db()
    assert stage.talk.came == "skipped"


def test_a_stop_that_was_broken_off_goes_on_from_there(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    stage.phone(wire).write("kept")
    desk.press("closure", seen="writing")  # as far as it came
    page = press(desk, "stopping")
    assert "One note has not been looked at yet." in page
    assert Round.objects.get().phase == "sealed"


def test_a_session_that_ends_as_planned_does_not_say_that_it_stopped(wire: Wire) -> None:
    stage = a_room(writing=False)
    phone = stage.stream(wire, Viewer.PARTICIPANT)
    actions.end_room(stage.room, by=stage.bo)
    wire.settle(0.1)
    assert ("ended", {}) in [(name, data) for _, name, data in phone.events()]
    assert "We stop here" not in at(stage, wire).wall()
    assert "You stopped here" not in at(stage, wire).look()


def test_a_practice_run_is_paused_too_and_wiped_and_not_stopped(wire: Wire) -> None:
    stage = a_room()
    Room.objects.update(rehearsal=True)
    desk = at(stage, wire)
    assert "Stop the session here" not in desk.look()
    assert "Go on" in press(desk, "pause")
    answer = desk.client.post(reverse("gatherings.stopping", kwargs={"room_id": stage.room.pk}))
    assert answer.status_code == 302
    assert not Room.objects.exists()


def test_E4_the_page_without_a_script_says_that_the_session_is_paused(wire: Wire) -> None:
    stage = a_room()
    actions.pause(stage.room, by=stage.bo)
    wire.settle(0.1)
    page = wire.get(f"/r/{stage.room.code}/plain/").body.decode()
    assert "The session is paused." in page
