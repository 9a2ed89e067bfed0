"""Priorities read off the wire: who may choose, what is refused, what screens are told before and after (D7.1)."""

from typing import Any

import pytest

from holdfast.gatherings import actions
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.voices.models import Intake, Note, Tally
from holdfast.voices.queries import tallies_of
from tests.gatherings.choosing import a_leader, choosing, chosen, names_of
from tests.gatherings.test_ballots_on_the_wire import Voter, items, seal, start, with_notes
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
MANNERS = ["dots", "rating", "consent", "pairs"]
ONE_BALLOT = {"dots": "dot", "rating": "5", "consent": "cannot", "pairs": "second"}
WORDS = ("dot", '"5"', "cannot", "gladly", "second", "alike")


def test_D7_1_each_person_gives_dots_up_to_the_budget_and_the_server_keeps_it(wire: Wire) -> None:
    stage, found, (one, two, three, four) = choosing(wire, "cover", "plans", "gossip", "lunch", budget=2)
    voters = [Voter(wire, stage, found) for _ in range(6)]
    for voter in voters:
        assert voter.choose({one: "dot", two: "dot"}).status == 201
    third = voters[0].choose({one: "dot", two: "dot", three: "dot"})
    assert (third.status, third.json()["code"]) == (422, "gatherings.over_the_budget")
    assert "More was given than the 2 each person has here." in third.json()["what"]
    assert voters[0].choose({one: "dot", four: "dot"}).status == 200  # a change of mind
    second = Voter(wire, stage, found)
    second.slip["tag"] = voters[1].slip["tag"]  # once more from the same device
    assert second.choose({one: "dot"}).status == 429
    seal(found, stage)
    tallies = tallies_of(found.pk)
    assert tallies is not None
    dots = {str(item): said.get("dot", 0) for item, said in tallies.of.items()}
    assert dots == {one: 6, two: 5, three: 0, four: 1}


@pytest.mark.parametrize("manner", MANNERS)
def test_E3_no_screen_is_told_a_choice_before_the_seal_and_afterwards_all_are_told_the_same(
    wire: Wire, manner: str
) -> None:
    stage, found, _ = choosing(wire, "cover", "plans", "gossip", manner=manner)
    name = names_of(found)[0]
    screens = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    for _ in range(5):
        assert Voter(wire, stage, found).choose({name: ONE_BALLOT[manner]}).status == 201
    wire.settle(0.05)
    for viewer, screen in screens.items():
        before = bytes(screen.body).replace(b'"manner": "dots"', b"").replace(b'"dots"', b"")
        assert not any(word.encode() in before for word in WORDS), viewer
        assert all(row["weight"] is None and row["spread"] is None for row in items(screen))
        assert not screen.notes()
    actions.close_round(found, by=stage.bo)
    wire.settle(0.05)
    assert all(row["weight"] is None for screen in screens.values() for row in items(screen))
    actions.seal_round(found.pk, by=stage.bo)
    wire.settle(0.05)
    told = [items(screen) for screen in screens.values()]
    assert all(rows == told[0] for rows in told)
    assert any(row["weight"] for row in told[0])
    assert not any(screen.notes() for screen in screens.values())


@pytest.mark.parametrize("manner", MANNERS)
def test_E3_of_fewer_than_five_nothing_is_shown_and_no_ballot_is_kept(wire: Wire, manner: str) -> None:
    stage, found, _ = choosing(wire, "cover", "plans", manner=manner)
    wall = stage.stream(wire, Viewer.WALL)
    name = names_of(found)[0]
    for _ in range(4):
        Voter(wire, stage, found).choose({name: ONE_BALLOT[manner]})
    Voter(wire, stage, found).choose({})  # somebody who chose nothing is nobody to hide behind
    assert Intake.objects.filter(round_id=found.pk).count() == 5
    seal(found, stage)
    wire.settle(0.05)
    assert all(row["weight"] is None and row["spread"] is None for row in items(wall))
    assert Tally.objects.filter(round_id=found.pk, choice=ONE_BALLOT[manner], count=4).exists()
    assert not Intake.objects.filter(round_id=found.pk).exists()
    assert not Note.objects.filter(round_id=found.pk).exists()


