"""The desk takes an activity from the promise to the seal, by plain forms, whoever presses and however often."""

import threading
import time

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions import rounds
from holdfast.gatherings.models import Room, Round
from holdfast.keys import random_key
from holdfast.people.models import Person, Role
from holdfast.programmes.models import PlanItem
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_gathering, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
MOVED_ON = "This activity has already moved on."


def at(stage: Stage, wire: Wire) -> Desk:
    return Desk(stage, wire, stage.bo)


def another(stage: Stage, wire: Wire) -> Desk:
    """A second facilitator of the same group."""
    group = stage.gathering.programme.group
    chi = Person.objects.create(organisation=stage.bo.organisation, name="Chi")
    Role.objects.create(person=chi, kind=Role.Kind.FACILITATOR, group=group)
    return Desk(stage, wire, chi)


def test_D4_1_the_whole_way_from_opening_to_the_seal(wire: Wire) -> None:
    bo, gathering, gather, _ = a_gathering()
    room = Room(gathering=gathering)
    desk = Desk(Stage(bo, gathering, gather, gather, room, Round()), wire, bo)
    assert "The room is not open yet." in desk.look()
    desk.client.post(reverse("gatherings.opening", kwargs={"gathering_id": gathering.pk}))
    desk.stage.room = gathering.rooms.get()
    wire.settle(0.05)
    assert f"{desk.stage.room.code[:3]} {desk.stage.room.code[3:]}" in desk.look()

    page = desk.press("rounds", item=gather.pk, screened="on")
    assert desk.phase() == "promise"
    assert "Everyone here knows that they are few, and agrees." in page
    assert "Pens down: look through the notes" in desk.press("writing", seen="promise", small_is_agreed="on")
    desk.stage.round = desk.round()
    for n in range(4):
        assert desk.stage.phone(wire).write(f"note {n}").status == 201
    assert "note 1" not in desk.look()  # nor does the desk see any before pens are down
    assert "Accept all that wait" in desk.press("screening", seen="writing")
    assert len(desk.pile("waiting")) == 4
    assert "Show all notes at once" in desk.press("acceptance")
    assert "4 of 4 notes have been up" in desk.press("reveal", seen="screening")
    assert "Closes for good in" in desk.press("closure", seen="revealed")
    assert "Nobody can find out who wrote what from what is stored." in desk.press("seal", seen="closing")
    assert desk.phase() == "sealed"
    assert len(desk.pile("accepted")) == 4


def test_D4_1_the_close_can_be_undone_and_the_activity_goes_on_where_it_was(wire: Wire) -> None:
    desk = at(a_room(), wire)
    desk.press("closure", seen="writing")
    assert "Pens down: look through the notes" in desk.press("closure_undoing", seen="closing")
    assert desk.phase() == "writing"
    assert MOVED_ON not in desk.press("closure_undoing", seen="closing")  # undone already: nothing to say
    desk.press("closure", seen="writing")
    desk.press("seal", seen="closing")
    assert MOVED_ON in desk.press("closure_undoing", seen="closing")
    assert desk.phase() == "sealed"


