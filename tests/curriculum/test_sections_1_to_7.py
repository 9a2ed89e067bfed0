"""Sections 1 to 7 of the bundled pack ask of leaders what the guide asks, and keep private what is private."""

import re
from typing import Any

import pytest

from holdfast.curriculum.pack import (
    Activity,
    Kind,
    Layout,
    LeaderMode,
    Pack,
    ReadyKind,
    ResourceKind,
    Section,
    Share,
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
    1: {"D1.1", "D1.2", "DV"},
    2: {"D2.1", "D2.2", "D2.3", "DV"},
    3: {"D3.1", "D3.2", "DV"},
    4: {"D4.1", "D4.2", "D4.3", "DV"},
    5: {"D5.1", "D5.2", "D5.3", "D5.4", "DV"},
    6: {"D6.1", "D6.2", "D6.3", "DV"},
    7: {"D7.1", "D7.2", "D7.3", "D7.4", "D7.5", "DV"},
}
LOOKED_AT_ALONE = [(2, "my-compass"), (3, "where-am-i"), (6, "what-i-want-to-guard"), (7, "my-lane")]


def section(number: int) -> Section:
    found = PACK.section(number)
    assert found is not None
    return found


def activity(number: int, key: str) -> Activity:
    return next(activity for activity in section(number).activities if activity.key == key)


def model(key: str) -> Any:
    return next(model for model in PACK.models if model.key == key)


@pytest.mark.parametrize("number", ASKED)
def test_every_consideration_of_the_guide_is_there_in_both_modes(number: int) -> None:
    found = section(number)
    assert ASKED[number] <= {consideration.id for consideration in found.considerations}
    for mode in (LeaderMode.TAKING_PART, LeaderMode.SUPPORTING):
        asked = {c.id.split("-")[0] for c in found.considerations_for(mode)}
        assert asked == ASKED[number]


@pytest.mark.parametrize("number", ASKED)
def test_each_section_takes_about_an_hour_and_can_be_shorter_or_longer(number: int) -> None:
    plan = section(number).plan
    assert len(plan) >= 5
    assert (plan[0].key, plan[-1].key) == ("opening-circle", "closing-circle")
    assert 50 <= sum(a.minutes for a in plan) <= 75
    assert sum(a.short.minutes if a.short else a.minutes for a in plan) <= 45
    assert sum(a.long.minutes if a.long else a.minutes for a in plan) >= 65


@pytest.mark.parametrize("number", ASKED)
def test_B5_each_activity_of_a_plan_helps_a_leader_to_prepare(number: int) -> None:
    assert all(activity.leader_prompts for activity in section(number).plan)


@pytest.mark.parametrize("number", ASKED)
def test_B4_in_each_circle_somebody_else_is_first_and_last(number: int) -> None:
    """Said to the facilitator in the steps, or to the leader."""
    circles = [a for a in section(number).plan if a.kind in {Kind.TALK, Kind.CHECK_IN, Kind.COMMIT, Kind.CLOSE}]
    assert len(circles) >= 3
    for circle in circles:
        said = " ".join((*circle.steps, *circle.leader_prompts))
        assert re.search(r"neither (the )?first nor (the )?last", said), circle.key


@pytest.mark.parametrize("number", ASKED)
def test_C1_the_page_to_read_takes_about_five_minutes(number: int) -> None:
    share = section(number).share
    assert isinstance(share, Share)
    assert 350 <= sum(len(part.text.split()) for part in share.parts) <= 550


@pytest.mark.parametrize("number", ASKED)
def test_C3_the_poster_draws_a_model_that_is_there(number: int) -> None:
    visual = section(number).visual
    assert isinstance(visual, Visual)
    assert visual.layout is Layout.LINES or model(visual.model).parts


@pytest.mark.parametrize("number", [2, 3, 5, 6, 7])
def test_each_component_has_a_text_to_use_where_one_is_of_use(number: int) -> None:
    kinds = [(c.key, ready.kind) for c in section(number).components for ready in c.ready]
    assert kinds.count(("C4", ReadyKind.HUDDLE)) >= 2
    for wanted in [
        ("C1", ReadyKind.SHEET),
        ("C2", ReadyKind.AGENDA),
        ("C3", ReadyKind.POSTER),
        ("C4", ReadyKind.MAIL),
        ("C5", ReadyKind.LIST),
        ("C7", ReadyKind.QUESTIONS),
    ]:
        assert wanted in kinds


@pytest.mark.parametrize("number", ASKED)
def test_DV_each_section_has_a_slot_for_a_leader_on_video_and_one_for_a_document(number: int) -> None:
    slots = {(slot.kind, slot.consideration == "DV") for slot in section(number).resources}
    assert {(ResourceKind.VIDEO, True), (ResourceKind.DOCUMENT, False)} <= slots


