"""Where roles hold and who may look after whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.people.rules import Place, may_look_after, tidy_email

PLACES = st.one_of(
    st.builds(Place, st.integers(1, 2)),
    st.builds(Place, st.integers(1, 2), st.integers(1, 3)),
    st.builds(Place, st.integers(1, 2), st.integers(1, 3), st.integers(1, 3)),
)
DISTRICT, SCHOOL, TEAM = Place(1), Place(1, 2), Place(1, 2, 3)


def test_an_organisation_covers_its_sites_and_a_site_its_groups_and_never_the_other_way_round() -> None:
    assert [DISTRICT.covers(p) for p in (DISTRICT, SCHOOL, TEAM)] == [True, True, True]
    assert [SCHOOL.covers(p) for p in (DISTRICT, SCHOOL, TEAM)] == [False, True, True]
    assert [TEAM.covers(p) for p in (DISTRICT, SCHOOL, TEAM)] == [False, False, True]
    assert not DISTRICT.covers(Place(9, 2, 3))
    assert not SCHOOL.covers(Place(1, 7, 3))


def test_a_group_lies_at_a_site() -> None:
    with pytest.raises(ValueError, match="a group lies at a site"):
        Place(1, None, 3)


@given(PLACES, PLACES, PLACES)
def test_what_holds_above_holds_below(a: Place, b: Place, c: Place) -> None:
    if a.covers(b) and b.covers(c):
        assert a.covers(c)
    if a.covers(b) and b.covers(a):
        assert a == b


@given(st.lists(PLACES, max_size=4), st.lists(PLACES, max_size=3), PLACES)
def test_signing_in_as_somebody_never_wins_a_place(theirs: list[Place], mine: list[Place], won: Place) -> None:
    """The attack: make a link for somebody one looks after, sign in as them, and reach what one could not reach."""
    home = Place(won.organisation)
    if may_look_after(theirs, home=home, mine=mine):
        reached_as_them = [place for place in theirs if place.organisation == home.organisation and place.covers(won)]
        reached_before = [place for place in mine if place.covers(won)]
        assert not reached_as_them or reached_before


def test_somebody_without_a_role_belongs_to_whoever_coordinates_the_whole() -> None:
    assert may_look_after([], home=DISTRICT, mine=[DISTRICT])
    assert not may_look_after([], home=DISTRICT, mine=[SCHOOL])


def test_an_address_is_kept_in_small_letters_or_not_at_all() -> None:
    assert tidy_email(" Amara@Lakeside.Example ") == "amara@lakeside.example"
    assert tidy_email("  ") is None
