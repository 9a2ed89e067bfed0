"""How simulated people choose: mostly alike, now and then split, so that there is something to talk about."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Any

SORTING = ("ours", "leadership", "nobody")
READING = ("yes", "no", "reword")
ANSWERS = ("yes", "partly", "no")
SPLIT, ALIKE = 0.25, 0.88
"""How many items a group is split about, and how many of it choose alike about the others."""
SMOOTH, OBJECTION = 0.8, 0.12
"""How many wordings everybody would hand over, and how many people object to one of the others."""
DOUBT = 0.01
"""How often somebody feels that a wording no longer says what was meant."""


RATING, CONSENT = ("5", "4", "4", "3", "2", "1"), ("gladly", "mostly", "live", "talk", "cannot")
MANNERS = frozenset({"dots", "rating", "consent", "pairs"})
NO_OPINION = 0.1
"""How often somebody has no opinion about an item."""


def manner_of(current: Mapping[str, Any]) -> str:
    """Return how people choose in a round: its kind, or the manner in which priorities are set."""
    return str(current.get("setup", {}).get("manner") or current["kind"])


def chosen_about(
    current: Mapping[str, Any], items: Sequence[Mapping[str, Any]], rng: Random
) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what one person chooses about in a round, each by the name it has on a ballot, with its item.

    With dots only what they are given to; of pairs as many as a person compares, with the wording of both.
    """
    manner, budget = manner_of(current), int(current.get("setup", {}).get("budget") or 0)
    if manner == "pairs":
        pairs = list(combinations(items, 2))
        rng.shuffle(pairs)
        return [(f"{a['id']}-{b['id']}", {"wording": f"{a['wording']} {b['wording']}"}) for a, b in pairs[:budget]]
    if manner == "dots":
        liked = sorted(items, key=lambda item: -Random(str(item["wording"])).random() * rng.uniform(0.4, 1))  # noqa: S311
        return [(item["id"], item) for item in liked[:budget]]
    return [(item["id"], item) for item in items]


def choice(kind: str, item: Mapping[str, object], rng: Random) -> str:
    """Choose about one item of a round of this kind. The wording decides how the group leans, rng how this person does.

    Raises ValueError for a kind without choices.
    """
    leaning = Random(str(item["wording"]))  # noqa: S311 - the same wording divides the same rehearsal alike
    if kind == "sort":
        favourite, split = leaning.choice(SORTING), leaning.random() < SPLIT
        return rng.choice(SORTING) if split or rng.random() > ALIKE else favourite
    if kind == "agree":
        smooth = leaning.random() < SMOOTH
        return "yes" if smooth or rng.random() > OBJECTION else rng.choice(READING[1:])
    if kind in MANNERS:
        return _weighed(kind, leaning, rng)
    if kind == "close":
        return rng.choices(ANSWERS, weights=(6, 3, 1))[0]
    raise ValueError(f"{kind=}")


def _weighed(manner: str, leaning: Random, rng: Random) -> str:
    if manner == "dots":
        return "dot"
    if manner == "pairs":
        return rng.choices(("first", "second", "alike"), (4, 2, 1) if leaning.random() < 0.5 else (2, 4, 1))[0]
    if manner == "rating" and rng.random() < NO_OPINION:
        return "none"
    scale = RATING if manner == "rating" else CONSENT
    favourite, split = leaning.choice(scale[:4]), leaning.random() < SPLIT
    return rng.choice(scale) if split or rng.random() > ALIKE else favourite
