"""Prioritise: each person says what matters most, in one of four manners; only sums are shown, after the close."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import Any

from holdfast.gatherings.kinds.ballots import FIRST, MOVES, SHOWS_ITEMS, USES_VOICES, may, sees

__all__ = ["BALLOT", "FIRST", "MOVES", "SHOWS_ITEMS", "USES_VOICES", "may", "sees"]

DOTS, RATING, CONSENT, PAIRS = "dots", "rating", "consent", "pairs"
SCALES: dict[str, tuple[str, ...]] = {
    DOTS: ("dot",),
    RATING: ("5", "4", "3", "2", "1", "none"),
    CONSENT: ("gladly", "mostly", "live", "talk", "cannot"),
    PAIRS: ("first", "second", "alike"),
}
"""What can be said, by manner, the warmest first. none: no opinion. Of a pair: the first, the second, or as much."""
LEFT = {DOTS: "none", PAIRS: "open"}
"""What a ballot says about what it leaves out, where leaving out is an answer: so that ballots are counted with it."""
BALLOT: tuple[str, ...] = tuple(word for scale in SCALES.values() for word in scale)
MOST_IN_PAIRS = 8
PAIRS_WITHOUT_A_PART = 15
PART = 12
"""How many comparisons are asked of everybody, and how many of each person where there are more: about a minute."""


class OverBudget(ValueError):
    """More was given than the budget of the round."""


def suggested_budget(items: int) -> int:
    """Suggest how many dots each person has: a third of the items, or their square root where that is fewer.

    items: >= 1. Never fewer than one. From nine items on the root is the smaller, so that a long list stays a choice.
    """
    return max(1, round(min(items / 3, sqrt(items))))


def most_budget(manner: str, items: int) -> int:
    """Return the largest budget that still asks for a choice: all dots but one, every comparison, else none."""
    if manner == DOTS:
        return max(1, items - 1)
    return items * (items - 1) // 2 if manner == PAIRS else 0


def usual_setup(manner: str, items: int) -> dict[str, Any]:
    """Return how a round is held unless the facilitator says otherwise."""
    if manner == PAIRS:
        every = most_budget(PAIRS, items)
        return {"manner": manner, "budget": every if every <= PAIRS_WITHOUT_A_PART else PART}
    return {"manner": manner, "budget": suggested_budget(items) if manner == DOTS else 0}


def asked(setup: Mapping[str, Any], items: Sequence[int]) -> list[int]:
    """Return the keys people choose about: the items, or the pairs of them, counted from 1."""
    return list(range(1, most_budget(PAIRS, len(items)) + 1)) if setup.get("manner") == PAIRS else list(items)


def names(setup: Mapping[str, Any], items: Sequence[int]) -> list[str]:
    """Return the same keys as a phone names them: an item by its key, a pair by both with a hyphen between."""
    if setup.get("manner") == PAIRS:
        return [f"{one}-{other}" for one, other in combinations(items, 2)]
    return [str(item) for item in items]


def read_ballot(setup: Mapping[str, Any], items: Sequence[int], said: Mapping[Any, Any]) -> dict[int, str]:
    """Return one person's choices by key, with what is left out filled in; an empty ballot stays empty.

    Raises ValueError for what is not on the list, OverBudget when more is given than the round allows.
    """
    manner = str(setup["manner"])
    keys = dict(zip(names(setup, items), asked(setup, items), strict=True))
    if any(name not in keys or word not in SCALES[manner] for name, word in said.items()):
        raise ValueError("not on the list")
    if setup["budget"] and len(said) > setup["budget"]:
        raise OverBudget(f"{len(said)} of {setup['budget']}")
    if not said or manner not in LEFT:
        return {keys[name]: word for name, word in said.items()}
    return {key: said.get(name, LEFT[manner]) for name, key in keys.items()}


def said_in(setup: Mapping[str, Any], items: Sequence[int], text: str) -> dict[str, str]:
    """Return what a stored ballot says, by the names a phone uses, without what was filled in."""
    words = dict(zip(names(setup, items), text.split(","), strict=False))
    return {name: word for name, word in words.items() if word and word in SCALES[str(setup["manner"])]}


def pairs_in_turn(items: int, *, start: int) -> list[tuple[int, int]]:
    """Return all pairs of 0 .. items - 1, so that the first ones of any length name every item about equally often.

    The circle of a tournament: one place stays, the others go round, so that each turn names every item once (all but
    one when their number is odd). start: the turn to begin with; people who begin with different ones cover every pair.
    Source: Kirkman (1850) Cambridge and Dublin Mathematical Journal 5:255-262; Haselgrove & Leech (1977) American
    Mathematical Monthly 84:198-201.
    """
    places = items + items % 2
    found = []
    for turn in range(places - 1):
        at = (turn + start) % (places - 1)
        circle = [places - 1, *((at + step) % (places - 1) for step in range(places - 1))]
        for one, other in zip(circle[: places // 2], reversed(circle[places // 2 :]), strict=True):
            if max(one, other) < items:
                found.append((min(one, other), max(one, other)))
    return found
