"""In a seated circle no leader is first or last, whoever passes, comes late or leaves (B4)."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdfast.gatherings.circle import rules
from holdfast.gatherings.circle.rules import Circle, Way

SIZES = st.integers(3, 40)


@given(seats=SIZES, data=st.data())
def test_B4_one_leader_anywhere_speaks_neither_first_nor_last_and_both_directions_are_used(
    seats: int, data: st.DataObject
) -> None:
    leader = data.draw(st.integers(0, seats - 1))
    found = rules.ways(seats, [leader])
    assert len(found) == len(set(found)) == 2 * (seats - 2)
    for way in found:
        order = rules.order_of(seats, way)
        assert sorted(order) == list(range(seats))
        assert order[0] != leader != order[-1]
    for one, back in zip(found[::2], found[1::2], strict=True):
        assert one.clockwise
        assert not back.clockwise
        assert rules.order_of(seats, one) == rules.order_of(seats, back)[::-1]


@given(seats=SIZES, data=st.data())
def test_B4_over_two_questions_everybody_else_has_the_middle_place_on_average(seats: int, data: st.DataObject) -> None:
    leader, pair = data.draw(st.integers(0, seats - 1)), data.draw(st.integers(0, 200))
    asked = [rules.way_for(seats, [leader], asked=2 * pair + n) for n in (0, 1)]
    places = [Counter({seat: n for n, seat in enumerate(rules.order_of(seats, way))}) for way in asked if way]
    for seat in range(seats):
        assert places[0][seat] + places[1][seat] == seats - 1


@given(seats=SIZES, data=st.data())
def test_B4_over_all_ways_nobody_begins_more_often_than_once_more_than_another(seats: int, data: st.DataObject) -> None:
    leader = data.draw(st.integers(0, seats - 1))
    starts = Counter(way.start for way in rules.ways(seats, [leader]))
    others = [starts[seat] for seat in range(seats) if seat != leader]
    assert starts[leader] == 0
    assert max(others) - min(others) <= 1


@given(seats=st.integers(4, 40), data=st.data())
def test_B4_of_two_leaders_the_junior_comes_first_and_where_it_cannot_hold_it_is_said(
    seats: int, data: st.DataObject
) -> None:
    junior, senior = data.draw(st.lists(st.integers(0, seats - 1), min_size=2, max_size=2, unique=True))
    for way in rules.ways(seats, [junior, senior]):
        order = rules.order_of(seats, way)
        assert 0 < order.index(junior) < order.index(senior) < seats - 1
    between = (senior - junior) % seats - 1  # others on the one side of the two, the rest is on the other
    assert rules.seats_that_hold(seats, [junior, senior]) == (max(between, seats - 2 - between) >= 2)


@pytest.mark.parametrize(
    ("seats", "leaders", "holds"),
    [
        (1, [0], False),
        (2, [0], False),
        (3, [1], True),
        (4, [0, 1], True),
        (4, [0, 2], False),
        (3, [0, 1], False),
        (5, [], True),
    ],
)
def test_B4_two_others_suffice_and_fewer_never(seats: int, leaders: list[int], holds: bool) -> None:
    assert rules.seats_that_hold(seats, leaders) == holds
    assert (rules.way_for(seats, leaders, asked=7) is not None) == holds


@dataclass
class Evening:
    """One question as it came round. heard_before, waiting_after: for each leader that was asked."""

    circle: Circle
    asked: list[tuple[int, str]] = field(default_factory=list)
    heard_before: list[bool] = field(default_factory=list)
    waiting_after: list[bool] = field(default_factory=list)


def held(seats: int, leaders: list[int], way: Way, data: st.DataObject) -> Evening:
    """Let it go round while people pass, leave and come late as they like."""
    evening, newcomer = Evening(rules.begin(seats, leaders, way)), seats
    for _ in range(6 * seats):
        now = evening.circle
        event = data.draw(st.sampled_from(["speak", "speak", "speak", "pass", "leave", "late"]))
        if event == "late":
            evening.circle, newcomer = rules.come_late(now, newcomer), newcomer + 1
            continue
        if event == "leave" and now.waiting:
            gone = data.draw(st.sampled_from(now.waiting))
            evening.circle = rules.leave(now, gone)
            continue
        turn = rules.turn(now)
        if turn.seat is None:
            break
        evening.asked.append((turn.seat, turn.says))
        if turn.seat in leaders:
            evening.heard_before.append(any(seat not in leaders for seat in now.spoke))
            evening.waiting_after.append(any(seat not in leaders for seat in now.waiting))
        evening.circle = (rules.skip if event == "pass" else rules.speak)(now, turn.seat)
    return evening


@given(seats=st.integers(3, 12), data=st.data())
def test_B4_however_many_pass_come_late_or_leave_a_leader_is_asked_only_between_others(
    seats: int, data: st.DataObject
) -> None:
    leaders = data.draw(st.lists(st.integers(0, seats - 1), min_size=1, max_size=2, unique=True))
    found = rules.ways(seats, leaders)
    assume(found)
    evening = held(seats, leaders, data.draw(st.sampled_from(found)), data)
    assert all(evening.heard_before)
    assert all(evening.waiting_after)
    asked = Counter(seat for seat, says in evening.asked if says != "again")
    assert all(times == 1 for times in asked.values())
    assert all(times == 1 for times in Counter(seat for seat, says in evening.asked if says == "again").values())
    order = [seat for seat, _ in evening.asked if seat in leaders]
    assert order == [seat for seat in leaders if seat in order]
    if evening.circle.spoke and evening.circle.spoke[-1] in leaders and not evening.circle.waiting:
        assert rules.turn(evening.circle).says == "nobody_after"


def test_B4_a_rule_that_ignored_those_who_pass_would_let_the_leader_begin() -> None:
    """Shows that the property above has something to find: the order alone does not hold it."""
    way = rules.way_for(5, [2], asked=0)
    assert way
    order = rules.order_of(5, way)
    before = order[: order.index(2)]
    circle = rules.begin(5, [2], way)
    for seat in before:
        circle = rules.skip(circle, seat)
    assert circle.waiting[0] == 2  # by the order it would be the leader, as the first voice
    assert rules.turn(circle) == rules.Turn(order[order.index(2) + 1], "turn")


def test_B4_whoever_passed_is_asked_once_more_before_it_is_said_that_it_cannot_hold() -> None:
    circle = Circle(waiting=(1,), leaders=(1,), passed=(0, 2))
    assert rules.turn(circle) == rules.Turn(0, "again")
    assert rules.turn(rules.skip(circle, 0)) == rules.Turn(None, "too_few")
    once = rules.speak(circle, 0)
    assert rules.turn(once) == rules.Turn(None, "leader_last")
    after = rules.speak(once, 1)
    assert rules.turn(after) == rules.Turn(None, "nobody_after")
    assert rules.turn(rules.speak(after, 2)) == rules.Turn(None, "done")


@given(seats=st.integers(3, 20), data=st.data())
def test_B4_empty_chairs_keep_their_numbers_and_nobody_on_them_is_asked(seats: int, data: st.DataObject) -> None:
    leader = data.draw(st.integers(0, seats - 1))
    gone = data.draw(st.sets(st.integers(0, seats - 1), max_size=seats - 1))
    way = rules.way_among(seats, [leader], gone=gone, asked=data.draw(st.integers(0, 99)))
    others = seats - len(gone) - (leader not in gone)
    assert (way is None) == (others < rules.FEWEST_OTHERS)
    if way is not None:
        circle = rules.begin(seats, [leader], way, gone=gone)
        assert set(circle.waiting) == set(range(seats)) - gone
        assert leader not in (circle.waiting[0], circle.waiting[-1]) or leader in gone


def test_B4_in_open_talk_a_leader_comes_in_after_three_others() -> None:
    assert [rules.may_lead_speak(voices) for voices in range(5)] == [False, False, False, True, True]
