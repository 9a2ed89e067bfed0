"""Everything stands in one place at a time: a later sort offers what has none; taking back comes first (D4.1)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.gatherings import actions
from holdfast.gatherings.models import Driver
from holdfast.refusals import Refused
from holdfast.report_back import actions as answers
from holdfast.report_back.models import LetGoItem, OursItem
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.driving import act, asked_about, named, sorted_by, with_drivers
from tests.gatherings.rooms import Stage
from tests.gatherings.test_ballots_on_the_wire import start, with_notes
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
DUE = timezone.localdate() + timedelta(days=21)
ONE_PLACE = "everything stands in one place at a time"
WORDS = ("habits", "cover", "weather", "forms")


@pytest.fixture
def desk(wire: Wire) -> Desk:
    """A desk whose sort is closed, with one item for each place and one without any."""
    stage = with_notes(wire)
    with_drivers(stage, *WORDS)
    sorted_by(wire, stage)
    desk = Desk(stage, wire, stage.bo)
    for wording, place in zip(WORDS, ("ours", "leadership", "nobody"), strict=False):
        act(desk, "driver_place", named(stage, wording), place=place)
    return desk


def on_the_lists(stage: Stage) -> tuple[OursItem, LetGoItem]:
    """Put what is ours on the group's list, and let go what nobody controls."""
    programme = stage.gathering.programme
    [ours] = answers.put_on_our_list(programme, driver_ids=[named(stage, "habits").pk], by=stage.bo)
    [let_go] = answers.let_go(programme, driver_ids=[named(stage, "weather").pk], by=stage.bo)
    return ours, let_go


def test_D4_1_a_later_sort_offers_only_what_has_no_place(desk: Desk) -> None:
    stage = desk.stage
    again = sorted_by(desk.wire, stage)
    assert again.items == [str(named(stage, "forms").pk)]
    act(desk, "driver_place", named(stage, "forms"), place="nobody")
    with pytest.raises(Refused, match="all_have_a_place"):
        start(stage, "sort")

    page = desk.client.get(reverse("report_back.hand_over", kwargs={"gathering_id": stage.gathering.pk}))
    assert "Take its place back" in page.content.decode()
    where = {"gathering_id": stage.gathering.pk, "driver_id": named(stage, "cover").pk}
    for _press in range(2):
        desk.client.post(reverse("report_back.place_return", kwargs=where))
    assert sorted_by(desk.wire, stage).items == [str(named(stage, "cover").pk)]


def test_D4_1_what_stands_on_a_list_is_not_placed_anew_until_it_is_taken_off(desk: Desk) -> None:
    stage = desk.stage
    ours, let_go = on_the_lists(stage)
    for wording in ("habits", "weather"):
        assert ONE_PLACE in act(desk, "driver_place", named(stage, wording), place="leadership")[1], wording
        assert act(desk, "driver_cut", named(stage, wording), ours="we", theirs="they")[0] == 409
    assert {d.wording for d in Driver.objects.filter(place="leadership")} == {"cover"}
    assert "It stands on the group’s list." in desk.look()

    desk.client.post(reverse("report_back.ours_return", kwargs={"item_id": ours.pk}))
    desk.client.post(reverse("report_back.let_go_return", kwargs={"item_id": let_go.pk}))
    assert set(sorted_by(desk.wire, stage).items) == {str(named(stage, w).pk) for w in ("habits", "weather", "forms")}
    for wording in ("habits", "weather"):
        act(desk, "driver_place", named(stage, wording), place="leadership")
    asked_about(desk.wire, stage, *({"habits": "yes", "weather": "yes", "cover": "yes"} for _ in range(5)))
    drivers = [named(stage, wording).pk for wording in ("habits", "weather", "cover")]
    assert len(answers.hand_over(stage.gathering, driver_ids=drivers, due_on=DUE, by=stage.bo)) == 3
    programme = stage.gathering.programme
    assert answers.put_on_our_list(programme, driver_ids=drivers, by=stage.bo) == []
    assert answers.let_go(programme, driver_ids=drivers, by=stage.bo) == []
    assert not OursItem.objects.exists()
    assert not LetGoItem.objects.filter(taken_back_on__isnull=True).exists()


def test_D4_1_each_part_of_what_was_cut_has_a_place_of_its_own(desk: Desk) -> None:
    stage = desk.stage
    act(desk, "driver_cut", named(stage, "forms"), ours="we fill them in late", theirs="there are too many")
    assert {named(stage, "we fill them in late").place, named(stage, "there are too many").place} == {
        "ours", "leadership",
    }  # fmt: skip
    ours, theirs = named(stage, "we fill them in late"), named(stage, "there are too many")
    answers.put_on_our_list(stage.gathering.programme, driver_ids=[ours.pk], by=stage.bo)
    assert ONE_PLACE not in act(desk, "driver_place", theirs, place="nobody")[1]  # the other is free
    assert ONE_PLACE in act(desk, "driver_place", ours, place="nobody")[1]


def test_D4_1_taken_up_again_and_let_go_once_more_it_is_on_the_list_once(desk: Desk) -> None:
    stage = desk.stage
    _ours, let_go = on_the_lists(stage)
    for _time in range(2):
        answers.take_back(let_go, by=stage.bo)
        assert named(stage, "weather").place == ""
        answers.let_go(stage.gathering.programme, driver_ids=[named(stage, "weather").pk], by=stage.bo)
        assert named(stage, "weather").place == "nobody"
    assert LetGoItem.objects.get().taken_back_on is None


def test_D4_1_a_step_is_not_undone_once_what_it_placed_stands_on_a_list(desk: Desk) -> None:
    stage = desk.stage
    with_drivers(stage, "noise")
    found = sorted_by(desk.wire, stage)
    act(desk, "driver_place", named(stage, "noise"), place="ours")
    answers.put_on_our_list(stage.gathering.programme, driver_ids=[named(stage, "noise").pk], by=stage.bo)
    with pytest.raises(Refused, match="stands_on_a_list"):
        actions.undo_step(found, by=stage.bo)
    assert named(stage, "noise").place == "ours"


def test_D4_2_one_yes_is_not_the_word_of_a_group(desk: Desk) -> None:
    stage = desk.stage
    asked_about(desk.wire, stage, {"cover": "yes"}, {})
    assert not named(stage, "cover").agreed
    asked_about(desk.wire, stage, *({"cover": "yes"} for _ in range(3)), {}, {}, {})
    assert named(stage, "cover").agreed  # three of six, and nobody against it


def test_E3_more_choices_than_people_are_pointed_out_without_a_number_or_a_name(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    desk = Desk(stage, wire, stage.bo)
    for _phone in range(3):
        stage.stream(wire, Viewer.PARTICIPANT)
    wire.settle(0.05)
    said = "More choices came in than people were here when it began."
    for ballots, there in ((3, False), (4, True)):
        found = sorted_by(wire, stage, *({"cover": "ours"} for _ in range(ballots)))
        assert found.set_size == 3
        assert (said in desk.look()) is there
