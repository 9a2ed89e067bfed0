"""Sums, means, spreads and pairs of priorities, against published values and for whatever people say (D7.1, F2.17)."""

import statistics
from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings.kinds import prioritise, weighing
from holdfast.gatherings.kinds.prioritise import CONSENT, DOTS, PAIRS, RATING, SCALES
from holdfast.gatherings.kinds.weighing import copeland, is_quiet, mean_and_spread, ranks, weigh
from holdfast.voices.rules import count_choices, pack_choices

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)
TENNESSEE = {
    (MEMPHIS, NASHVILLE): (42, 58), (MEMPHIS, CHATTANOOGA): (42, 58), (MEMPHIS, KNOXVILLE): (42, 58),
    (NASHVILLE, CHATTANOOGA): (68, 32), (NASHVILLE, KNOXVILLE): (68, 32), (CHATTANOOGA, KNOXVILLE): (83, 17),
}  # fmt: skip
"""The capital of Tennessee, which textbooks on voting use: 42, 26, 15 and 17 of a hundred live near each city."""
grades = st.dictionaries(st.integers(1, 5), st.integers(0, 60), min_size=1).filter(lambda found: sum(found.values()))
sizes = st.integers(2, 8)
leads = st.tuples(st.integers(0, 12), st.integers(0, 12))


def test_D7_1_pairs_put_the_textbook_cities_in_their_published_order() -> None:
    found = copeland(4, TENNESSEE)
    assert [points for points, _, _ in found] == [0, 3, 2, 1]
    assert [wins for _, _, wins in found] == [0, 3, 2, 1]


def test_equal_points_are_decided_by_the_margin_and_equal_margins_stay_equal() -> None:
    cycle = {(0, 1): (9, 1), (1, 2): (6, 4), (0, 2): (4, 6)}  # each beats one: stone, scissors, paper
    assert [points for points, _, _ in copeland(3, cycle)] == [1, 1, 1]
    assert ranks(copeland(3, cycle), lambda one: one[:2]) == [1, 3, 2]
    fair = {(0, 1): (6, 4), (1, 2): (6, 4), (0, 2): (4, 6)}
    assert ranks(copeland(3, fair), lambda one: one[:2]) == [1, 1, 1]


@given(st.data(), sizes)
def test_what_beats_all_others_is_first_alone(data: st.DataObject, items: int) -> None:
    beaten = {pair: data.draw(leads) for pair in combinations(range(items), 2)}
    best = data.draw(st.integers(0, items - 1))
    for other in set(range(items)) - {best}:
        beaten[min(best, other), max(best, other)] = (3, 2) if best < other else (2, 3)
    assert [item for item, rank in enumerate(ranks(copeland(items, beaten), lambda one: one[:2])) if rank == 1] == [
        best
    ]


@given(st.data(), sizes)
def test_turned_round_the_last_is_first(data: st.DataObject, items: int) -> None:
    beaten = {pair: data.draw(leads) for pair in combinations(range(items), 2)}
    turned = {pair: (other, one) for pair, (one, other) in beaten.items()}
    there, back = copeland(items, beaten), copeland(items, turned)
    assert all(one[0] + other[0] == items - 1 and one[1] == -other[1] for one, other in zip(there, back, strict=True))


@given(st.data(), st.integers(2, 4))
def test_names_do_not_matter(data: st.DataObject, items: int) -> None:
    beaten = {pair: data.draw(leads) for pair in combinations(range(items), 2)}
    found = copeland(items, beaten)
    for order in permutations(range(items)):
        moved = {
            (min(order[a], order[b]), max(order[a], order[b])): said if order[a] < order[b] else said[::-1]
            for (a, b), said in beaten.items()
        }
        assert [copeland(items, moved)[order[item]] for item in range(items)] == found


@given(st.integers(2, 8), st.integers(0, 20), st.integers(0, 28))
def test_any_part_of_the_pairs_names_each_item_about_equally_often(items: int, start: int, most: int) -> None:
    turns = prioritise.pairs_in_turn(items, start=start)
    assert sorted(turns) == list(combinations(range(items), 2))
    named = Counter(item for pair in turns[:most] for item in pair)
    often = [named[item] for item in range(items)]
    assert max(often) - min(often) <= 1 + items % 2


@given(grades)
def test_mean_and_spread_are_those_of_the_standard_library(found: dict[int, int]) -> None:
    people = [grade for grade, n in found.items() for _ in range(n)]
    mean, sd = mean_and_spread(found)
    assert float(mean) == pytest.approx(statistics.fmean(people), abs=1e-12)
    assert sd == pytest.approx(statistics.pstdev(people), abs=1e-12)
    assert 1 <= mean <= 5
    assert 0 <= sd <= 2
    with pytest.raises(ValueError, match="nobody"):
        mean_and_spread(dict.fromkeys(found, 0))


