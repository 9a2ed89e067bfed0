"""After sorting: spreads with the contested first, confirmed places, items cut in two, agreed wordings (D4.1, D4.2)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.gatherings import actions
from holdfast.gatherings.models import Driver
from holdfast.report_back.actions import hand_over
from holdfast.voices.admission import Viewer
from tests.gatherings.desks import Desk
from tests.gatherings.driving import act, another_desk, asked_about, named, sorted_by, with_drivers, wordings
from tests.gatherings.test_ballots_on_the_wire import Voter, start, with_notes
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
MOVED_ON = "This activity has already moved on."
BALLOTS = [
    {"cover": "leadership", "plans": "ours", "gossip": "ours"},
    {"cover": "leadership", "plans": "leadership", "gossip": "ours"},
    {"cover": "leadership", "plans": "nobody", "gossip": "ours"},
    {"cover": "leadership", "plans": "ours", "gossip": "ours"},
    {"cover": "leadership", "plans": "leadership", "gossip": "nobody"},
]


@pytest.fixture
def desk(wire: Wire) -> Desk:
    """A desk whose group of five has sorted three items that drain; nobody placed the one that restores."""
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans", "gossip")
    with_drivers(stage, "lunch", tone="restores")
    sorted_by(wire, stage, *BALLOTS)
    return Desk(stage, wire, stage.bo)


def in_order(page: str) -> list[str]:
    return re.findall(r'class="placing__text"[^>]*>([^<]*)<', page)


def place(desk: Desk, **places: str) -> str:
    page = ""
    for wording, to in places.items():
        status, page = act(desk, "driver_place", named(desk.stage, wording), place=to)
        assert status == 302
    return page


def test_D4_1_the_contested_come_first_each_with_its_spread_as_picture_and_table(desk: Desk) -> None:
    page = desk.look()
    assert in_order(page) == ["plans", "gossip", "cover", "lunch"]
    assert page.count('<svg class="spread"') == 3
    assert 'x="40.0"' in page  # two of five say ours, and there the next part begins
    assert " style=" not in page
    row = page[page.index('<th scope="row" dir="auto">gossip') :]
    assert re.findall(r"<td data-number>(\d+)</td>", row)[:3] == ["4", "0", "1"]
    assert "Who can protect this?" in page[page.index(">lunch<") :]


def test_D4_1_what_most_chose_is_suggested_and_a_tie_suggests_nothing(desk: Desk) -> None:
    page = desk.look()
    assert page.count("most chose this") == 2  # not for plans, where two and two say different things
    begin = page.index(">gossip<")
    assert "most chose this" in page[begin : begin + 1800]


def test_E3_where_few_placed_an_item_nothing_of_it_is_shown_anywhere(desk: Desk) -> None:
    page = desk.look()
    assert "Too few people placed it to show how many chose what." in page[page.index(">lunch<") :]
    assert "How many chose what is not shown for every item." in page
    row = page[page.index('<th scope="row" dir="auto">lunch') :]
    assert '<td colspan="3">Not shown.</td>' in row[:200]


def test_E3_one_person_of_six_who_placed_an_item_is_not_shown(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "lunch")
    screen = stage.stream(wire, Viewer.DESK)
    sorted_by(wire, stage, {"cover": "ours", "lunch": "nobody"}, *({"cover": "ours"} for _ in range(5)))
    items = [data["items"] for _, event, data in screen.events() if event == "items"][-1]
    assert {row["wording"]: (row["spread"], row["contested"]) for row in items} == {
        "cover": ({"ours": 6}, 0.0), "lunch": (None, None),
    }  # fmt: skip


def test_D4_1_a_group_of_four_goes_through_its_items_aloud(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    sorted_by(wire, stage, *({"cover": "ours", "plans": "leadership"} for _ in range(4)))
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert in_order(page) == ["cover", "plans"]  # the group's own order: another would tell something
    assert '<svg class="spread"' not in page + desk.wall()
    assert "most chose this" not in page
    assert "Read those items aloud and let the group say where they belong." in page
    assert "Everything has its place." in place(desk, cover="ours", plans="leadership")


def test_everybody_contests_everything_and_there_is_a_way_on(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    ballots = [dict.fromkeys(("cover", "plans"), choice) for choice in ("ours", "leadership", "nobody") * 2]
    sorted_by(wire, stage, *ballots)
    desk = Desk(stage, wire, stage.bo)
    page = desk.look()
    assert "most chose this" not in page
    assert "cut the item" in page
    status, page = act(desk, "driver_cut", named(stage, "cover"), ours="we ask early", theirs="a list of covers")
    assert status == 302
    assert set(in_order(page)) == {"we ask early", "a list of covers", "plans"}


def test_nobody_sorted_and_the_places_are_still_the_groups(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover")
    sorted_by(wire, stage)
    desk = Desk(stage, wire, stage.bo)
    assert "1 of 1 wait for a place." in desk.look()
    assert "Everything has its place." in place(desk, cover="nobody")


def test_D4_1_places_are_confirmed_changed_and_taken_back_and_pressing_twice_is_once(desk: Desk) -> None:
    page = place(desk, cover="leadership")
    assert "3 of 4 wait for a place." in page
    place(desk, cover="leadership")
    assert desk.stage.gathering.driver_steps.count() == 1
    assert "→ For leadership" in desk.wall()
    place(desk, cover="ours")
    assert named(desk.stage, "cover").place == "ours"
    place(desk, cover="")
    assert named(desk.stage, "cover").place == ""
    assert "Items go to ours" in act(desk, "driver_place", named(desk.stage, "cover"), place="elsewhere")[1]
    chi = another_desk(desk.stage, desk.wire)
    page = place(chi, cover="leadership", plans="ours", gossip="ours", lunch="ours")
    assert "Everything has its place." in page
    assert '<span>Ours</span> <b class="numbers">3</b>' in page


def test_D4_1_an_item_is_cut_into_our_part_and_their_part_and_it_can_be_undone(desk: Desk) -> None:
    plans = named(desk.stage, "plans")
    where = reverse("gatherings.desk", kwargs={"gathering_id": desk.stage.gathering.pk})
    assert "Our part: what we can change ourselves" in desk.look(f"{where}?driver={plans.pk}")
    lunch = named(desk.stage, "lunch")
    assert "Our part: what we protect ourselves" in desk.look(f"{where}?driver={lunch.pk}")
    _, page = act(desk, "driver_cut", plans, ours="we plan by Thursday", theirs="no new forms in term")
    assert {"we plan by Thursday", "no new forms in term"} <= set(in_order(page))
    ours, theirs = named(desk.stage, "we plan by Thursday"), named(desk.stage, "no new forms in term")
    assert (ours.place, theirs.place, ours.part_of_id, theirs.part_of_id) == ("ours", "leadership", plans.pk, plans.pk)
    status, page = act(desk, "driver_cut", plans, ours="once more", theirs="and again")
    assert status == 409
    assert "once more</p>" in page  # what was typed is not lost
    step = desk.stage.gathering.driver_steps.get()
    act(desk, "driver_undoing", step=step.pk)
    assert wordings(desk.stage) == {"cover", "plans", "gossip", "lunch"}


def test_a_part_can_be_cut_again_and_stays_where_its_whole_was(desk: Desk) -> None:
    act(desk, "driver_cut", named(desk.stage, "plans"), ours="we plan", theirs="they plan")
    _, page = act(desk, "driver_cut", named(desk.stage, "we plan"), ours="we plan weekly", theirs="they read it")
    assert set(in_order(page)[:3]) == {"we plan weekly", "they read it", "they plan"}
    assert "A part of what was cut in two." in page


def test_a_cut_with_one_part_missing_keeps_what_was_typed(desk: Desk) -> None:
    status, page = act(desk, "driver_cut", named(desk.stage, "plans"), ours="we plan by Thursday", theirs=" ")
    assert (status, "There is no text yet." in page) == (422, True)
    assert ">we plan by Thursday</textarea>" in page
    assert wordings(desk.stage) == {"cover", "plans", "gossip", "lunch"}


def test_E3_before_the_seal_desk_and_wall_hold_no_choice_and_no_exact_number(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "plans")
    found = actions.begin_writing(start(stage, "sort"), by=stage.bo, small_is_agreed=True)
    wire.settle(0.05)
    desk = Desk(stage, wire, stage.bo)
    streams = {viewer: stage.stream(wire, viewer) for viewer in Viewer}
    empty, wall = desk.look(), desk.wall()
    for n in range(4):
        choices = {str(named(stage, "cover").pk): "nobody"} if n else {}
        assert Voter(wire, stage, found).choose(choices).status == 201
        wire.settle(0.05)
    assert "fewer than five have handed in" in empty
    changes = ('name="csrfmiddlewaretoken" value="[^"]*"', 'data-ticket="[^"]*"', "X-CSRFToken[^}]*")
    token = re.compile("|".join((*changes, r'value="\d+" max', r"\d\d:\d\d")))  # and clocks go on
    assert token.sub("", desk.look()) == token.sub("", empty)
    assert token.sub("", desk.wall()) == token.sub("", wall)
    Voter(wire, stage, found).choose({})
    wire.settle(0.05)
    assert "5 or more have handed in" in desk.look()
    for stream in streams.values():
        assert b"nobody" not in stream.body
        assert not stream.notes()
    actions.close_round(found, by=stage.bo)
    actions.seal_round(found.pk, by=stage.bo)
    wire.settle(0.05)
    assert not any(stream.notes() for stream in streams.values())


def test_D4_1_sorting_is_started_with_few_only_when_all_agree_and_the_close_can_be_undone(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover")
    start(stage, "sort")
    desk = Desk(stage, wire, stage.bo)
    wire.settle(0.05)
    page = desk.look()
    assert "Each member of staff places one item on their own phone" in page
    assert "Leaders look on, also those who belong to the group" in page
    assert "With fewer than 5 people a choice is easy to guess" in page
    assert "Only 0 people are in the room" in desk.press("writing", seen="promise")
    desk.press("writing", seen="promise", small_is_agreed="on")
    desk.press("closure", seen="writing")
    assert desk.phase() == "closing"
    desk.press("closure_undoing", seen="closing")
    assert desk.phase() == "writing"
    desk.press("closure", seen="writing")
    assert "Confirm each place with the group." in desk.press("seal", seen="closing")
    assert MOVED_ON in desk.press("doubts_seen")  # another kind has no doubts


def test_D4_1_the_wall_shows_each_spread_once_the_contested_first(wire: Wire) -> None:
    stage = with_notes(wire)
    texts = [f"item {n} with words enough for more than a single line of a wall" for n in range(17)]
    with_drivers(stage, *texts)
    sorted_by(
        wire, stage, *({text: ("ours", "nobody")[n % 2 and text == texts[9]] for text in texts} for n in range(5))
    )
    desk = Desk(stage, wire, stage.bo)
    seen: list[str] = []
    for n in range(17):
        seen += re.findall(r'class="wall__wording"[^>]*>([^<]*)<', desk.wall())
        if "Next page on the wall" not in desk.look():
            break
        desk.press("page", page=n + 1)
    assert seen[0] == texts[9]
    assert sorted(seen) == sorted(texts)


# --- the wordings for leadership ---


@pytest.fixture
def placed(desk: Desk) -> Desk:
    """The same desk with two items for leadership."""
    place(desk, cover="leadership", plans="leadership", gossip="ours", lunch="nobody")
    return desk


def test_D4_2_the_group_can_be_asked_although_the_plan_had_no_such_activity(placed: Desk) -> None:
    stage = placed.stage
    assert not stage.gathering.plan.filter(kind="agree").exists()
    assert "Ask the group about the wordings" in placed.look()
    page = placed.press("rounds", ask="on")
    item = stage.gathering.plan.get(kind="agree")
    sort = stage.gathering.plan.get(kind="sort")
    assert item.position == sort.position + 1
    assert placed.round().plan_item_id == item.pk
    assert "Read the 2 wordings aloud." in page
    assert "An activity is still open." not in page


def test_D4_2_nothing_for_leadership_nothing_to_ask_about(desk: Desk) -> None:
    place(desk, cover="ours")
    assert "Ask the group about the wordings" not in desk.look()
    assert "No item waits for the group’s word." in desk.press("rounds", ask="on")
    assert not desk.stage.gathering.plan.filter(kind="agree").exists()
    assert "This activity is no longer in the plan." in desk.press("rounds")


def test_D4_2_agreed_or_not_yet_the_latter_first_and_never_how_many(placed: Desk) -> None:
    answers = [{"cover": "yes", "plans": "no" if n == 0 else "yes"} for n in range(6)]
    asked_about(placed.wire, placed.stage, *answers)
    page, wall = placed.look(), placed.wall()
    assert "Some wordings are not agreed yet." in page
    assert "✓ agreed" in wall
    assert "… not yet" in wall
    for screen in (page, wall):
        assert '<svg class="spread"' not in screen
    assert re.findall(r"placing__text[^>]*>(\w+)<.*?status__mark[^>]*></span>([a-z ]+)<", page) == [
        ("plans", "not yet"), ("cover", "agreed"),
    ]  # fmt: skip
    assert re.findall(r"wall__wording[^>]*>(\w+)<", wall) == ["plans", "cover"]
    assert not re.search(r"\b[1-6] (no|yes|reword|said|people said)", page)


def test_D4_2_reword_and_ask_again_about_what_is_not_agreed(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "yes", "plans": "reword"} for _ in range(5)))
    status, page = act(placed, "driver_wording", named(placed.stage, "plans"), wording="plans by Thursday")
    assert status == 302
    assert "one waits for the group’s word" in page
    page = placed.press("rounds", ask="on")
    assert "Read the wording aloud." in page
    assert [Driver.objects.get(pk=int(key)).wording for key in placed.round().items] == ["plans by Thursday"]
    placed.press("writing", small_is_agreed="on")
    for _ in range(5):
        Voter(placed.wire, placed.stage, placed.round()).choose({placed.round().items[0]: "yes"})
    placed.press("closure")
    page = placed.press("seal")
    assert "The group agrees to every wording." in page
    assert "2 wordings are agreed." in page
    assert placed.stage.gathering.driver_steps.filter(act="reworded").count() == 1


def test_D4_2_words_that_change_have_to_be_agreed_to_anew(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "yes", "plans": "yes"} for _ in range(5)))
    assert named(placed.stage, "cover").agreed
    act(placed, "driver_wording", named(placed.stage, "cover"), wording="cover")  # the same words
    assert named(placed.stage, "cover").agreed
    act(placed, "driver_wording", named(placed.stage, "cover"), wording="cover, a day before")
    assert not named(placed.stage, "cover, a day before").agreed


def test_everybody_says_no_to_everything_and_nothing_is_handed_over(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "no", "plans": "no"} for _ in range(5)))
    page = placed.look()
    assert "What stays open is not handed over; that is fine too." in page
    assert "Hand to leadership" not in page
    assert "Ask again about what is not agreed" in page


def test_D4_2_what_is_agreed_leads_to_the_handing_over(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "yes", "plans": "yes"} for _ in range(5)))
    where = reverse("report_back.hand_over", kwargs={"gathering_id": placed.stage.gathering.pk})
    assert f'href="{where}">Hand to leadership</a>' in placed.look()


def test_D4_2_desk_and_wall_say_what_was_handed_over_and_by_when_answers_are_expected(placed: Desk) -> None:
    asked_about(placed.wire, placed.stage, *({"cover": "yes", "plans": "yes"} for _ in range(5)))
    assert "Handed to leadership." not in placed.wall()
    stream = placed.stage.stream(placed.wire, Viewer.WALL)
    due_on = timezone.localdate() + timedelta(days=14)
    hand_over(placed.stage.gathering, driver_ids=[named(placed.stage, "cover").pk], due_on=due_on, by=placed.stage.bo)
    placed.wire.settle(0.05)
    assert [event for _, event, _ in stream.events()].count("state") == 2  # the wall is told to look again
    assert "Handed to leadership." in placed.wall()
    page = placed.look()
    assert "One wording is with leadership." in page
    assert "one wording is agreed." in page  # the other
    assert "Hand to leadership</a>" in page


def test_E3_before_the_seal_the_wall_shows_the_wordings_and_no_word_about_them(placed: Desk) -> None:
    found = actions.begin_writing(start(placed.stage, "agree"), by=placed.stage.bo, small_is_agreed=True)
    placed.wire.settle(0.05)
    before = placed.wall()
    assert "cover" in before
    for _ in range(6):
        Voter(placed.wire, placed.stage, found).choose({found.items[0]: "no"})
    placed.wire.settle(0.05)
    assert placed.wall() == before
    assert "not yet" not in before
