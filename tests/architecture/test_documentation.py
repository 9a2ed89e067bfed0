"""The pages are complete: whatever the product knows is written down, and what they point to is there."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tools.references import PAGES

DOCS = ROOT / "docs"
FRONT_PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_says_what_the_code_says(name: str) -> None:
    written = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
    is_behind = written != PAGES[name]()
    assert not is_behind, f"docs/reference/{name}.md is behind the code: run make references"


@pytest.mark.parametrize("name", FRONT_PAGES)
def test_a_front_page_points_to_what_is_there(name: str) -> None:
    links = LINK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_front_page_fits_on_a_screen() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 40


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10


def test_help_knows_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    told = re.findall(r'@echo "make (\w+) ', makefile)
    assert len(targets) > 8
    assert set(targets) - set(told) == {"help"}


def test_a_clone_is_tested_by_the_command_of_the_front_page() -> None:
    command = Path(ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^exec make test\b", command, re.MULTILINE)
