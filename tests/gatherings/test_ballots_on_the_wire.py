"""Condense, sort and agree, read off the wire: who may choose, who is told what, and what is left (D4.1, D4.2, E3)."""

import secrets
from typing import Any

import pytest

from holdfast.gatherings import actions
from holdfast.gatherings.models import Driver, Round
from holdfast.programmes.models import Mode, PlanItem
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note, Tally
from holdfast.voices.queries import tallies_of
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Answer, Stream, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])


class Voter:
    """A device that chooses, as the protocol describes it."""

    def __init__(self, wire: Wire, stage: Stage, found: Round, viewer: Viewer = Viewer.PARTICIPANT) -> None:
        self.wire, self.stage = wire, stage
        self.slip: dict[str, Any] = {
            "ticket": stage.phone(wire, viewer).ticket,
            "round": str(found.pk),
            "id": str(secrets.randbits(62) + 1),
            "secret": secrets.token_hex(16),
            "tag": secrets.token_hex(16),
            "rev": 0,
        }

    def choose(self, choices: dict[str, str], **changes: Any) -> Answer:
        """Hand in or change the ballot."""
        self.slip["rev"] += 1
        return self.wire.post(f"/r/{self.stage.room.code}/ballots/", {**self.slip, "choices": choices, **changes})

    def doubt(self, item: str) -> Answer:
        """Press "this no longer says what was meant"."""
        fields = {**self.slip, "rev": 1, "id": str(secrets.randbits(62) + 1), "item": item}
        return self.wire.post(f"/r/{self.stage.room.code}/doubts/", fields)


def start(stage: Stage, kind: str) -> Round:
    """Start an activity of this kind after the one before is sealed."""
    position = stage.gathering.plan.count() + 1
    item = PlanItem.objects.create(
        gathering=stage.gathering, position=position, title=kind, minutes=10, kind=kind, mode=Mode.UNNAMED
    )
    return actions.start_round(stage.room, item=item, by=stage.bo)


def with_notes(wire: Wire, *texts: str) -> Stage:
    """Return a room whose notes are sealed and shown."""
    stage = a_room()
    for text in texts:
        assert stage.phone(wire).write(text).status == 201
    actions.stop_writing(stage.round, by=stage.bo)
    wire.settle(0.05)
    actions.accept_all(stage.round, by=stage.bo)
    actions.reveal(stage.round, by=stage.bo)
    seal(stage.round, stage)
    return stage


def seal(found: Round, stage: Stage) -> None:
    """Close and seal a round."""
    actions.close_round(found, by=stage.bo)
    actions.seal_round(found.pk, by=stage.bo)


def items(stream: Stream) -> list[dict[str, Any]]:
    """Return the newest list of items on a screen."""
    found: list[dict[str, Any]] = [data["items"] for _, event, data in stream.events() if event == "items"][-1]
    return found


def sorting(wire: Wire, *texts: str) -> tuple[Stage, Round, list[str]]:
    """Return a room that is sorting, and the ids of its items."""
    stage = with_notes(wire, *texts)
    found = actions.begin_writing(start(stage, "sort"), by=stage.bo, small_is_agreed=True)
    return stage, found, list(found.items)


def test_D4_1_every_shown_note_becomes_a_driver_and_likes_are_brought_together(wire: Wire) -> None:
    stage = with_notes(wire, "no cover", "cover with no notice", "late plans")
    found = start(stage, "condense")
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    assert {row["wording"] for row in items(screen)} == {"no cover", "cover with no notice", "late plans"}
    likes = [int(row["id"]) for row in items(screen) if "cover" in row["wording"]]
    merged = actions.bring_together(found, driver_ids=likes, wording="", by=stage.bo)
    wire.settle(0.05)
    assert {(row["wording"], row["sources"]) for row in items(screen)} == {("no cover", 2), ("late plans", 1)}
    assert len(merged.sources) == 2
    assert actions.undo_step(found, by=stage.bo)
    wire.settle(0.05)
    assert len(items(screen)) == 3


def test_E3_doubts_reach_the_desk_only_when_it_asks_and_nobody_else_ever(wire: Wire) -> None:
    stage = with_notes(wire, "no cover", "late plans", "lunch")
    found = start(stage, "condense")
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    item = items(screens[Viewer.DESK])[0]["id"]
    assert Voter(wire, stage, found).doubt(item).status == 201
    wire.settle(0.05)
    assert not any(screen.notes() for screen in screens.values())
    actions.look_at_doubts(found, by=stage.bo)
    wire.settle(0.05)
    assert [row[1:3] for row in screens[Viewer.DESK].notes().values()] == [["doubt", item]]
    for viewer in (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL):
        assert not screens[viewer].notes()
    leader = Voter(wire, stage, found, Viewer.LEADER).doubt(item)
    assert (leader.status, leader.json()["code"]) == (403, "gatherings.leaders_do_not_choose")
    seal(found, stage)


