"""The wall shows every note once, and says before the reveal neither a note nor how many there are (B4, E3)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings import actions
from holdfast.gatherings.rules import LINES_DOWN_THE_WALL, NOTES_DOWN_THE_WALL, lines_on_the_wall, pages_of
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import a_room
from tests.wire import Wire

BOTH = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
HEIGHTS = st.lists(st.integers(1, 30), max_size=60)
SHOWN = re.compile(r'<li class="wall__note"[^>]*> ?<p dir="auto">(.*?)</p>')


@given(HEIGHTS)
def test_every_note_has_one_page_and_no_page_is_skipped(heights: list[int]) -> None:
    pages = pages_of(heights)
    assert len(pages) == len(heights)
    assert sorted(pages) == pages
    assert set(pages) == set(range(max(pages, default=-1) + 1))


@given(HEIGHTS)
def test_a_page_holds_no_more_than_fits_unless_one_note_alone_is_too_high(heights: list[int]) -> None:
    pages = pages_of(heights)
    for page in set(pages):
        here = [height for height, at in zip(heights, pages, strict=True) if at == page]
        assert len(here) <= NOTES_DOWN_THE_WALL
        assert sum(here) <= LINES_DOWN_THE_WALL or len(here) == 1


@given(HEIGHTS, HEIGHTS)
def test_notes_that_come_later_never_move_those_before_them(before: list[int], later: list[int]) -> None:
    assert pages_of(before + later)[: len(before)] == pages_of(before)


@given(st.text(max_size=600), st.integers(1, 4), st.booleans())
def test_a_note_takes_at_least_a_line_and_the_space_around_it(text: str, columns: int, labelled: bool) -> None:
    assert lines_on_the_wall(text, columns=columns, labelled=labelled) >= 2 + labelled


@BOTH
def test_B4_page_by_page_every_note_is_shown_once(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    wanted = sorted(f"note {n}" for n in range(20))
    for n, text in enumerate(wanted):
        stage.phone(wire).write(text, column="drains" if n % 3 else "restores")
    desk.press("screening")
    desk.press("acceptance")
    desk.press("reveal")
    seen: list[str] = []
    page = 0
    while True:
        seen += SHOWN.findall(desk.wall())
        if "Next page on the wall" not in desk.look():
            break
        page += 1
        desk.press("page", page=page)
    assert page >= 2
    assert sorted(seen) == wanted
    assert "20 of 20 notes have been up" in desk.look()
    desk.press("page", page=900)
    assert "20 of 20 notes have been up" in desk.look()  # there is no page after the last
    assert "This could not be read." in desk.press("page", page="x")


@BOTH
def test_E3_the_wall_tells_no_note_and_no_number_of_notes_before_the_reveal(wire: Wire) -> None:
    stage = a_room()
    desk = Desk(stage, wire, stage.bo)
    empty = desk.wall()
    for n in range(7):
        stage.phone(wire).write(f"canary {n}")
    wire.settle(0.05)
    assert desk.wall() == empty
    desk.press("screening")
    quiet = desk.wall()
    desk.press("acceptance")
    assert desk.wall() == quiet
    assert "canary" not in quiet
    desk.press("reveal")
    assert "canary" in desk.wall()


@BOTH
def test_the_wall_shows_the_code_until_the_session_ends(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = Desk(stage, wire, stage.bo)
    letters = f"{' '.join(stage.room.code)} "
    assert f'aria-label="{letters}"' in desk.wall()
    assert "<svg" in desk.wall()
    assert " style=" not in desk.wall()  # browsers are told to refuse those
    actions.end_room(stage.room, by=stage.bo)
    assert letters not in desk.wall()


@BOTH
def test_a_talk_fills_the_wall_with_its_question(wire: Wire) -> None:
    stage = a_room(writing=False)
    desk = Desk(stage, wire, stage.bo)
    desk.press("rounds", item=stage.talk.pk)
    assert "Phones face-down now." in desk.wall()
    assert "What surprises you?" in desk.wall()
