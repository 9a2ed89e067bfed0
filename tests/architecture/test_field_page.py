"""What we say beside other tools is so: every row is there, and every file and test it names exists (E5)."""

import re
from functools import cache

import pytest

from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "field.md").read_text()
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
FILES = sorted({path for row in ROWS for path in re.findall(r"`([^`]+)`", row[3])})
TESTS = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4])})


@cache
def names_in(path: str) -> set[str]:
    """Return the names of the tests of a file."""
    return set(re.findall(r"^def (test_\w+)\(", (ROOT / path).read_text(), re.MULTILINE))


def test_every_row_is_there_once() -> None:
    numbers = [int(row[0]) for row in ROWS]
    assert numbers == [*range(1, 25), *range(1, 18)]
    assert all(row[4].startswith("`tests/") for row in ROWS)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_named_exists(path: str) -> None:
    assert (ROOT / "src" / "holdfast" / path).is_file()


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_is_named_exists(name: str) -> None:
    path, _, test = name.partition("::")
    assert test in names_in(path)
