"""The path as a drawing: every step once, inside the picture, walked up to where the group is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.web.pathway import EDGE, Step, StepState, winding

STATES = st.lists(st.sampled_from(list(StepState)), min_size=1, max_size=20)


@given(states=STATES, across=st.integers(2, 8))
def test_every_step_lies_inside_the_picture_and_none_on_another(states: list[StepState], across: int) -> None:
    drawn = winding([Step(i + 1, "Word", state) for i, state in enumerate(states)], across=across)

    assert [station.step.number for station in drawn.stations] == list(range(1, len(states) + 1))
    for station in drawn.stations:
        assert EDGE <= station.x <= drawn.width - EDGE
        assert station.y >= 30
        assert station.label_y <= drawn.height
    assert len({(station.x, station.y) for station in drawn.stations}) == len(states)
    for path in (drawn.walked, drawn.ahead):
        assert re.fullmatch(r"(M -?\d+ -?\d+( C( -?\d+){6})+)?", path)


def test_the_path_is_walked_up_to_where_the_group_is() -> None:
    steps = [
        Step(n, "", StepState.DONE if n < 4 else StepState.NOW if n == 4 else StepState.AHEAD) for n in range(1, 13)
    ]
    drawn = winding(steps, across=6)
    assert drawn.walked.count("C") == 3
    assert drawn.ahead.count("C") == 8
    assert drawn.walked.endswith(f"{drawn.stations[3].x} {drawn.stations[3].y}")
    assert winding([Step(n, "", StepState.AHEAD) for n in (1, 2)], across=3).walked == ""


def test_a_path_of_one_column_is_no_path() -> None:
    with pytest.raises(ValueError, match="across"):
        winding([], across=1)
