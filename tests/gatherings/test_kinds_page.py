"""Every kind of activity has its pictures: on a phone, on the desk and on the wall, none of them heavy (E4)."""

import re

import pytest

from holdfast.gatherings.kinds import KINDS
from holdfast.gatherings.kinds.held import HELD
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "kinds.md").read_text()
PICTURES = ROOT / "docs" / "images" / "kinds"
LARGEST = 40_000


@pytest.mark.parametrize("kind", sorted({*KINDS, *HELD}))
def test_a_kind_is_shown_on_each_surface(kind: str) -> None:
    for surface in ("phone", "desk", "wall"):
        name = f"{kind.replace('_', '-')}-{surface}.webp"
        assert f"images/kinds/{name}" in PAGE
        assert 1_000 < (PICTURES / name).stat().st_size <= LARGEST


def test_no_picture_lies_about_unused() -> None:
    assert {path.name for path in PICTURES.iterdir()} == set(re.findall(r"images/kinds/(\S+)", PAGE))
