"""Sections 8 to 12 of the bundled pack: a leader learns with the others, what is private stays so, and it goes on."""

import re
from typing import Any

import pytest

from holdfast.curriculum.pack import (
    Activity,
    ActivityMode,
    Kind,
    LeaderMode,
    Pack,
    ReadyKind,
    ResourceKind,
    Section,
    Share,
    Tone,
    Visual,
    When,
)
from holdfast.curriculum.reading import read_pack
from tests.curriculum.given import BUNDLED


def bundled() -> Pack:
    pack = read_pack(BUNDLED).pack
    assert pack is not None
    return pack


PACK = bundled()
ASKED = {
    8: {"D8", "DV"},
    9: {"D9", "DV"},
    10: {"D10", "DV"},
    11: {"D11", "DV"},
    12: {"D12.1", "D12.2", "DV"},
}
WELLNESS = [8, 9, 10, 11]
LOOKED_AT_ALONE = [
    (8, "private-look"),
    (10, "my-early-signs"),
    (11, "how-i-talk-to-myself"),
    (12, "private-look-again"),
]


def section(number: int) -> Section:
    found = PACK.section(number)
    assert found is not None
    return found


def activity(number: int, key: str) -> Activity:
    return next(activity for activity in section(number).activities if activity.key == key)


def model(key: str) -> Any:
    return next(model for model in PACK.models if model.key == key)


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("number", ASKED)
def test_D8_to_D12_every_consideration_of_the_guide_is_there_in_both_modes(number: int) -> None:
    found = section(number)
    assert ASKED[number] <= {consideration.id for consideration in found.considerations}
    for mode in (LeaderMode.TAKING_PART, LeaderMode.SUPPORTING):
        asked = {c.id.split("-")[0] for c in found.considerations_for(mode)}
        assert asked == ASKED[number]


@pytest.mark.parametrize("number", WELLNESS)
def test_D8_to_D11_a_leader_learns_with_the_others_and_gathers_supports_for_all_staff(number: int) -> None:
    considerations = {c.id: c for c in section(number).considerations}
    inside, outside = considerations[f"D{number}"], considerations[f"D{number}-outside"]
    supports = considerations[f"D{number}-supports"]
    assert (inside.mode, inside.when) == (LeaderMode.TAKING_PART, When.BEFORE)
    assert "learn" in inside.text or "looking for it" in inside.text
    assert (outside.mode, outside.when) == (LeaderMode.SUPPORTING, When.BEFORE)
    assert (supports.mode, supports.when) == (LeaderMode.BOTH, When.AFTER)
    assert "all staff" in one_line(supports.text)
    assert any(a.key == "support-for-everybody" for a in section(number).plan)


@pytest.mark.parametrize("number", ASKED)
def test_a_plan_takes_60_to_75_minutes_and_can_be_shorter_or_longer(number: int) -> None:
    plan = section(number).plan
    assert len(plan) >= 5
    assert (plan[0].key, plan[-1].key) == ("opening-circle", "closing-circle")
    assert 60 <= sum(a.minutes for a in plan) <= 75
    assert all(a.short and a.long for a in plan)
    assert sum(a.short.minutes for a in plan if a.short) <= 45
    assert sum(a.long.minutes for a in plan if a.long) >= 90


@pytest.mark.parametrize("number", ASKED)
def test_E4_these_sections_are_spoken_and_only_the_gathering_of_ideas_is_written(number: int) -> None:
    written = [a for a in section(number).plan if a.mode is not ActivityMode.SPOKEN]
    assert [a.kind for a in written] == [Kind.GATHER]
    modes = {written[0].mode, *written[0].other_modes}
    assert modes == {ActivityMode.UNNAMED, ActivityMode.SCRIBE}


@pytest.mark.parametrize("number", ASKED)
def test_a_rehearsal_finds_notes_for_both_sides_in_schools_and_in_health(number: int) -> None:
    gather = next(a for a in section(number).plan if a.kind is Kind.GATHER)
    assert {column.tone for column in gather.columns} == set(Tone)
    for column in gather.columns:
        for here in (column.samples.schools, column.samples.health):
            notes = column.samples.everywhere + here
            assert len(set(notes)) == len(notes) >= 12
        assert len(column.samples.leader) >= 2


@pytest.mark.parametrize("number", ASKED)
def test_B5_each_activity_helps_a_leader_to_prepare(number: int) -> None:
    assert all(activity.leader_prompts for activity in section(number).activities)


@pytest.mark.parametrize("number", ASKED)
def test_B4_in_each_circle_somebody_else_is_first_and_last(number: int) -> None:
    circles = [
        a for a in section(number).plan if a.kind in {Kind.TALK, Kind.CHECK_IN, Kind.STORIES, Kind.COMMIT, Kind.CLOSE}
    ]
    assert len(circles) >= 3
    for circle in circles:
        said = " ".join((*circle.steps, *circle.leader_prompts))
        assert re.search(r"neither (the )?first nor (the )?last", said), circle.key