@pytest.mark.parametrize(
    ("items", "dots"), [(1, 1), (2, 1), (3, 1), (6, 2), (9, 3), (10, 3), (12, 3), (15, 4), (20, 4), (30, 5), (60, 8)]
)
def test_D7_1_the_suggested_budget_is_a_third_or_the_root_of_the_items(items: int, dots: int) -> None:
    assert prioritise.suggested_budget(items) == dots


def test_pairs_are_all_asked_of_everybody_until_they_are_too_many() -> None:
    budgets = {items: prioritise.usual_setup(PAIRS, items)["budget"] for items in range(2, 9)}
    assert budgets == {2: 1, 3: 3, 4: 6, 5: 10, 6: 15, 7: 12, 8: 12}


ballots = st.sampled_from(sorted(SCALES)).flatmap(
    lambda manner: st.tuples(
        st.just(manner),
        st.lists(st.dictionaries(st.integers(0, 4), st.sampled_from(SCALES[manner]), max_size=5), max_size=30),
    )
)


@given(ballots, st.integers(3, 8))
def test_E3_whatever_people_say_nothing_is_shown_about_fewer_than_the_smallest_group(
    said: tuple[str, list[dict[int, str]]], smallest: int
) -> None:
    manner, people = said
    items = [11, 12, 13, 14, 15]
    setup = {**prioritise.usual_setup(manner, 5), "budget": 99}
    keys, names = prioritise.asked(setup, items), prioritise.names(setup, items)
    packed = [
        pack_choices(prioritise.read_ballot(setup, items, {names[at]: word for at, word in one.items()}), keys)
        for one in people
    ]
    counted: dict[int, dict[str, int]] = {key: {} for key in keys}
    for (key, word), n in count_choices(packed, keys).items():
        counted[key][word] = n
    weights = weigh(setup, items, counted, ballots=len(packed), smallest=smallest)
    spoke = [one for one in people if one]
    for at, item in enumerate(items):
        answered = len(spoke) if manner in prioritise.LEFT else sum(at in one for one in people)
        if answered < smallest:
            assert item not in weights
        elif manner != RATING:  # where all have no opinion there is no mean
            assert item in weights
        if item in weights and manner == DOTS:
            assert weights[item].figure == sum(at in one for one in people)
        if item in weights and manner in {RATING, CONSENT}:
            assert 0 <= (weighing.apart(setup, weights[item]) or 0) <= 1
    for text, one in zip(packed, people, strict=True):
        assert prioritise.said_in(setup, items, text) == {names[at]: word for at, word in one.items()}


@given(st.integers(2, 40), st.data())
def test_a_budget_is_kept_whatever_is_sent(items: int, data: st.DataObject) -> None:
    keys = list(range(100, 100 + items))
    setup = prioritise.usual_setup(DOTS, items)
    dots = data.draw(st.sets(st.sampled_from(keys)))
    if len(dots) > setup["budget"]:
        with pytest.raises(prioritise.OverBudget):
            prioritise.read_ballot(setup, keys, dict.fromkeys(map(str, dots), "dot"))
    else:
        ballot = prioritise.read_ballot(setup, keys, dict.fromkeys(map(str, dots), "dot"))
        assert sum(word == "dot" for word in ballot.values()) == len(dots)
        assert len(ballot) == (items if dots else 0)  # all ballots are alike in length


def test_D7_1_a_quiet_item_is_one_that_few_rate_and_those_high() -> None:
    assert is_quiet(2, Fraction(9, 2), ballots=10)
    assert is_quiet(5, Fraction(4), ballots=10)
    assert not is_quiet(6, Fraction(5), ballots=10)  # not few
    assert not is_quiet(3, Fraction(39, 10), ballots=10)  # not high
    assert not is_quiet(1, Fraction(5), ballots=10)  # one alone would be pointed at
    shown = weigh({"manner": RATING}, [1, 2], {1: {"5": 2, "none": 8}, 2: {"5": 10}}, ballots=10, smallest=5)
    assert (shown[1].quiet, shown[2].quiet) == (True, False)


def test_alike_ones_share_a_place_and_the_next_is_counted_on() -> None:
    shown = weigh(
        {"manner": DOTS}, [1, 2, 3, 4],
        {1: {"dot": 4, "none": 2}, 2: {"dot": 4, "none": 2}, 3: {"dot": 3, "none": 3}, 4: {"none": 6}},
        ballots=6, smallest=5,
    )  # fmt: skip
    assert [shown[item].rank for item in (1, 2, 3, 4)] == [1, 1, 3, 4]
    assert [shown[item].quiet for item in (1, 2, 3, 4)] == [False, False, False, True]


def test_of_equal_means_the_one_people_agree_about_comes_first() -> None:
    shown = weigh({"manner": RATING}, [1, 2], {1: {"1": 3, "5": 3}, 2: {"3": 6}}, ballots=6, smallest=5)
    assert (shown[1].figure, shown[2].figure) == (3.0, 3.0)
    assert (shown[1].rank, shown[2].rank) == (2, 1)
    assert weighing.apart({"manner": RATING}, shown[1]) == 1.0
