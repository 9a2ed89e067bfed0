"""A pack turns into plain JSON and back without losing anything, and takes nothing else for a pack."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.curriculum import fields as declared
from holdfast.curriculum import pack
from holdfast.curriculum.reading import read_pack
from tests.curriculum.given import BUNDLED

CLASSES: list[tuple[declared.Table, type]] = [
    (declared.PACK, pack.Pack),
    (declared.MODEL, pack.Model),
    (declared.PART, pack.ModelPart),
    (declared.TERM, pack.Term),
    (declared.WORDING, pack.Wording),
    (declared.SHARE, pack.Share),
    (declared.VISUAL, pack.Visual),
    (declared.SECTION, pack.Section),
    (declared.ACTIVITY, pack.Activity),
    (declared.COLUMN, pack.Column),
    (declared.SAMPLES, pack.Samples),
    (declared.CONSIDERATION, pack.Consideration),
    (declared.COMPONENT, pack.Component),
    (declared.READY, pack.ReadyText),
    (declared.WORDS, pack.Words),
    (declared.RESOURCE, pack.Resource),
]


def bundled() -> pack.Pack:
    """Read the pack that comes with the product."""
    found = read_pack(BUNDLED).pack
    assert found is not None
    return found


WHOLE = bundled()


@pytest.mark.parametrize(("table", "cls"), CLASSES, ids=[cls.__name__ for _, cls in CLASSES])
def test_what_may_stand_in_a_file_is_what_the_objects_hold(table: declared.Table, cls: type) -> None:
    in_files = set(table.fields) | ({"sections"} if cls is pack.Pack else set())
    assert {field.name for field in fields(cls)} == in_files


@given(st.builds(pack.Term, st.text(), st.text()), st.builds(pack.Make, st.integers(), st.text()))
def test_json_and_back_is_the_same_pack(term: pack.Term, make: pack.Make) -> None:
    first = WHOLE.sections[0]
    activity = replace(first.activities[0], short=make, long=None)
    changed = replace(WHOLE, glossary=(term,), sections=(replace(first, activities=(activity,)),))
    assert pack.from_json(json.loads(json.dumps(pack.to_json(changed)))) == changed


@pytest.mark.parametrize(
    "broken",
    [{}, {"key": 1}, {"sections": None}, {"sections": [{}]}, {"version": True}, {"authors": [1]}],
)
def test_anything_else_is_not_taken_for_a_pack(broken: dict[str, object]) -> None:
    content = {**pack.to_json(WHOLE), **broken} if broken else {}
    with pytest.raises((KeyError, TypeError, ValueError)):
        pack.from_json(content)