def test_where_nobody_looks_first_all_notes_are_shown_from_writing_on(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = at(stage, wire)
    assert "Show all notes at once" not in desk.press("rounds", item=stage.gather.pk, screened="on")
    desk.press("rounds", item=stage.gather.pk)  # before anybody has written, one may begin anew
    page = desk.press("writing", small_is_agreed="on")
    assert "Show all notes at once" in page
    stage.round = desk.round()
    stage.phone(wire).write("shown without a look")
    desk.press("reveal", seen="writing")
    assert "shown without a look" in desk.wall()


def test_E3_few_people_need_a_yes(wire: Wire) -> None:
    desk = at(a_room(writing=False), wire)
    desk.stage.stream(wire, Viewer.PARTICIPANT)
    assert "Only 1 people are in the room" in desk.press("writing", seen="promise")
    assert desk.phase() == "promise"
    desk.press("writing", seen="promise", small_is_agreed="on")
    assert desk.phase() == "writing"
    assert desk.round().set_size == 1


def test_with_enough_people_there_is_nothing_to_agree_to(wire: Wire) -> None:
    desk = at(a_room(writing=False), wire)
    for _ in range(5):
        desk.stage.stream(wire, Viewer.PARTICIPANT)
    assert "You are few." not in desk.look()
    desk.press("writing", seen="promise")
    assert (desk.phase(), desk.round().set_size) == ("writing", 5)


@pytest.mark.parametrize(
    ("before", "name", "seen"),
    [
        ((), "writing", "promise"),
        (("writing",), "screening", "writing"),
        (("writing", "screening"), "reveal", "screening"),
        (("writing", "screening", "reveal"), "closure", "revealed"),
        (("writing", "screening", "reveal", "closure"), "seal", "closing"),
    ],
)
def test_E2_two_facilitators_who_press_at_once_have_pressed_once(
    wire: Wire, before: tuple[str, ...], name: str, seen: str
) -> None:
    stage = a_room(writing=False)
    bo, chi = at(stage, wire), another(stage, wire)
    for step in before:
        bo.press(step, small_is_agreed="on")
    assert bo.phase() == seen
    bo.press(name, seen=seen, small_is_agreed="on")
    after, done = bo.phase(), Entry.objects.filter(act__startswith="round.").count()
    assert MOVED_ON not in chi.press(name, seen=seen, small_is_agreed="on")
    assert chi.phase() == after != seen
    assert Entry.objects.filter(act__startswith="round.").count() == done


def test_E2_a_button_of_an_older_page_does_not_turn_back_what_somebody_else_did(wire: Wire) -> None:
    stage = a_room(writing=False)
    bo, chi = at(stage, wire), another(stage, wire)
    bo.press("writing", seen="promise", small_is_agreed="on")
    bo.press("screening", seen="writing")
    assert MOVED_ON in chi.press("writing", seen="promise", small_is_agreed="on")  # would let them write again
    assert chi.phase() == "screening"
    assert MOVED_ON not in chi.press("writing", seen="screening")  # meant so
    assert chi.phase() == "writing"


@pytest.mark.parametrize("name", ["screening", "reveal", "closure", "seal", "closure_undoing", "finish", "acceptance"])
def test_a_step_out_of_turn_is_refused_kindly_and_changes_nothing(wire: Wire, name: str) -> None:
    desk = at(a_room(writing=False), wire)
    assert MOVED_ON in desk.press(name)
    assert desk.phase() == "promise"


def test_E2_whoever_opens_the_desk_has_it(wire: Wire) -> None:
    stage = a_room()
    chi = another(stage, wire)
    assert "Pens down: look through the notes" in chi.look()
    chi.press("screening", seen="writing")
    assert at(stage, wire).phase() == "screening"


def test_a_talk_is_started_and_finished(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    assert "An activity is still open." in desk.press("rounds", item=stage.talk.pk)
    desk.press("closure")
    desk.press("seal")
    assert "This activity is over" in desk.press("rounds", item=stage.talk.pk)
    assert "Everything in the plan was held." in desk.press("finish", seen="talking")
    assert MOVED_ON not in desk.press("finish", seen="talking")


def test_an_activity_of_another_plan_cannot_be_started(wire: Wire) -> None:
    stage = a_room(writing=False)
    other = PlanItem.objects.create(
        gathering=type(stage.gathering).objects.create(
            programme=stage.gathering.programme, section=1, title="Why",
            starts_at=stage.gathering.starts_at, ends_at=stage.gathering.ends_at,
        ),
        position=1, title="Theirs", minutes=5, kind="talk", mode="spoken",
    )  # fmt: skip
    desk = at(stage, wire)
    assert "This activity is no longer in the plan." in desk.press("rounds", item=other.pk)
    assert stage.room.rounds.count() == 1


def test_the_session_ends_and_the_code_with_it(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    assert "An activity is still open." in desk.press("ending")
    desk.press("closure")
    desk.press("seal")
    assert "The session is over." in desk.press("ending")
    assert "The session is over." in desk.press("ending")  # twice is the same
    assert wire.get(f"/r/{stage.room.code}/").status == 410
    assert "This session has ended." in desk.wall()


def test_a_session_without_a_plan_cannot_be_opened(wire: Wire) -> None:
    bo, gathering, *_ = a_gathering()
    gathering.plan.all().delete()
    desk = Desk(Stage(bo, gathering, PlanItem(), PlanItem(), Room(), Round()), wire, bo)
    desk.client.post(reverse("gatherings.opening", kwargs={"gathering_id": gathering.pk}))
    assert "This session has no activities yet." in desk.look()
    assert gathering.rooms.count() == 0


def test_opened_twice_is_one_room(wire: Wire) -> None:
    stage = a_room(writing=False)
    another(stage, wire).client.post(reverse("gatherings.opening", kwargs={"gathering_id": stage.gathering.pk}))
    assert stage.gathering.rooms.get().code == stage.room.code


def test_the_desk_says_roughly_how_much_is_written_never_exactly(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    assert "fewer than five notes" in desk.look()
    for n in range(7):
        stage.phone(wire).write(f"note {n}")
    wire.settle(0.05)
    assert "5 or more notes" in desk.look()


def test_the_run_sheet_says_what_is_done_what_is_now_and_what_comes(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    assert 'data-state="now" aria-current="step"' in desk.look()
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk, by=stage.bo)
    page = desk.look()
    assert page.count('data-state="done"') == page.count('data-state="ahead"') == 1
    assert "0 shown, 0 held, 0 not looked at." in page


def test_a_longer_plan_asks_the_database_no_more_often(wire: Wire) -> None:
    stage = a_room()
    desk = at(stage, wire)
    desk.look()
    with CaptureQueriesContext(connection) as short:
        desk.look()
    for position in range(3, 9):
        PlanItem.objects.create(
            gathering=stage.gathering, position=position, title="More", minutes=5, kind="talk", mode="spoken"
        )
    with CaptureQueriesContext(connection) as long:
        assert desk.look().count("More</h3>") == 6
    assert len(long) == len(short) < 25


def test_what_is_pressed_next_is_answered_from_the_room_as_it_is_now(wire: Wire) -> None:
    stage = a_room()
    stage.phone(wire).write("No time to plan together")
    wire.loop.call_soon_threadsafe(time.sleep, 0.3)  # a busy server: the screens hear of it late
    actions.stop_writing(stage.round, by=stage.bo)
    assert actions.accept_all(stage.round, by=stage.bo) == 1


def test_E2_two_desks_that_start_an_activity_in_the_same_moment_start_it_once(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = a_room()
    actions.close_round(stage.round, by=stage.bo)
    actions.seal_round(stage.round.pk)
    talk = stage.talk
    both, keys = threading.Barrier(2), list[int]()

    def together() -> int:  # both have asked what is on the screens, and neither has written
        if not both.broken:
            both.wait(10)
        return random_key()

    monkeypatch.setattr(rounds, "random_key", together)

    def press() -> None:
        try:
            keys.append(actions.start_round(stage.room, item=talk, by=stage.bo).pk)
        finally:
            connections.close_all()

    desks = [threading.Thread(target=press) for _ in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(20)
    assert len(keys) == 2
    assert set(keys) == {stage.room.rounds.get(plan_item=talk).pk}
    assert Entry.objects.filter(act="round.started", on=keys[0]).count() == 1
    both.abort()
    assert actions.start_round(stage.room, item=talk, by=stage.bo).pk == keys[0]  # and a third press, later
    actions.finish_talk(Round.objects.get(pk=keys[0]), by=stage.bo)
    again = actions.start_round(stage.room, item=talk, by=stage.bo)  # what is over can be held once more
    assert again.pk != keys[0]
