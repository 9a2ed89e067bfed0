"""Priorities at the desk and on the wall: set up, withheld, shown, taken forward, looked at again (D7.1, B4, E3)."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdfast.gatherings import actions
from holdfast.gatherings.models import Round
from holdfast.voices import intake
from tests.gatherings.choosing import a_leader, choosing, chosen
from tests.gatherings.desks import Desk
from tests.gatherings.driving import act, another_desk, named
from tests.gatherings.rooms import Stage
from tests.gatherings.test_ballots_on_the_wire import Voter
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
TEXTS = ("finish", "same room", "no question", "aides", "mail", "five minutes", "greet")


def in_order(page: str) -> list[str]:
    return re.findall(r'class="placing__text"[^>]*>([^<]*)<', page)


def pressed(page: str, button: str) -> bool:
    found = re.search(rf'<button[^>]*id="{button}"[^>]*aria-pressed="(true|false)"', page)
    assert found, button
    return found[1] == "true"


def test_D7_1_the_facilitator_sets_manner_and_budget_before_it_begins_and_not_afterwards(wire: Wire) -> None:
    stage, _, _ = choosing(wire, *TEXTS, begun=False)
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert "Each member of staff gives 2 dots, at most one to an item." in page
    assert pressed(page, "manner-dots")
    assert "gives 3 dots" in desk.press("setup", budget=3)
    assert "gives 6 dots" in desk.press("setup", budget=99)  # never as many as there are items
    page = desk.press("setup", manner="rating")
    assert pressed(page, "manner-rating")
    assert "Each member of staff rates every item" in page
    assert 'id="budget"' not in page
    assert "This could not be read." in desk.press("setup", budget="many")
    assert "This could not be read." in desk.press("setup", manner="cards")
    assert "too few items to choose among" in desk.press("setup", among="forward")
    desk.press("writing", seen="promise", small_is_agreed="on")
    assert "This activity has already moved on." in desk.press("setup", manner="dots")
    assert desk.round().setup["manner"] == "rating"


def test_E3_before_the_seal_neither_desk_nor_wall_knows_what_was_chosen(wire: Wire) -> None:
    stage, found, (one, *_) = choosing(wire, *TEXTS)
    desk = Desk(stage, wire, stage.bo)
    empty, wall = desk.look(), desk.wall()
    for _ in range(4):
        assert Voter(wire, stage, found).choose({one: "dot"}).status == 201
    wire.settle(0.05)
    changes = ('name="csrfmiddlewaretoken" value="[^"]*"', 'data-ticket="[^"]*"', "X-CSRFToken[^}]*")
    token = re.compile("|".join((*changes, r'value="\d+" max', r"\d\d:\d\d")))
    assert token.sub("", desk.look()) == token.sub("", empty)
    assert token.sub("", desk.wall()) == token.sub("", wall)
    assert "finish" not in wall  # the items are on the phones; each has its own order
    assert "2 dots for each of us" in wall


def test_D7_1_dots_stand_as_bars_the_most_first_with_the_same_numbers_in_a_table(wire: Wire) -> None:
    stage, found, ids = choosing(wire, *TEXTS)
    ballots = [{ids[3]: "dot", ids[n % 3]: "dot"} for n in range(6)]
    chosen(wire, stage, found, *ballots)
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert in_order(page)[0] == "aides"
    assert page.count("<svg") >= len(TEXTS)
    assert 'width="100.0"' in page
    assert "style=" not in page
    row = page[page.index('<th scope="row" dir="auto">aides') :]
    assert re.findall(r"<td data-number>(\d+)</td>", row)[:2] == ["1", "6"]
    wall = desk.wall()
    assert "<b>6</b> dots" in wall
    assert wall.index("aides") < wall.index("finish")


def test_D7_1_ratings_stand_with_the_contested_first_with_mean_and_spread(wire: Wire) -> None:
    stage, found, (one, two) = choosing(wire, "finish", "mail", manner="rating")
    chosen(wire, stage, found, *({one: "4", two: word} for word in ("5", "5", "1", "1", "none")))
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert in_order(page) == ["mail", "finish"]
    assert "you differ" in page
    row = page[page.index('<th scope="row" dir="auto">mail') :]
    assert re.findall(r"<td data-number>([\d.]+)</td>", row)[:9] == ["2", "2", "0", "0", "0", "2", "1", "3.0", "2.0"]
    assert "mean <b>3.0</b>" in desk.wall()


def test_E3_of_a_room_of_four_nothing_is_shown_and_the_group_decides_aloud(wire: Wire) -> None:
    stage, found, ids = choosing(wire, "finish", "mail", "greet", manner="rating")
    chosen(wire, stage, found, *({ids[2]: "5"} for _ in range(4)))
    desk = Desk(stage, wire, stage.bo)
    page = desk.look() + desk.wall()
    assert in_order(desk.look()) == ["finish", "mail", "greet"]  # the group's own order tells nothing
    assert '<svg class="spread"' not in page
    assert "Too few people answered to show numbers." in page
    assert "Some items are quiet" not in page
    assert act(desk, "driver_forward", named(stage, "greet"), forward="on")[0] == 302
    assert "→ goes forward" in desk.wall()


def test_D7_1_what_goes_forward_is_confirmed_taken_back_and_offered_to_what_follows(wire: Wire) -> None:
    stage, found, ids = choosing(wire, *TEXTS)
    chosen(wire, stage, found, *({ids[0]: "dot"} for _ in range(5)))
    desk = Desk(stage, wire, stage.bo)
    assert "Nothing goes forward yet." in desk.look()
    for text in TEXTS[:3]:
        act(desk, "driver_forward", named(stage, text), forward="on")
    page = act(desk, "driver_forward", named(stage, TEXTS[0]), forward="on")[1]  # pressed twice
    assert "3 items go forward." in page
    assert "2 items go forward." in act(another_desk(stage, wire), "driver_forward", named(stage, TEXTS[0]))[1]
    page = desk.press("again", manner="pairs", among="forward")
    assert "compares one pair." in page
    assert pressed(page, "among-forward")
    assert "All 7" in page
    assert "7 items" in desk.press("setup", among="all")


def test_D7_1_the_desk_offers_a_second_look_at_quiet_items(wire: Wire) -> None:
    stage, found, ids = choosing(wire, *TEXTS)
    chosen(wire, stage, found, *({ids[0]: "dot", ids[1]: "dot"} for _ in range(6)))
    desk = Desk(stage, wire, stage.bo)
    assert "5 items got few dots." in desk.look()
    page = desk.press("again", manner="rating", among="quiet")
    assert "It is about 5 items." in page
    assert pressed(page, "manner-rating")
    assert stage.room.rounds.filter(kind="prioritise").count() == 2


def test_B4_what_leaders_say_is_noted_by_name_after_the_group_and_stands_beside_it(wire: Wire) -> None:
    stage, found, (one, two) = choosing(wire, "finish", "mail", manner="consent")
    leader = a_leader(stage)
    desk = Desk(stage, wire, stage.bo)
    field = f"said-{one}-{leader.pk}"
    assert "moved on" in desk.press("leaders_answers", **{field: "gladly"})
    assert field not in desk.look()
    chosen(wire, stage, found, *({one: "cannot", two: "gladly"} for _ in range(5)))
    assert f'name="{field}"' in desk.look()
    assert "Ana Reyes" not in desk.wall()
    desk.press("leaders_answers", **{field: "talk", f"said-{two}-{leader.pk}": ""})
    assert '<b dir="auto">Ana Reyes:</b> Let us talk first' in desk.wall()
    assert "This could not be read." in desk.press("leaders_answers", **{"said-1-x": "talk"})
    assert "not a choice it has" in desk.press("leaders_answers", **{field: "dot"})


def queries_of(desk: Desk) -> int:
    with CaptureQueriesContext(connection) as seen:
        desk.client.get(reverse("gatherings.desk", kwargs={"gathering_id": desk.stage.gathering.pk}))
    return len(seen)


@pytest.mark.parametrize("texts", [TEXTS[:1], TEXTS[:3]])
def test_the_desk_asks_as_often_about_three_items_as_about_one(wire: Wire, texts: tuple[str, ...]) -> None:
    stage, found, ids = choosing(wire, *texts, manner="consent")
    desk = Desk(stage, wire, stage.bo)
    a_leader(stage)
    chosen(wire, stage, found, *(dict.fromkeys(ids, "gladly") for _ in range(5)))
    desk.press("leaders_answers", **{f"said-{ids[0]}-{a_leader(stage, 'Nia').pk}": "live"})
    assert queries_of(desk) == 27


def plain(wire: Wire, stage: Stage, **fields: str) -> tuple[int, str]:
    path = f"/r/{stage.room.code}/plain/"
    answer = wire.request("POST", path, urlencode(fields).encode()) if fields else wire.get(path)
    return answer.status, " ".join(answer.body.decode().split())


@pytest.mark.parametrize("manner", ["dots", "rating", "consent", "pairs"])
def test_E4_without_a_script_one_chooses_changes_and_reads_the_result(wire: Wire, manner: str) -> None:
    stage, found, _ = choosing(wire, "finish", "mail", "greet", manner=manner)
    _, page = plain(wire, stage)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    names = re.findall(r'<input type="(?:radio|checkbox)" name="(choice-[\d-]+)" value="(\w+)"', page)
    assert len({name for name, _ in names}) == 3
    name, word = names[0]
    status, page = plain(wire, stage, **hidden, act="ballot", **{name: word})
    assert status == 200
    assert re.search(rf'name="{name}" value="{word}"[^>]* checked', page)
    assert "<strong>1 of " in page
    if manner == "dots":
        more = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        status, page = plain(wire, stage, **more, act="ballot", **{n: "dot" for n, _ in names})
        assert (status, "More was given than the 1 each person has here." in page) == (422, True)
    chosen(wire, stage, found, *({name.removeprefix("choice-"): word} for _ in range(4)))
    assert "Here is what the group chose." in plain(wire, stage)[1]
    assert "<table" in plain(wire, stage)[1]


def test_D7_1_a_start_that_was_broken_off_does_not_keep_its_items_when_it_is_set_up_anew(wire: Wire) -> None:
    stage, found, ids = choosing(wire, *TEXTS, begun=False)
    intake.open_round(found.pk, items=[int(one) for one in ids[:3]])  # begun, and the server was gone
    found = actions.begin_writing(found, by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    assert len(found.items) == len(TEXTS)
    chosen(wire, stage, found, {found.items[6]: "dot"}, {found.items[5]: "dot"})
    found.refresh_from_db()
    assert found.phase == Round.Phase.SEALED
