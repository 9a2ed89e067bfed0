"""What is suggested as alike is symmetric, settled, and only ever a suggestion (D4.1)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.likes.__main__ import by_words, found_among, notes
from holdfast.gatherings import likes, meaning

TEXTS = st.lists(st.text(alphabet="abcdéß כל12 .’\n", max_size=24), max_size=12)


@given(texts=TEXTS)
def test_D4_1_closeness_is_between_0_and_1_the_same_both_ways_and_1_for_the_same_words(texts: list[str]) -> None:
    close = likes.by_letters([*texts, *texts])
    for place, row in enumerate(close):
        assert all(0 <= value <= 1 for value in row)
        assert all(value == close[other][place] for other, value in enumerate(row))
        twin = (place + len(texts)) % len(close)
        assert row[twin] == pytest.approx(1.0 if likes.WORD.search(([*texts, *texts])[place]) else 0.0)


@given(texts=TEXTS, most=st.integers(0, 5), data=st.data())
def test_D4_1_never_itself_never_twice_never_too_many_and_the_same_for_two_desks(
    texts: list[str], most: int, data: Any
) -> None:
    sizes = data.draw(st.lists(st.integers(1, 30), min_size=len(texts), max_size=len(texts)))
    offered = likes.perhaps_alike(texts, sizes=sizes, most=most)
    assert offered == likes.perhaps_alike(list(texts), sizes=list(sizes), most=most)
    assert len(offered) == len(texts)
    for place, places in enumerate(offered):
        assert place not in places
        assert len(set(places)) == len(places) <= most
        assert all(0 <= other < len(texts) for other in places)


def test_D4_1_equally_close_ones_keep_their_order_and_large_ones_come_a_little_later() -> None:
    close = [[1.0, 0.5, 0.5, 0.51], [0.5, 1.0, 0.0, 0.0], [0.5, 0.0, 1.0, 0.0], [0.51, 0.0, 0.0, 1.0]]
    assert likes.nearest(close, sizes=[1, 1, 1, 1], most=3)[0] == [3, 1, 2]
    assert likes.nearest(close, sizes=[1, 1, 1, 2], most=3)[0] == [1, 2, 3]
    assert likes.nearest(close, sizes=[1, 1, 1, 100], most=3)[0] == [1, 2]
    assert likes.nearest(close, sizes=[1, 1, 1, 1], most=3)[1] == [0]  # what shares nothing is never offered


def test_D4_1_on_our_labelled_notes_letters_find_more_than_words() -> None:
    assert sum(len(texts) for texts, _ in notes()) == 150
    words, letters = found_among(by_words, 5), found_among(likes.by_letters, 5)
    assert 0.2 < words < letters
    assert letters > 0.5


def test_D4_1_meaning_finds_more_than_letters_where_the_extra_is_installed() -> None:
    pytest.importorskip("wordllama", reason="the extra `likes` is not installed")
    assert found_among(meaning.by_meaning, 5) > found_among(likes.by_letters, 5) + 0.1
