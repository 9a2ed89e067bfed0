"""Every colour that carries words can be read, in both schemes, on everything it stands on."""

import re

import pytest

from tests.web.oklch import TOKENS, contrast, scheme

SCHEMES = ("light", "dark")
DIRECTIONS = ("north", "east", "south", "west")
GROUNDS = ("paper", "card", *(f"{direction}-wash" for direction in DIRECTIONS))
WORDS = ("ink", "ink-soft", *DIRECTIONS)


def test_the_measure_knows_black_white_and_a_published_grey() -> None:
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)
    assert contrast((0.568, 0, 0), (1, 0, 0)) == pytest.approx(4.6, abs=0.15)  # #767676, the usual example


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_can_be_read_on_every_ground(name: str, words: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_box_one_can_fill_is_seen(name: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours["edge"], colours[ground]) >= 3


@pytest.mark.parametrize("name", SCHEMES)
def test_the_main_button_can_be_read(name: str) -> None:
    colours = scheme(name)
    assert contrast(colours["card"], colours["ink"]) >= 7


def test_dark_gives_a_colour_for_everything_light_has() -> None:
    assert set(scheme("light")) == set(scheme("dark")) >= {*GROUNDS, *WORDS, "edge", "line"}


def test_colours_are_written_down_only_among_the_tokens() -> None:
    written = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:oklch|rgb|hsl)\(")
    assert written.search(TOKENS.read_text(encoding="utf-8"))
    others = [path for path in TOKENS.parent.rglob("*.css") if path != TOKENS]
    assert len(others) > 5
    assert [path.name for path in others if written.search(path.read_text(encoding="utf-8"))] == []
