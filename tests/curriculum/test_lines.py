"""Every place tomllib finds in a text has the line on which it stands."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.curriculum.lines import Place, line_of, lines_of
from tests.curriculum.given import BUNDLED

TRICKY = '''\
# [not] a = "table"
a = """one
b = "not a key"
[nor.a.table]
""\\"""" # c = 1
'b.c' . "d\\u0065" = 1
e = [ 1, # ]
  [2, "]"],
  { x = 1, y = [3,
    4] },
]
when = 1979-05-27 07:32:00
[t]
[[t.list]]
k = \'\'\'
\'k\'\'\'\'
  [t.list.sub]
  z.y.x = true
[[t.list]]
k = "}"
[[t.list.deep]]
m = ""
'''


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield every place inside a value."""
    if place:
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*place, name))


def test_tricky_texts_are_followed() -> None:
    lines = lines_of(TRICKY)
    assert set(places(tomllib.loads(TRICKY))) == set(lines)
    assert lines["a",] == 2
    assert lines["b.c", "de"] == 6
    assert lines["e", 1, 1] == 8
    assert lines["e", 2, "y", 1] == 10
    assert lines["when",] == 12
    assert (lines["t",], lines["t", "list", 0], lines["t", "list", 1]) == (13, 14, 19)
    assert lines["t", "list", 0, "k"] == 15
    assert lines["t", "list", 0, "sub", "z", "y", "x"] == 18
    assert lines["t", "list", 1, "deep", 0, "m"] == 22


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = lines_of(TRICKY)
    assert line_of(lines, ("t", "list", 1, "missing")) == 19
    assert line_of(lines, ("missing",)) == 1


@pytest.mark.parametrize("path", sorted(BUNDLED.rglob("*.toml")), ids=lambda path: path.name)
def test_every_place_of_the_bundled_pack_has_its_line(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    lines = lines_of(text)
    written = text.split("\n")
    found = list(places(tomllib.loads(text)))
    assert len(found) > 40
    for place in found:
        line = written[lines[place] - 1]
        if isinstance(place[-1], str) and "=" in line:
            assert line.split("=")[0].strip() == place[-1]


KEYS = st.text("abc_-1", min_size=1, max_size=3) | st.text(min_size=1, max_size=3)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    """Write a text as a basic TOML string."""
    plain = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(plain.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'


def written(value: Any, gap: str) -> str:
    """Write a value as TOML, with gaps wherever a list allows them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {written(v, gap)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{gap}" + f"{gap},{gap}".join(written(v, gap) for v in value) + f"{gap}]"
    return str(value) if isinstance(value, int) else quoted(value)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.sampled_from(["", "\n", " # ] } = \n ", "\n\n"]))
def test_the_scan_finds_exactly_what_tomllib_finds(data: dict[str, Any], gap: str) -> None:
    text = "".join(f"{quoted(name)} = {written(value, gap)}\n" for name, value in data.items())
    assert tomllib.loads(text) == data
    assert set(lines_of(text)) == set(places(data))


@given(st.lists(st.sampled_from("[]{}\"'=.,# \nab1\\"), max_size=40).map("".join))
def test_no_text_at_all_makes_the_scan_fail_or_hang(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())
