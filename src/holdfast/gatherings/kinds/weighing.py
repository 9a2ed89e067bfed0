"""What ballots say about each item of a prioritise: sums, means, spreads, and what wins in pairs; pure arithmetic."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Any, TypeVar

from holdfast.gatherings.kinds.prioritise import CONSENT, DOTS, PAIRS, RATING, SCALES

Counts = Mapping[str, int]
T = TypeVar("T")
WIDEST = {RATING: 2.0, CONSENT: 2.0}
"""The largest standard deviation five steps can have: half of the people at each end."""
STRONG = Fraction(4)
FEWEST_STRONG = 2
GRADES = {CONSENT: dict(zip(SCALES[CONSENT], range(5, 0, -1), strict=True)), RATING: {str(n): n for n in range(1, 6)}}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a group says about one item. rank: 1 is the first, alike ones share it.

    figure: dots, the mean of 1 to 5, or points in pairs. sd: how far people are apart, None where that says nothing.
    people: how many said something about it. quiet: few rated it, but those who did rated it high; or it has few dots.
    wins, of: in pairs, how many others it is preferred to, and how many there are.
    """

    rank: int
    figure: float
    sd: float | None
    people: int
    quiet: bool
    wins: int = 0
    of: int = 0


def mean_and_spread(grades: Mapping[int, int]) -> tuple[Fraction, float]:
    """Return the mean and the standard deviation of grades.

    grades: grade to number of people >= 0, at least one person. The deviation is that of the people who answered, not
    an estimate for others: divided by their number. Raises ValueError when nobody answered.
    Checked: statistics.fmean and statistics.pstdev of Python, to 12 digits.
    """
    people = sum(grades.values())
    if people < 1:
        raise ValueError("nobody answered")
    mean = Fraction(sum(grade * n for grade, n in grades.items()), people)
    variance = sum(n * (grade - mean) ** 2 for grade, n in grades.items()) / people
    return mean, sqrt(variance)


def copeland(items: int, beaten: Mapping[tuple[int, int], tuple[int, int]]) -> list[tuple[Fraction, Fraction, int]]:
    """Return for each item 0 .. items - 1 its points, its margin and its wins: more is better, in this order.

    beaten: (one, other), one < other, to how many prefer the one and how many the other. An item has a point for each
    item more people prefer it to, half a point where as many prefer either or nobody compared the two. The margin is
    the sum of its leads, each as a share of those who preferred one: it decides between equal points, and equal
    margins stay equal.
    Source: Copeland (1951) A reasonable social welfare function, University of Michigan; Saari & Merlin (1996)
    Economic Theory 8:51-76. Checked: pref-voting 1.18 copeland on 2,000 drawn profiles, winners alike in each.
    """
    points, margins, wins = [Fraction(0)] * items, [Fraction(0)] * items, [0] * items
    for one, other in combinations(range(items), 2):
        for_one, for_other = beaten.get((one, other), (0, 0))
        lead = for_one - for_other
        points[one] += Fraction((lead > 0) - (lead < 0) + 1, 2)
        points[other] += Fraction((lead < 0) - (lead > 0) + 1, 2)
        wins[one] += lead > 0
        wins[other] += lead < 0
        if lead:
            margins[one] += Fraction(lead, for_one + for_other)
            margins[other] -= Fraction(lead, for_one + for_other)
    return list(zip(points, margins, wins, strict=True))


def ranks(values: Sequence[T], better: Callable[[T], Any]) -> list[int]:
    """Return the rank of each value, 1 for the best; alike ones share one, and the next is counted on from there."""
    keys = [better(value) for value in values]
    return [1 + sum(other > key for other in keys) for key in keys]


def is_quiet(rated: int, mean: Fraction, *, ballots: int) -> bool:
    """Tell whether few rated an item but rated it high: at most half of those who took part, and a mean of 4 or more.

    One person alone is not enough: a second look at the wish of one would point at them.
    """
    return FEWEST_STRONG <= rated <= ballots / 2 and mean >= STRONG


def weigh(
    setup: Mapping[str, Any], items: Sequence[int], tallies: Mapping[int, Counts], *, ballots: int, smallest: int
) -> dict[int, Weight]:
    """Return what may be shown about each item; one about which fewer than `smallest` said something is left out.

    tallies: key to what was said how often, from `voices`; in pairs the keys count the pairs from 1. ballots: how many
    were handed in.
    """
    manner = setup.get("manner")
    if manner == PAIRS:
        return _by_pairs(items, tallies, smallest=smallest)
    shown = {item: tallies.get(item, {}) for item in items if sum(tallies.get(item, {}).values()) >= smallest}
    if manner == DOTS:
        return _by_dots(shown)
    return _by_grades(str(manner), shown, ballots=ballots)


def _by_dots(shown: Mapping[int, Counts]) -> dict[int, Weight]:
    dots = {item: counts.get("dot", 0) for item, counts in shown.items()}
    usual = Fraction(sum(dots.values()), len(dots) or 1)
    places = ranks(list(dots.values()), lambda n: n)
    return {
        item: Weight(rank, n, None, sum(shown[item].values()), quiet=n <= usual / 2)
        for (item, n), rank in zip(dots.items(), places, strict=True)
    }


def _by_grades(manner: str, shown: Mapping[int, Counts], *, ballots: int) -> dict[int, Weight]:
    grades = {
        item: {GRADES[manner][word]: n for word, n in counts.items() if word in GRADES[manner]}
        for item, counts in shown.items()
    }
    graded = {item: mean_and_spread(found) for item, found in grades.items() if sum(found.values())}
    places = ranks(list(graded.values()), lambda mean_sd: (mean_sd[0], -mean_sd[1]))
    weights = {}
    for (item, (mean, sd)), rank in zip(graded.items(), places, strict=True):
        people = sum(grades[item].values())
        quiet = manner == RATING and is_quiet(people, mean, ballots=ballots)
        weights[item] = Weight(rank, float(mean), sd, people, quiet)
    return weights


def _by_pairs(items: Sequence[int], tallies: Mapping[int, Counts], *, smallest: int) -> dict[int, Weight]:
    pairs = list(combinations(range(len(items)), 2))
    people = max((sum(tallies.get(key, {}).values()) for key in range(1, len(pairs) + 1)), default=0)
    if people < smallest:
        return {}
    beaten = {
        pair: (tallies.get(key, {}).get("first", 0), tallies.get(key, {}).get("second", 0))
        for key, pair in enumerate(pairs, start=1)
    }
    found = copeland(len(items), beaten)
    places = ranks(found, lambda one: one[:2])
    others = len(items) - 1
    return {
        item: Weight(rank, float(points), None, people, quiet=False, wins=wins, of=others)
        for item, (points, _margin, wins), rank in zip(items, found, places, strict=True)
    }


def apart(setup: Mapping[str, Any], weight: Weight | None) -> float | None:
    """Return how contested an item is, 0 (all alike) to 1 (half of the people at each end); None where it says nothing.

    weight: what may be shown about it.
    """
    widest = WIDEST.get(str(setup.get("manner")))
    return weight.sd / widest if widest and weight is not None and weight.sd is not None else None