@pytest.mark.parametrize(("manner", "code"), [("dots", "leaders_do_not_weigh"), ("consent", "leaders_answer_by_name")])
def test_B3_leaders_do_not_choose_and_are_told_why(wire: Wire, manner: str, code: str) -> None:
    stage, found, (one, *_) = choosing(wire, "cover", "plans", manner=manner)
    answer = Voter(wire, stage, found, Viewer.LEADER).choose({one: ONE_BALLOT[manner]})
    assert (answer.status, answer.json()["code"]) == (403, f"gatherings.{code}")
    for viewer in (Viewer.DESK, Viewer.WALL):
        answer = Voter(wire, stage, found, viewer).choose({one: ONE_BALLOT[manner]})
        assert (answer.status, answer.json()["code"]) == (403, "gatherings.ticket_not_valid")
    assert not Intake.objects.filter(round_id=found.pk).exists()
    assert Voter(wire, stage, found).choose({one: ONE_BALLOT[manner]}).status == 201
    leader = stage.stream(wire, Viewer.LEADER)
    wire.settle(0.05)
    state = [data for _, event, data in leader.events() if event == "state"][-1]
    assert state["round"]["may"] == []


@pytest.mark.parametrize(
    "choices", [{"1": "dot"}, {"x": "dot"}, {"ITEM": "gladly"}, {"ITEM": ["dot"]}, {"ITEM": None}, [], "dot", None]
)
def test_what_is_not_on_the_list_is_refused(wire: Wire, choices: Any) -> None:
    stage, found, (one, *_) = choosing(wire, "cover", "plans")
    if isinstance(choices, dict):
        choices = {one if key == "ITEM" else key: value for key, value in choices.items()}
    answer = Voter(wire, stage, found).choose(choices)
    assert (answer.status, answer.json()["code"]) == (422, "gatherings.not_on_the_list")


def test_nobody_chooses_before_the_start_nor_after_the_seal(wire: Wire) -> None:
    stage, found, (one, *_) = choosing(wire, "cover", "plans", begun=False)
    assert Voter(wire, stage, found).choose({one: "dot"}).status == 409
    found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    assert Voter(wire, stage, found).choose({one: "dot"}).status == 201
    seal(found, stage)
    wire.settle(0.05)
    assert Voter(wire, stage, found).choose({one: "dot"}).status == 409


def test_D7_1_a_rating_has_mean_and_spread_and_no_opinion_counts_for_neither(wire: Wire) -> None:
    stage, found, (one, two) = choosing(wire, "cover", "plans", manner="rating")
    wall = stage.stream(wire, Viewer.WALL)
    chosen(wire, stage, found, *({one: n, two: "4"} for n in ("5", "5", "1", "1", "none")))
    rows = {row["id"]: row for row in items(wall)}
    assert rows[one]["weight"] == {
        "rank": 2, "figure": 3.0, "sd": 2.0, "people": 4, "quiet": False, "wins": 0, "of": 0,
    }  # fmt: skip
    assert (rows[one]["contested"], rows[two]["contested"]) == (1.0, 0.0)
    assert rows[one]["spread"] == {"5": 2, "1": 2, "none": 1}


def test_D7_1_pairs_are_counted_against_each_other_and_only_the_result_is_told(wire: Wire) -> None:
    stage, found, (one, two, three) = choosing(wire, "cover", "plans", "gossip", manner="pairs")
    wall = stage.stream(wire, Viewer.WALL)
    ballot = {f"{one}-{two}": "first", f"{one}-{three}": "first", f"{two}-{three}": "second"}
    chosen(wire, stage, found, *([ballot] * 4), {f"{two}-{three}": "alike"})
    weights = {row["id"]: row["weight"] for row in items(wall)}
    assert [(weights[item]["rank"], weights[item]["wins"]) for item in (one, three, two)] == [(1, 2), (2, 1), (3, 0)]
    assert all(row["spread"] is None for row in items(wall))


def test_pairs_hold_eight_and_a_part_is_all_that_one_person_compares(wire: Wire) -> None:
    stage, found, _ = choosing(wire, *(f"item {n}" for n in range(8)), manner="pairs")
    assert found.setup["budget"] == 12
    names = names_of(found)
    assert Voter(wire, stage, found).choose(dict.fromkeys(names[:12], "first")).status == 201
    assert Voter(wire, stage, found).choose(dict.fromkeys(names[:13], "first")).status == 422
    seal(found, stage)
    stage, found, _ = choosing(wire, *(f"item {n}" for n in range(9)), begun=False)
    with pytest.raises(Refused, match="too_many_for_pairs"):
        actions.set_up(found, manner="pairs", by=stage.bo)


