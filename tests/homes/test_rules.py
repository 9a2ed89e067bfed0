"""How somebody is greeted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.homes.rules import Greeting, greeting


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening"), (3, "evening")],
)
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    assert greeting(hour) == Greeting(words)


@given(st.integers().filter(lambda hour: not 0 <= hour <= 23))
def test_there_is_no_such_hour(hour: int) -> None:
    with pytest.raises(ValueError, match="hour"):
        greeting(hour)
