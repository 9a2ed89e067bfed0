"""At the desk when a session goes otherwise than planned: whoever presses, and however often (B3, D4.4, E2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.models import Room, Round
from holdfast.people.models import Person, Role
from holdfast.programmes.models import Gathering, Mode, PlanItem
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
MOVED_ON = "This activity has already moved on."


def at(stage: Stage, wire: Wire) -> Desk:
    return Desk(stage, wire, stage.bo)


def another(stage: Stage, wire: Wire) -> Desk:
    group = stage.gathering.programme.group
    chi = Person.objects.create(organisation=stage.bo.organisation, name="Chi")
    Role.objects.create(person=chi, kind=Role.Kind.FACILITATOR, group=group)
    return Desk(stage, wire, chi)


def press(desk: Desk, name: str, **fields: object) -> str:
    """Press a button that is about the whole room."""
    path = reverse(f"gatherings.{name}", kwargs={"room_id": desk.stage.room.pk})
    answer = desk.client.post(path, fields)
    assert answer.status_code == 302, answer.content
    desk.wire.settle(0.05)
    return desk.look(answer["Location"])


def a_third(stage: Stage) -> PlanItem:
    return PlanItem.objects.create(
        gathering=stage.gathering, position=3, title="A last word", minutes=5, kind="talk", mode=Mode.SPOKEN
    )


def titles(gathering: Gathering) -> list[str]:
    return list(gathering.plan.order_by("position", "pk").values_list("title", flat=True))


def sealed(desk: Desk) -> Round:
    """Take the first activity with one accepted note to its seal."""
    desk.stage.phone(desk.wire).write("what we said first")
    for name, seen in (("screening", "writing"), ("acceptance", ""), ("reveal", "screening"), ("closure", "revealed")):
        desk.press(name, seen=seen)
    desk.press("seal", seen="closing")
    return desk.round()


def test_D4_4_more_time_reaches_phones_wall_and_both_desks_with_one_clock(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    before = stage.stream(wire, Viewer.PARTICIPANT).state()["round"]["left"]
    assert before <= 600
    page = desk.press("extension", minutes=5, seen=10)
    assert desk.round().minutes == 15
    assert "about 15 minutes left" in page
    for viewer in (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL, Viewer.DESK):
        assert 600 < stage.stream(wire, viewer).state()["round"]["left"] <= 900
    chi.press("extension", minutes=5, seen=10)  # drawn before Bo pressed: both meant the same five minutes
    assert desk.round().minutes == 15
    chi.press("extension", minutes=2, seen=15)
    assert desk.round().minutes == 17
    assert Entry.objects.filter(act="round.extended").count() == 2
    Round.objects.update(writing_since=timezone.now() - timedelta(minutes=30))
    desk.press("extension", minutes=2, seen=17)  # long over: two minutes from now
    assert desk.round().minutes in {32, 33}


def test_what_is_over_gets_no_more_time_and_nonsense_gets_none(wire: Wire) -> None:
    desk = at(a_room(), wire)
    for minutes, seen in (("7", "10"), ("", "10"), ("5", "x"), ("5", "-1")):
        desk.press("extension", minutes=minutes, seen=seen)
    assert desk.round().minutes == 10
    desk.press("closure", seen="writing")
    assert MOVED_ON in desk.press("extension", minutes=5, seen=10)
    assert desk.round().minutes == 10


def test_an_activity_is_skipped_without_a_reason_and_can_be_taken_up_again(wire: Wire) -> None:
    stage = a_room(writing=False)
    a_third(stage)
    desk = at(stage, wire)
    assert "2 minutes more" in desk.look()
    page = press(desk, "skipping", item=stage.talk.pk)
    assert 'data-state="skipped"' in page
    stage.talk.refresh_from_db()
    assert stage.talk.came == "skipped"
    assert Entry.objects.filter(act="room.activity_left_out").count() == 1
    press(another(stage, wire), "skipping", item=stage.talk.pk)  # pressed at two desks, skipped once
    assert Entry.objects.filter(act="room.activity_left_out").count() == 1
    assert "A last word" in desk.press("leaving", seen="promise")
    assert desk.round().phase == "finished"
    page = press(desk, "taking_up", item=stage.talk.pk)
    assert 'data-state="skipped"' not in page
    stage.talk.refresh_from_db()
    assert stage.talk.came == ""
    press(desk, "skipping", item=stage.talk.pk)
    desk.press("rounds", item=stage.talk.pk)  # started all the same: it is held
    stage.talk.refresh_from_db()
    assert stage.talk.came == "held"
    assert Room.objects.get().skipped == []


def test_what_is_left_at_once_was_not_held_and_says_nothing_about_how_long_it_usually_takes(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    assert "Leave this one out" in desk.look()
    desk.press("leaving", seen="promise")
    stage.gather.refresh_from_db()
    assert (stage.gather.came, stage.gather.took, stage.gather.began_at) == ("skipped", None, None)
    desk.press("rounds", item=stage.gather.pk, screened="on")  # begun once more, and left once more
    desk.press("leaving", seen="promise")
    stage.gather.refresh_from_db()
    assert (stage.gather.came, stage.gather.took) == ("skipped", None)
    desk.press("rounds", item=stage.gather.pk, screened="on")  # held after all
    stage.gather.refresh_from_db()
    assert stage.gather.came == "held"
    desk.press("writing", seen="promise", small_is_agreed="on")
    stage.round = desk.round()
    sealed(desk)
    desk.press("rounds", item=stage.gather.pk, screened="on")  # once more, and left: the first time still counts
    desk.press("leaving", seen="promise")
    stage.gather.refresh_from_db()
    assert stage.gather.came == "held"


def test_what_was_on_the_screens_is_not_skipped_and_what_is_written_is_not_left(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    assert "has been on the screens today" in press(desk, "skipping", item=stage.gather.pk)
    assert "An activity is still open." in desk.press("leaving", seen="writing")
    assert desk.phase() == "writing"
    assert "Close it early" in desk.look()
    desk.stage.phone(wire).write("not lost")
    desk.press("closure", seen="writing")
    desk.press("seal", seen="closing")
    assert list(desk.pile("waiting")) == ["not lost"]


def test_in_a_practice_run_the_plan_does_not_say_that_something_was_skipped(wire: Wire) -> None:
    stage = a_room(writing=False)
    stage.round.delete()
    Room.objects.update(rehearsal=True)
    stage.room.refresh_from_db()
    assert 'data-state="skipped"' in press(at(stage, wire), "skipping", item=stage.talk.pk)
    stage.talk.refresh_from_db()
    assert stage.talk.came == ""


def test_an_activity_held_again_keeps_what_came_of_it_the_first_time(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    first = sealed(desk)
    page = desk.press("rounds", item=stage.gather.pk, screened="on")
    assert "time 2" in page
    assert desk.round().pk != first.pk
    desk.press("writing", seen="promise", small_is_agreed="on")
    stage.round = desk.round()
    for text in ("second one", "second two"):
        stage.phone(wire).write(text)
    for name, seen in (("screening", "writing"), ("acceptance", ""), ("reveal", "screening"), ("closure", "revealed")):
        desk.press(name, seen=seen)
    page = desk.press("seal", seen="closing")
    assert "Time 1: 1 shown, 0 held, 0 not looked at." in page
    assert "Time 2: 2 shown, 0 held, 0 not looked at." in page


def test_the_run_sheet_is_put_in_another_order_and_it_is_the_plan(wire: Wire) -> None:
    stage = a_room(writing=False)
    last = a_third(stage)
    desk, chi = at(stage, wire), another(stage, wire)
    assert f'id="later-{stage.talk.pk}"' in desk.look()
    page = press(desk, "order", item=last.pk, before=stage.talk.pk)
    wanted = ["What drains us, what restores us", "A last word", "What surprises you?"]
    assert titles(stage.gathering) == wanted
    assert page.index("A last word") < page.index("What surprises you?")
    press(chi, "order", item=last.pk, before=stage.talk.pk)  # the same press at the other desk
    assert titles(stage.gathering) == wanted
    assert Entry.objects.filter(act="programmes.activity_moved").count() == 1
    assert "no longer in the plan" in press(desk, "order", item=last.pk)
    assert "no longer in the plan" in press(desk, "order", item=last.pk, before=12345)


def test_a_second_desk_is_told_that_something_changed_and_phones_are_not_told_of_it(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk, phone = stage.stream(wire, Viewer.DESK), stage.stream(wire, Viewer.PARTICIPANT)
    before = desk.state()["times"]
    actions.leave_out(stage.room, item=stage.talk, by=stage.bo)
    wire.settle(0.1)
    assert desk.state()["times"] > before
    assert "times" not in phone.state()
    assert "skipped" not in str(phone.events())


def test_the_room_looks_back_and_goes_on_where_it_was(wire: Wire) -> None:
    stage = a_room()
    desk, chi = at(stage, wire), another(stage, wire)
    first = sealed(desk)
    desk.press("rounds", item=stage.talk.pk)
    phone = stage.stream(wire, Viewer.PARTICIPANT)
    assert phone.state()["round"]["id"] != str(first.pk)
    page = press(desk, "looking_back", round=first.pk)
    assert "Go on where you were" in page
    assert phone.state()["round"]["id"] == str(first.pk)
    assert [note[2] for note in stage.stream(wire, Viewer.PARTICIPANT).notes().values()] == ["what we said first"]
    assert "what we said first" in desk.wall()
    press(chi, "looking_back", round=first.pk)
    assert Entry.objects.filter(act="room.looked_back").count() == 1
    page = press(chi, "looking_back")
    assert "Phones lie face-down." in page
    assert desk.phase() == "talking"
    assert phone.state()["round"]["title"] == "What surprises you?"
    press(desk, "looking_back", round=first.pk)
    desk.press("finish", seen="talking")  # at the other desk somebody goes on: all do
    assert Room.objects.get().looks_back_id is None


def test_nobody_is_taken_away_from_writing_to_look_back(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    first = sealed(desk)
    assert "Only an activity of today" in press(desk, "looking_back", round=12345)
    desk.press("rounds", item=stage.gather.pk, screened="on")
    press(desk, "looking_back", round=first.pk)
    assert Room.objects.get().looks_back_id == first.pk  # before writing there is nothing to be taken away from
    desk.press("writing", seen="promise", small_is_agreed="on")
    assert Room.objects.get().looks_back_id is None
    assert "Somebody may be writing just now" in press(desk, "looking_back", round=first.pk)
    assert Room.objects.get().looks_back_id is None


def test_a_room_that_has_ended_takes_none_of_it(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    desk.press("ending")
    for name in ("skipping", "order"):
        press(desk, name, item=stage.talk.pk, before=stage.gather.pk)
    assert Room.objects.get().skipped == []
    assert titles(stage.gathering)[0] == "What drains us, what restores us"


def test_longer_plans_with_rounds_held_twice_ask_the_database_no_more_often(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    sealed(desk)
    path = reverse("gatherings.desk", kwargs={"gathering_id": stage.gathering.pk})
    desk.client.get(path)
    with CaptureQueriesContext(connection) as short:
        desk.client.get(path)
    for _ in range(2):
        desk.press("rounds", item=stage.talk.pk)
        desk.press("finish", seen="talking")
    for position in (3, 4, 5):
        item = PlanItem.objects.create(
            gathering=stage.gathering,
            position=position,
            title=f"More {position}",
            minutes=5,
            kind="talk",
            mode="spoken",
        )
        press(desk, "skipping", item=item.pk)
    with CaptureQueriesContext(connection) as long:
        desk.client.get(path)
    assert len(long) <= len(short)