def test_B4_leaders_answer_by_name_only_after_the_group_and_only_who_leads_it(wire: Wire) -> None:
    stage, found, (one, two) = choosing(wire, "cover", "plans", manner="consent")
    leader, wall = a_leader(stage), stage.stream(wire, Viewer.WALL)
    with pytest.raises(Refused, match="moved_on"):
        actions.note_answers(found, answers={(int(one), leader.pk): "gladly"}, by=stage.bo)
    chosen(wire, stage, found, *({one: "live", two: "gladly"} for _ in range(5)))
    assert all(row["leaders"] == [] for row in items(wall))
    with pytest.raises(Refused, match="not_on_the_list"):
        actions.note_answers(found, answers={(int(one), stage.bo.pk): "gladly"}, by=stage.bo)
    actions.note_answers(found, answers={(int(one), leader.pk): "talk"}, by=stage.bo)
    wire.settle(0.05)
    assert {row["id"]: row["leaders"] for row in items(wall)} == {one: [["Ana Reyes", "talk"]], two: []}
    assert actions.note_answers(found, answers={(int(one), leader.pk): ""}, by=stage.bo) == 0


def test_D7_1_quiet_items_are_looked_at_once_more_by_themselves(wire: Wire) -> None:
    texts = [f"item {n}" for n in range(6)]
    stage, found, ids = choosing(wire, *texts, budget=2)
    chosen(wire, stage, found, *({ids[0]: "dot", ids[n % 2 + 1]: "dot"} for n in range(6)))
    again = actions.look_again(found, manner="rating", among="quiet", by=stage.bo)
    assert again.items == ids[3:]  # those without a dot
    assert again.setup["manner"] == "rating"
    with pytest.raises(Refused, match="moved_on"):
        actions.look_again(found, manner="rating", among="quiet", by=stage.bo)  # pressed twice
    again = actions.begin_writing(again, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    wall = stage.stream(wire, Viewer.WALL)
    voters: list[dict[str, str]] = [dict.fromkeys(ids[3:], "none") for _ in range(6)]
    for voter in voters[:2]:
        voter[ids[4]] = "5"
    chosen(wire, stage, again, *voters)
    assert {row["id"]: bool(row["weight"] and row["weight"]["quiet"]) for row in items(wall)} == {
        ids[3]: False, ids[4]: True, ids[5]: False,
    }  # fmt: skip


def test_D7_1_what_goes_forward_is_what_the_next_activity_chooses_among(wire: Wire) -> None:
    stage, found, ids = choosing(wire, *(f"item {n}" for n in range(10)), budget=3)
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    chosen(wire, stage, found, *({ids[0]: "dot"} for _ in range(5)))
    for item in ids[:4]:
        actions.take_forward(found, driver_id=int(item), forward=True, by=stage.bo)
    actions.take_forward(found, driver_id=int(ids[3]), forward=False, by=stage.bo)
    wire.settle(0.05)
    assert [row["id"] for row in items(screen) if row["forward"]] == ids[:3]
    again = actions.look_again(found, manner="pairs", among="forward", by=stage.bo)
    assert (again.items, again.setup["budget"]) == (ids[:3], 3)


def test_D7_1_no_screen_is_told_of_dots_where_the_group_rates_this_time(wire: Wire) -> None:
    stage, found, ids = choosing(wire, "cover", "plans", "gossip")
    chosen(wire, stage, found, *({ids[0]: "dot"} for _ in range(5)))
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    again = actions.look_again(found, manner="rating", among="all", by=stage.bo)
    wire.settle(0.1)
    told = [data["round"] for _, event, data in screen.events() if event == "state"]
    assert {one["setup"]["manner"] for one in told if one["id"] == str(again.pk)} == {"rating"}
    assert {one["setup"]["manner"] for one in told if one["id"] == str(found.pk)} == {"dots"}


def test_E4_priorities_on_a_table_or_without_a_list_are_held_as_a_talk(wire: Wire) -> None:
    stage = with_notes(wire)
    found = start(stage, "prioritise")
    assert (found.mode, found.phase) == ("spoken", "talking")
    actions.finish_talk(found, by=stage.bo)
    stage, found, _ = choosing(wire, "cover", "plans", begun=False)
    found.plan_item.mode = "spoken"  # type: ignore[union-attr]
    held = actions.start_round(stage.room, item=found.plan_item, by=stage.bo)  # type: ignore[arg-type]
    assert (held.phase, held.items, held.setup) == ("talking", [], {})


def test_the_state_says_how_people_choose_and_the_items_say_nothing_yet(wire: Wire) -> None:
    stage, _, _ = choosing(wire, "cover", "plans", "gossip", manner="rating")
    screen = stage.stream(wire, Viewer.PARTICIPANT)
    state = [data for _, event, data in screen.events() if event == "state"][-1]
    assert state["round"]["setup"] == {"manner": "rating", "budget": 0, "among": "all"}
    nothing: dict[str, Any] = {
        "spread": None,
        "contested": None,
        "agreed": None,
        "weight": None,
        "forward": False,
        "leaders": [],
    }
    assert all(row.items() >= nothing.items() for row in items(screen))
