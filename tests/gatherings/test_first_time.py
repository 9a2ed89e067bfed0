"""What stopped somebody who held sessions 1, 4, 7 and 10 for the first time, and does not any more (D7.1, E4, E7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.curriculum.pack import RUNS_NOW, ActivityMode, Kind
from holdfast.gatherings import actions
from holdfast.gatherings.actions import holding
from holdfast.gatherings.kinds import kind_of, talk
from holdfast.gatherings.models import Driver, Round, Worry
from holdfast.gatherings.queries import round_view
from holdfast.people.models import Site
from holdfast.programmes.models import Gathering, Mode, PlanItem
from holdfast.voices.admission import Viewer
from tests.gatherings.choosing import choosing
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.gatherings.test_desk_flow import press
from tests.gatherings.test_say_more import id_of
from tests.moments import at
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


def in_the_plan(stage: Stage, kind: str, mode: Mode, key: str = "") -> PlanItem:
    return PlanItem.objects.create(
        gathering=stage.gathering, position=9, title=kind, minutes=5, kind=kind, mode=mode, activity_key=key
    )


def test_D7_1_what_is_chosen_among_stands_under_the_words_it_was_gathered_under(wire: Wire) -> None:
    _, found, _ = choosing(wire, "We ask before we help", "We begin on time")
    gathered = Round.objects.get(kind="gather")
    gathered.columns = [{"key": "we-do", "label": "What we do", "hint": "", "tone": "restores"}]
    gathered.save(update_fields=["columns"])
    Driver.objects.update(column="we-do", tone="restores")
    assert found.columns == []
    assert [column["label"] for column in round_view(found).columns] == ["What we do"]


def test_D7_1_what_the_group_took_forward_stands_beside_the_box_in_which_it_is_worded(wire: Wire) -> None:
    stage = a_room(writing=False)
    for words, forward in (("We begin on time", True), ("We greet everybody", False)):
        Driver.objects.create(
            gathering=stage.gathering, wording=words, column="drains", tone="restores", position=1, forward=forward
        )
    actions.start_round(stage.room, item=in_the_plan(stage, "form", Mode.SCRIBE, "word-the-agreements"), by=stage.bo)
    page = Desk(stage, wire, stage.bo).look()
    assert "You took forward" in page
    assert "We begin on time" in page
    assert "We greet everybody" not in page
    assert "How we may remind each other" in page


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("mode", ActivityMode)
def test_E4_the_plan_says_of_an_activity_that_it_is_held_on_paper_only_if_the_room_has_no_page_for_it(
    kind: Kind, mode: ActivityMode
) -> None:
    runs = kind_of(kind, mode) is not talk or mode == "spoken"
    assert runs or mode not in RUNS_NOW.get(kind, frozenset())
    assert kind != "prioritise" or (mode in RUNS_NOW[kind]) == (mode == "unnamed")


def test_E4_what_is_looked_at_alone_is_not_called_spoken(wire: Wire) -> None:
    stage = a_room(writing=False)
    assert in_the_plan(stage, "reflect", Mode.SPOKEN).way == "Each for oneself, in silence"
    assert stage.talk.way == "Spoken, phones face-down"


def test_E7_a_note_that_worries_is_held_on_the_day_it_is_where_the_group_meets(wire: Wire) -> None:
    stage = a_room()
    Site.objects.update(time_zone="America/Chicago")
    assert stage.phone(wire).write("I do not want to be here any more.").status == 201
    desk = stage.stream(wire, Viewer.DESK)
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    with at(datetime(2026, 11, 26, 2, 0, tzinfo=UTC)):  # eight in the evening there
        note = id_of(desk, "I do not want to be here any more.")
        holding.hold_and_tell(stage.round, public_ids=[note], reason="danger", by=stage.bo)
        worry = Worry.objects.get()
        assert worry.held_on == date(2026, 11, 25)
        assert (
            holding.follow_steps(worry, steps=[], offer="", debriefed=True, by=stage.bo).debriefed_on == worry.held_on
        )


def test_E4_closing_is_offered_once_where_it_is_the_next_step(wire: Wire) -> None:
    stage, _, _ = choosing(wire, "We ask before we help", "We begin on time")
    page = Desk(stage, wire, stage.bo).look()
    assert "Close this activity" in page
    assert "Close it early" not in page


def test_E4_the_desk_does_not_call_held_what_was_left_out_and_says_what_comes_next(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    desk.press("closure", seen="writing")
    desk.press("seal", seen="closing")
    page = press(desk, "skipping", item=stage.talk.pk)
    assert "You are through the plan. One activity was left out." in page
    assert "Everything in the plan was held." not in page
    actions.end_room(stage.room, by=stage.bo)
    page = desk.look()
    assert "No session after this one has a date yet." in page
    then = timezone.now() + timedelta(days=14)
    after = Gathering.objects.create(
        programme=stage.gathering.programme, section=5, title="Five", starts_at=then, ends_at=then + timedelta(hours=1)
    )
    page = desk.look()
    assert "You meet again:" in page
    assert reverse("programmes.gathering", kwargs={"gathering_id": after.pk}) in page
    assert reverse("programmes.components", kwargs={"programme_id": after.programme_id}) in page