@pytest.mark.parametrize(("number", "key"), LOOKED_AT_ALONE)
def test_what_is_looked_at_alone_is_not_collected_and_people_are_told_first(number: int, key: str) -> None:
    alone = activity(number, key)
    assert alone.kind is Kind.REFLECT
    assert not alone.columns
    assert any("is yours" in step for step in alone.steps[:1])
    assert "othing is collected" in " ".join(alone.steps)


@pytest.mark.parametrize(("number", "consideration"), [(2, "D2.3"), (3, "D3.1")])
def test_D2_3_a_test_is_a_slot_and_our_own_questions_have_no_score(number: int, consideration: str) -> None:
    assert [slot.consideration for slot in section(number).resources if slot.kind is ResourceKind.TEST] == [
        consideration
    ]
    forms = [r for c in section(number).components for r in c.ready if c.key == "C1" and r.kind is ReadyKind.FORM]
    assert len(forms) == 1
    assert "not a test" in forms[0].text
    assert forms[0].text.count("?") >= 6
    assert not any(letter.isdigit() for letter in forms[0].text)


def test_D3_2_relief_stands_at_each_stage_and_never_says_who_or_how_many() -> None:
    stages = model("fatigue-cycle").parts
    assert [stage.key for stage in stages] == ["zealot", "irritability", "withdrawal", "numb"]
    assert all(4 <= len(stage.ideas) <= 6 for stage in stages)
    gather = activity(3, "relief-at-each-place")
    assert [column.key for column in gather.columns] == [stage.key for stage in stages]
    assert "Please don’t write about yourself or about a colleague" in " ".join(gather.steps)
    plan = next(c for c in section(3).considerations if c.id == "D3.2")
    assert "nobody counts how many are at which place" in " ".join(plan.text.split())


def test_D5_1_the_faults_of_expectations_are_the_columns_of_the_gather() -> None:
    faults = model("expectation-faults").parts
    assert [column.key for column in activity(5, "what-is-wrong-with-it").columns] == [fault.key for fault in faults]
    assert all(fault.ideas for fault in faults)


def test_D5_2_why_what_and_how_are_a_form_to_fill_in_together() -> None:
    assert [part.key for part in model("expectation-parts").parts] == ["why", "what", "how"]
    form = next(r for c in section(5).components for r in c.ready if r.kind is ReadyKind.FORM)
    assert all(f"{part}." in form.text for part in ("Why", "What", "How"))


def test_D5_3_a_leader_who_takes_part_has_a_thank_you_and_no_reasons_and_one_outside_is_brought_the_wordings() -> None:
    asked = {c.id: c for c in section(5).considerations}
    assert "Give no explanation" in asked["D5.3"].text
    assert asked["D5.3"].mode is LeaderMode.TAKING_PART
    assert asked["D5.3-outside"].mode is LeaderMode.SUPPORTING
    thanks = next(words for words in section(5).words if words.key == "thank-you-only")
    assert thanks.text.strip().startswith("“Thank you")


def test_D5_4_tips_for_both_sides_of_an_expectation_are_at_hand() -> None:
    tips = next(r for c in section(5).components for r in c.ready if c.key == "C1" and r.kind is ReadyKind.SHEET)
    assert "When you expect something." in tips.text
    assert "When something is expected of you." in tips.text


def test_D6_2_supervisors_have_a_card_and_the_leader_a_sentence() -> None:
    card = next(r for c in section(6).components for r in c.ready if r.kind is ReadyKind.CARD)
    assert "never used in an appraisal" in " ".join(card.text.split())
    assert "a-leaders-role" in {words.key for words in section(6).words}


def test_D6_3_behaviours_are_gathered_then_condensed_chosen_and_worded() -> None:
    assert Kind.GATHER in [a.kind for a in section(6).plan]
    kinds = [a.kind for a in section(7).plan]
    assert [k for k in kinds if k in {Kind.GATHER, Kind.CONDENSE, Kind.PRIORITISE, Kind.FORM}] == [
        Kind.GATHER,
        Kind.CONDENSE,
        Kind.PRIORITISE,
        Kind.FORM,
    ]


def test_D7_2_the_plan_for_messages_names_newcomers_meetings_and_talks() -> None:
    plan = next(r for c in section(7).components for r in c.ready if c.key == "C2" and r.kind is ReadyKind.FORM)
    assert all(
        f"\n{place}." in f"\n{plan.text}" for place in ("New colleagues", "Regular meetings", "Talks between two")
    )


@pytest.mark.parametrize("number", ASKED)
def test_E6_schools_and_health_find_questions_of_their_own(number: int) -> None:
    assert any(a.schools and a.health for a in section(number).plan)


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6, 7])
def test_E7_where_people_write_without_names_the_words_about_danger_are_at_hand(number: int) -> None:
    assert any(a.kind is Kind.GATHER for a in section(number).activities)
    danger = next(words for words in section(number).words if words.key == "danger")
    assert "cannot find you" in danger.text


def test_each_time_is_asked_of_a_leader_somewhere_in_these_sections() -> None:
    times = {c.when for number in ASKED for c in section(number).considerations}
    assert times == set(When)