@pytest.mark.parametrize(("number", "key"), LOOKED_AT_ALONE)
def test_D8_what_is_looked_at_alone_is_never_collected(number: int, key: str) -> None:
    alone = activity(number, key)
    assert alone.kind is Kind.REFLECT
    assert alone.mode is ActivityMode.SPOKEN
    assert not alone.columns
    assert "othing is collected" in " ".join(alone.steps)


def test_D8_the_compass_is_our_own_plain_questions_without_a_score_and_a_licensed_one_is_a_slot() -> None:
    forms = [r for c in section(8).components for r in c.ready if c.key == "C1" and r.kind is ReadyKind.FORM]
    assert len(forms) == 1
    text = one_line(forms[0].text)
    assert all(f"{word}." in text for word in ("North, mind", "East, spirit", "South, strength", "West, heart"))
    assert text.count("?") == 12
    assert "not a test" in text
    assert not any(letter.isdigit() for letter in text)
    assert [r.consideration for r in section(8).resources if r.kind is ResourceKind.TEST] == ["D8-compass"]


@pytest.mark.parametrize("number", ASKED)
def test_C1_the_page_to_read_takes_about_five_minutes(number: int) -> None:
    share = section(number).share
    assert isinstance(share, Share)
    assert 350 <= sum(len(part.text.split()) for part in share.parts) <= 550


def test_C3_each_section_has_a_poster_of_its_own_and_it_draws_a_model_that_is_there() -> None:
    drawn = []
    for number in ASKED:
        visual = section(number).visual
        assert isinstance(visual, Visual)
        assert model(visual.model).parts
        drawn.append(visual.model)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("number", ASKED)
def test_C1_to_C7_each_component_has_a_text_to_use(number: int) -> None:
    kinds = [(c.key, ready.kind) for c in section(number).components for ready in c.ready]
    assert kinds.count(("C4", ReadyKind.HUDDLE)) == 2
    for wanted in [
        ("C1", ReadyKind.SHEET),
        ("C2", ReadyKind.AGENDA),
        ("C3", ReadyKind.POSTER),
        ("C4", ReadyKind.MAIL),
        ("C5", ReadyKind.LIST),
        ("C6", ReadyKind.LIST),
        ("C7", ReadyKind.QUESTIONS),
    ]:
        assert wanted in kinds


@pytest.mark.parametrize("number", ASKED)
def test_DV_each_section_has_a_slot_for_a_leader_on_video_and_one_for_a_document(number: int) -> None:
    slots = {(slot.kind, slot.consideration == "DV") for slot in section(number).resources}
    assert {(ResourceKind.VIDEO, True), (ResourceKind.DOCUMENT, False)} <= slots


@pytest.mark.parametrize("number", ASKED)
def test_E6_schools_and_health_find_questions_of_their_own(number: int) -> None:
    assert sum(bool(a.schools and a.health) for a in section(number).plan) >= 2


@pytest.mark.parametrize("number", ASKED)
def test_E7_the_words_about_danger_are_at_hand_where_people_write(number: int) -> None:
    danger = next(words for words in section(number).words if words.key == "danger")
    assert "cannot find you" in danger.text
    gather = next(a for a in section(number).plan if a.kind is Kind.GATHER)
    assert "danger" in " ".join(gather.steps)


def test_D12_1_what_was_learned_is_used_on_one_real_relationship_and_ends_in_a_step() -> None:
    talk = activity(12, "one-real-relationship")
    assert talk.in_plan
    assert talk.minutes == max(a.minutes for a in section(12).plan)
    assert "one step" in " ".join(talk.steps)
    form = next(r for c in section(12).components for r in c.ready if c.key == "C1" and r.kind is ReadyKind.FORM)
    assert all(f"\n{word}." in form.text for word in ("Story", "Expectations", "Lane", "Boundary", "Feelings"))


def test_D12_2_the_group_says_what_to_look_at_and_what_to_add_before_leaders_show_their_ideas() -> None:
    kinds = [a.kind for a in section(12).plan]
    assert [k for k in kinds if k in {Kind.GATHER, Kind.PRIORITISE, Kind.COMMIT, Kind.CLOSE}] == [
        Kind.GATHER,
        Kind.PRIORITISE,
        Kind.COMMIT,
        Kind.CLOSE,
    ]
    columns = activity(12, "look-at-and-change").columns
    assert [column.key for column in columns] == ["look-at-regularly", "add-or-change"]
    prepared = next(c for c in section(12).considerations if c.id == "D12.2")
    assert (prepared.mode, prepared.when) == (LeaderMode.BOTH, When.BEFORE)
    assert "They don’t come first." in one_line(prepared.text)


def test_C5_the_last_section_leaves_check_ins_with_dates_and_an_agenda() -> None:
    agenda = next(r for c in section(12).components for r in c.ready if c.key == "C5" and r.kind is ReadyKind.AGENDA)
    minutes = [int(found) for found in re.findall(r"\((\d+) minutes\)", agenda.text)]
    assert agenda.title == "A check-in (60 minutes)"
    assert sum(minutes) == 60
    assert "three, six and twelve months" in " ".join(activity(12, "who-keeps-watch").steps)
