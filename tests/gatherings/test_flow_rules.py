"""Time, order and neighbours of a session that goes otherwise than planned."""

from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings.flow.rules import MOST_MINUTES, beside, longer
from holdfast.programmes.rules import moved_before

MINUTES = st.integers(1, MOST_MINUTES)
PASSED = st.none() | st.integers(-60, 6 * 3600)
ORDERS = st.lists(st.integers(1, 50), min_size=2, max_size=12, unique=True)


@given(MINUTES, st.sampled_from([2, 5]), PASSED)
def test_more_time_never_makes_an_activity_shorter_nor_longer_than_a_plan_may_say(
    minutes: int, by: int, passed: int | None
) -> None:
    assert minutes <= longer(minutes, by=by, passed=passed) <= MOST_MINUTES


@given(st.integers(1, 60), st.sampled_from([2, 5]), st.integers(0, 3600))
def test_whoever_asks_for_five_minutes_has_at_least_five(minutes: int, by: int, passed: int) -> None:
    left = longer(minutes, by=by, passed=passed) * 60 - passed
    assert left >= by * 60
    if passed <= minutes * 60:
        assert longer(minutes, by=by, passed=passed) == minutes + by


@given(ORDERS, st.data())
def test_pressed_twice_an_activity_moves_once_and_no_other_changes_its_order(
    order: list[int], data: st.DataObject
) -> None:
    key, before = data.draw(st.sampled_from(order)), data.draw(st.sampled_from(order))
    once = moved_before(order, key, before)
    assert moved_before(once, key, before) == once
    assert sorted(once) == sorted(order)
    assert [k for k in once if k != key] == [k for k in order if k != key]
    if key != before:
        assert once.index(key) < once.index(before)


@given(ORDERS)
def test_each_is_beside_its_neighbours_and_the_ends_have_one(ahead: list[int]) -> None:
    for place, key in enumerate(ahead):
        before, after = beside(ahead, key)
        assert before == (ahead[place - 1] if place else None)
        assert after == (ahead[place + 1] if place + 1 < len(ahead) else None)
    assert beside(ahead, 99) == (None, None)
