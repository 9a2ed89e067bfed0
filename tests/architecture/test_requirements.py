"""Whatever is called finished is shown by a test, and every id in a test's name means something."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, pyproject, python_files
from tools.requirements import id_in, proofs_by_id, requirements

FINISHED = [one.id for one in requirements() if one.since]


@pytest.mark.parametrize("key", FINISHED)
def test_what_is_finished_has_tests_that_carry_its_id(key: str) -> None:
    assert proofs_by_id().get(key), f"no test is named test_{key.replace('.', '_')}_…"


def test_what_is_finished_says_where_it_is_and_what_is_not_does_not_claim_a_version() -> None:
    assert {"A2", "B4", "B6", "D4.1", "D4.2", "D4.4", "D4.5", "E3"} <= set(FINISHED)
    for one in requirements():
        assert bool(one.where) == bool(one.since), one.id
        assert not (one.partly and one.since), one.id
        assert one.what[:1].isupper(), one.id


def test_no_version_lies_ahead_of_the_next_one() -> None:
    major, minor, _patch = map(int, pyproject()["project"]["version"].split("."))
    assert all(tuple(map(int, one.since.split("."))) <= (major, minor + 1) for one in requirements() if one.since)


def test_every_id_in_the_name_of_a_test_is_known() -> None:
    known = {one.id for one in requirements()}
    names = [name for path in python_files("tests") for name in re.findall(r"def (test_[A-Z]\w+)", path.read_text())]
    assert len(names) > 20
    assert [name for name in names if not id_in(name, known)] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("test_D4_1_a_note_becomes_a_driver", "D4.1"),
        ("test_E3_5_people_are_few", "E3"),
        ("test_DV_has_links", "DV"),
        ("test_a_sentence", ""),
        ("test_Z9_nothing", ""),
    ],
)
def test_an_id_is_read_out_of_a_name(name: str, shown: str) -> None:
    assert id_in(name, {"D4.1", "E3", "DV"}) == shown


def test_a_finished_id_without_a_test_would_be_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_one.py").write_text("def test_E3_is_kept(): ...\n", encoding="utf-8")
    found = proofs_by_id(folder)
    assert [test.sentence for test in found["E3"]] == ["is kept"]
    assert "D4.1" not in found


def test_the_page_is_made_from_the_file_beside_it() -> None:
    page = (ROOT / "docs" / "reference" / "requirements.md").read_text(encoding="utf-8")
    assert all(f"| {one.id} |" in page for one in requirements())
