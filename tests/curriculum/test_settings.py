"""A pack speaks in the words of the setting a programme is held in."""

from pathlib import Path

import pytest

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.pack import Activity, Section, Setting
from holdfast.curriculum.queries import pack_of
from holdfast.curriculum.reading import read_pack
from tests.curriculum.given import BUNDLED, write

pytestmark = pytest.mark.django_db


def first(folder: Path, setting: str) -> tuple[Section, Activity]:
    section = pack_of(load_pack(write(folder)), setting=setting).section(1)
    assert section is not None
    return section, section.activities[0]


@pytest.mark.parametrize(
    ("setting", "word"), [("schools", "children"), ("health", "patients"), ("elsewhere", "people")]
)
def test_C1_a_text_names_the_people_of_the_setting(tmp_path: Path, setting: str, word: str) -> None:
    section, _ = first(tmp_path, setting)
    assert section.share is not None
    assert section.share.parts[0].text == f"See how {word} are."


def test_a_prompt_of_the_setting_comes_first_and_the_general_ones_stay_at_hand(tmp_path: Path) -> None:
    _, in_a_school = first(tmp_path, "schools")
    _, elsewhere = first(tmp_path, "elsewhere")
    assert (in_a_school.prompt, in_a_school.more_prompts) == ("Ask a child.", ("How are you?",))
    assert (elsewhere.prompt, elsewhere.more_prompts) == ("How are you?", ())
    assert elsewhere.schools is not None  # and the page of the section can still show it


def test_the_bundled_pack_defines_the_four_wordings_for_every_setting() -> None:
    pack = read_pack(BUNDLED).pack
    assert pack is not None
    words = {wording.key: wording for wording in pack.wordings}
    assert set(words) == {"people-served", "person-served", "workplace", "colleagues"}
    assert all(getattr(wording, setting) for wording in words.values() for setting in Setting)
