"""The pack that comes with the product holds what the guide asks for, in words anybody can read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from holdfast.curriculum.pack import COMPONENT_KEYS, Kind, LeaderMode, Pack, ReadyKind, Section, Speaker, Tone, to_json
from holdfast.curriculum.reading import read_pack
from tests.curriculum.given import BUNDLED


def bundled() -> Pack:
    pack = read_pack(BUNDLED).pack
    assert pack is not None
    return pack


PACK = bundled()


def section(number: int) -> Section:
    found = PACK.section(number)
    assert found is not None
    return found


def texts(value: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@pytest.mark.parametrize(("number", "ids"), [(1, {"D1.1", "D1.2", "DV"}), (4, {"D4.1", "D4.2", "D4.3", "DV"})])
def test_every_consideration_of_the_guide_is_there(number: int, ids: set[str]) -> None:
    assert ids <= {consideration.id for consideration in section(number).considerations}


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("mode", [LeaderMode.TAKING_PART, LeaderMode.SUPPORTING])
def test_a_leader_finds_their_part_whether_they_take_part_or_support(number: int, mode: LeaderMode) -> None:
    for_me = section(number).considerations_for(mode)
    other = LeaderMode.SUPPORTING if mode is LeaderMode.TAKING_PART else LeaderMode.TAKING_PART
    assert any(consideration.mode is mode for consideration in for_me)
    assert all(consideration.mode is not other for consideration in for_me)


@pytest.mark.parametrize("number", [1, 4])
def test_all_seven_components_have_suggestions_and_the_first_four_a_text_to_use(number: int) -> None:
    assert tuple(component.key for component in section(number).components) == COMPONENT_KEYS
    kinds = [(c.key, ready.kind) for c in section(number).components for ready in c.ready]
    for wanted in [
        ("C1", ReadyKind.SHEET),
        ("C2", ReadyKind.AGENDA),
        ("C3", ReadyKind.POSTER),
        ("C4", ReadyKind.HUDDLE),
        ("C4", ReadyKind.MAIL),
    ]:
        assert wanted in kinds


@pytest.mark.parametrize("number", [1, 4])
def test_a_plan_opens_and_closes_in_a_circle_and_runs_as_it_stands(number: int) -> None:
    plan = section(number).plan
    assert (plan[0].key, plan[-1].key) == ("opening-circle", "closing-circle")
    assert all(activity.runs_in_room for activity in plan)
    assert 30 <= sum(activity.minutes for activity in plan) <= 75


def test_the_brainstorm_of_section_4_is_one_gather_with_two_columns() -> None:
    gathers = [activity for activity in section(4).plan if activity.kind is Kind.GATHER]
    assert [(activity.title, activity.minutes) for activity in gathers] == [("What drains us, what restores us", 10)]
    assert [(column.key, column.tone) for column in gathers[0].columns] == [
        ("drains", Tone.DRAINS),
        ("restores", Tone.RESTORES),
    ]


def test_a_rehearsal_has_enough_to_write_for_schools_and_for_health() -> None:
    for activity in section(4).activities:
        for column in activity.columns:
            for here in (column.samples.schools, column.samples.health):
                notes = column.samples.everywhere + here
                assert len(set(notes)) == len(notes) >= 24
            assert len(column.samples.leader) >= 4
            assert all(len(note) <= 120 for note in column.samples.staff)


def test_D4_1_section_4_goes_from_notes_to_wordings_for_leadership_in_one_plan() -> None:
    kinds = [activity.kind for activity in section(4).plan]
    assert kinds == [Kind.TALK, Kind.GATHER, Kind.TALK, Kind.CONDENSE, Kind.SORT, Kind.AGREE, Kind.TALK]
    assert all(activity.runs_in_room for activity in section(4).plan)


def test_B3_in_what_staff_choose_alone_the_leader_is_told_to_look_on() -> None:
    alone = [a for a in section(4).plan if a.kind in {Kind.CONDENSE, Kind.SORT, Kind.AGREE}]
    assert len(alone) == 3
    assert all(activity.leader_prompts for activity in alone)


def test_danger_and_the_opening_words_are_at_hand_in_section_4() -> None:
    words = {words.key: words for words in section(4).words}
    assert words["opening-words"].who is Speaker.LEADER
    assert "We do not keep who wrote a note" in words["danger"].text
    assert "cannot find you" in words["danger"].text
    assert "people may still guess" in words["what-is-kept"].text


@pytest.mark.parametrize("number", [1, 4])
def test_each_talk_helps_a_leader_to_be_vulnerable_in_a_fitting_way(number: int) -> None:
    talks = [activity for activity in section(number).plan if activity.kind is Kind.TALK]
    assert all(activity.leader_prompts for activity in talks)


def test_sentences_are_short_enough_for_a_12_year_old() -> None:
    sentences = [s for text in texts(to_json(PACK)) for s in re.split(r"(?<=[.?!:;])[\s”\"]+", text) if " " in s]
    lengths = sorted(len(sentence.split()) for sentence in sentences)
    assert len(lengths) > 500
    assert sum(lengths) / len(lengths) < 14
    assert lengths[int(len(lengths) * 0.95)] <= 28


def test_no_screen_word_of_the_makers_slips_in() -> None:
    whole = " ".join(texts(to_json(PACK))).lower()
    assert "leader" in whole
    for word in ("fidelity", "guardrail", "admission", "intake", "coverage", "successfully", "program "):
        assert word not in whole
