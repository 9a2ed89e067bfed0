"""When a group consents to a wording, and when more choices came in than people (D4.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings.rules import more_ballots_than_people, people_in_the_room, wording_agreed, yes_needed

FEW = st.integers(0, 60)


@pytest.mark.parametrize(
    ("people", "needed"),
    [(0, 3), (1, 3), (2, 2), (3, 2), (4, 3), (5, 3), (6, 3), (7, 4), (8, 4), (9, 5), (12, 6), (40, 20)],
)
def test_D4_2_consent_takes_half_the_room_never_fewer_than_three_and_in_a_small_room_all_but_one(
    people: int, needed: int
) -> None:
    assert yes_needed(people) == needed
    assert wording_agreed({"yes": needed}, people=people)
    assert not wording_agreed({"yes": needed - 1}, people=people)


@given(yes=FEW, no=FEW, reword=FEW, people=FEW)
def test_D4_2_no_handful_agrees_for_a_group_and_nobody_is_voted_down(
    yes: int, no: int, reword: int, people: int
) -> None:
    if not wording_agreed({"yes": yes, "no": no, "reword": reword}, people=people):
        return
    assert (no, reword) == (0, 0)  # nobody was voted down
    assert yes >= 2  # one voice alone is never a group
    assert yes >= 3 or people in {2, 3}
    assert 2 * yes >= people  # at least half
    assert people > 4 or people - yes <= 1  # in a small room one at most was silent
    assert wording_agreed({"yes": yes + 1}, people=people)  # another yes never undoes it
    assert not wording_agreed({"yes": yes, "no": 1}, people=people)


@given(st.none() | FEW, FEW)
def test_D4_2_a_room_is_never_smaller_than_those_who_handed_in(set_size: int | None, ballots: int) -> None:
    people = people_in_the_room(set_size, ballots=ballots)
    assert people >= ballots
    assert people in {set_size, ballots, 0}
    if more_ballots_than_people(set_size, ballots=ballots):
        assert set_size
        assert people == ballots > set_size
