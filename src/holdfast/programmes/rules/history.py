"""How long an activity usually takes, from how long it really took before."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

ENOUGH_OF_OTHERS = 3
"""From so many runs of other groups on theirs are told: one alone would be somebody else's evening."""


class Usual(NamedTuple):
    """How long an activity usually takes. minutes: whole ones, >= 1. runs: of how many. own: of this very group."""

    minutes: int
    runs: int
    own: bool


def usual_minutes(own: Sequence[int], others: Sequence[int]) -> Usual | None:
    """Return the median of a group's own runs; without any that of its organisation, if there are enough; else None.

    own, others: whole minutes each run really took, >= 1. Halves are rounded up: rather too long than too short.
    Raises ValueError for a run shorter than a minute.
    """
    if any(minutes < 1 for minutes in (*own, *others)):
        raise ValueError(f"{list(own)=}, {list(others)=}")
    runs = own or (others if len(others) >= ENOUGH_OF_OTHERS else ())
    return Usual(int(median(runs) + 0.5), len(runs), bool(own)) if runs else None
