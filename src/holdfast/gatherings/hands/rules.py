"""In which order hands are called: as they went up, and a leader’s after enough other voices."""

from collections.abc import Sequence
from typing import NamedTuple


class Waiting(NamedTuple):
    """One hand. id: drawn by a phone for this hand alone."""

    id: int
    leader: bool = False


def in_turn(hands: Sequence[Waiting], *, voices_before: int) -> tuple[list[Waiting], int]:
    """Return hands in the order in which they are called, and how many of them can be called as things stand.

    hands: as they went up. voices_before: how many others have still to speak before a leader, >= 0. A leader's hand
    waits behind as many other hands; where there are fewer it stands last, and is not called yet.
    """
    order: list[Waiting] = []
    leaders: list[Waiting] = []
    others = 0
    for hand in hands:
        if hand.leader and others < voices_before:
            leaders.append(hand)
            continue
        order.append(hand)
        others += not hand.leader
        if leaders and others >= voices_before:
            order += leaders
            leaders = []
    return order + leaders, len(order)
