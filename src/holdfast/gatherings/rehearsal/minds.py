"""How simulated people choose: mostly alike, now and then split, so that there is something to talk about."""

from collections.abc import Mapping
from random import Random

SORTING = ("ours", "leadership", "nobody")
READING = ("yes", "no", "reword")
ANSWERS = ("yes", "partly", "no")
SPLIT, ALIKE = 0.25, 0.88
"""How many items a group is split about, and how many of it choose alike about the others."""
SMOOTH, OBJECTION = 0.8, 0.12
"""How many wordings everybody would hand over, and how many people object to one of the others."""
DOUBT = 0.01
"""How often somebody feels that a wording no longer says what was meant."""


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
    if kind == "close":
        return rng.choices(ANSWERS, weights=(6, 3, 1))[0]
    raise ValueError(f"{kind=}")