def test_D4_1_each_person_sorts_once_and_may_change_their_mind_until_the_close(wire: Wire) -> None:
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    voters = [Voter(wire, stage, found) for _ in range(6)]
    for voter in voters:
        assert voter.choose({one: "ours", two: "leadership"}).status == 201
    assert voters[0].choose({one: "nobody"}).status == 200
    second = Voter(wire, stage, found)
    second.slip["tag"] = voters[1].slip["tag"]  # a second ballot from the same device
    assert second.choose({one: "ours"}).status == 429
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    assert (tallies.ballots, tallies.of) == (6, {int(one): {"ours": 5, "nobody": 1}, int(two): {"leadership": 5}})


def test_D4_1_leaders_do_not_sort_what_staff_wrote(wire: Wire) -> None:
    stage, found, (one, *_) = sorting(wire, "no cover", "late plans")
    for viewer, code in (
        (Viewer.LEADER, "leaders_do_not_choose"),
        (Viewer.DESK, "ticket_not_valid"),
        (Viewer.WALL, "ticket_not_valid"),
    ):
        answer = Voter(wire, stage, found, viewer).choose({one: "ours"})
        assert (answer.status, answer.json()["code"]) == (403, f"gatherings.{code}")
    assert Voter(wire, stage, found).choose({one: "ours"}).status == 201


@pytest.mark.parametrize(
    "choices", [{"1": "ours"}, {"x": "ours"}, {"ITEM": "yes"}, {"ITEM": ["ours"]}, [], "ours", None]
)
def test_a_choice_that_is_not_on_the_list_is_refused(wire: Wire, choices: Any) -> None:
    stage, found, (one, *_) = sorting(wire, "no cover", "late plans")
    if isinstance(choices, dict):
        choices = {one if key == "ITEM" else key: value for key, value in choices.items()}
    answer = Voter(wire, stage, found).choose(choices)
    assert (answer.status, answer.json()["code"]) == (422, "gatherings.not_on_the_list")


def test_E3_no_screen_is_told_a_choice_before_the_seal_nor_a_spread_of_few(wire: Wire) -> None:
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for _ in range(4):
        Voter(wire, stage, found).choose({one: "ours", two: "leadership"})
    wire.settle(0.05)
    for screen in screens.values():
        assert b'"ours"' not in screen.body
        assert all(row["spread"] is None and row["contested"] is None for row in items(screen))
    seal(found, stage)
    wire.settle(0.05)
    assert all(row["spread"] is None for row in items(screens[Viewer.WALL]))  # four are too few
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    wall = stage.stream(wire, Viewer.WALL)
    for n in range(5):
        Voter(wire, stage, found).choose({one: "ours" if n else "nobody", two: "leadership"})
    seal(found, stage)
    wire.settle(0.05)
    spread = {row["id"]: row["spread"] for row in items(wall)}
    assert spread == {one: {"ours": 4, "nobody": 1}, two: {"leadership": 5}}


def test_E3_after_the_seal_no_ballot_is_kept_anywhere(wire: Wire) -> None:
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    Voter(wire, stage, found).choose({one: "ours", two: "nobody"})
    assert Intake.objects.filter(round_id=found.pk).count() == 1  # there was something to keep
    seal(found, stage)
    assert not Intake.objects.filter(round_id=found.pk).exists()
    assert not Note.objects.filter(round_id=found.pk).exists()
    assert Tally.objects.filter(round_id=found.pk).count() == 2


def test_D4_2_a_wording_is_agreed_when_nobody_says_no_and_the_count_is_told_to_nobody(wire: Wire) -> None:
    stage, found, (one, two) = sorting(wire, "no cover", "late plans")
    seal(found, stage)
    for item in (one, two):
        actions.place(found, driver_id=int(item), to="leadership", by=stage.bo)
    asked = actions.begin_writing(start(stage, "agree"), by=stage.bo, small_is_agreed=True)
    desk = stage.stream(wire, Viewer.DESK)
    for n in range(5):
        Voter(wire, stage, asked).choose({one: "yes", two: "reword" if n == 0 else "yes"})
    seal(asked, stage)
    wire.settle(0.05)
    assert {row["id"]: (row["agreed"], row["spread"]) for row in items(desk)} == {one: (True, None), two: (False, None)}
    assert Driver.objects.get(pk=int(one)).agreed
    actions.reword(asked, driver_id=int(one), wording="cover, known a day before", by=stage.bo)
    assert not Driver.objects.get(pk=int(one)).agreed  # the group has not read this wording


def test_D4_1_an_item_is_cut_into_our_part_and_their_part(wire: Wire) -> None:
    stage, found, (one, *_) = sorting(wire, "no cover", "late plans")
    seal(found, stage)
    ours, theirs = actions.cut(
        found, driver_id=int(one), ours="we say it early", theirs="a list of covers", by=stage.bo
    )
    assert (ours.place, theirs.place) == ("ours", "leadership")
    assert ours.part_of_id == theirs.part_of_id == int(one)
    assert ours.sources == theirs.sources
