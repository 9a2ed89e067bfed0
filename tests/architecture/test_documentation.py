"""The reference pages are complete: whatever the product knows is written down, and nothing else."""

import pytest

from tests.architecture.tree import ROOT
from tools.references import PAGES

DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_says_what_the_code_says(name: str) -> None:
    written = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/reference/{name}.md is behind the code: run make references"


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
