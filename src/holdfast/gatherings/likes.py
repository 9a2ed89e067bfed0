"""Which wordings perhaps say the same: compared on this machine, offered to people, never joined here."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from holdfast.gatherings import meaning

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
COST_OF_SIZE = 0.02
"""How much closer something has to be for each note it holds beyond one: the large ones draw everything else."""
MOST_OFFERED = 4
WORD = re.compile(r"\w+")


def perhaps_alike(wordings: Sequence[str], *, sizes: Sequence[int], most: int = MOST_OFFERED) -> list[list[int]]:
    """Return for each wording the places of up to `most` others that perhaps say the same, the closest first.

    sizes: of how many notes each was brought together, >= 1. Equally close ones keep the order of the list, so that two
    desks see the same. By meaning where the extra `likes` is installed, else by letters.
    """
    return nearest(_closeness(tuple(wordings)), sizes=sizes, most=most)


def nearest(close: Sequence[Sequence[float]], *, sizes: Sequence[int], most: int) -> list[list[int]]:
    """Return for each row of a square table of closeness, 0 to 1, the places of those closest to it."""
    offered = []
    for place, row in enumerate(close):
        worth = {
            other: value - COST_OF_SIZE * (sizes[other] - 1)
            for other, value in enumerate(row)
            if other != place and value > 0
        }
        best = sorted((other for other in worth if worth[other] > 0), key=lambda other: (-worth[other], other))
        offered.append(best[:most])
    return offered


def by_letters(texts: Sequence[str]) -> list[list[float]]:
    """Compare texts by the words and runs of 3 to 5 letters they share, the rare ones counting most; n × n, 0 to 1.

    Cosine of tf-idf weights: term frequency 1 + ln f, inverse document frequency ln(1 + n / d); see Manning, Raghavan
    and Schütze, Introduction to Information Retrieval (2008), chapter 6. No language is assumed.
    """
    counted = [_grams(text) for text in texts]
    frequency = Counter(gram for grams in counted for gram in grams)
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    close = [[0.0] * len(texts) for _ in texts]
    for place, grams in enumerate(counted):
        weights = {gram: (1 + math.log(n)) * math.log1p(len(texts) / frequency[gram]) for gram, n in grams.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for gram, weight in weights.items():
            for other, of_other in holders[gram]:
                close[place][other] += of_other * weight / length
            holders[gram].append((place, weight / length))
    for place, row in enumerate(close):
        for other in range(place):
            row[other] = close[other][place] = min(1.0, row[other])
    return close


def _grams(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in WORD.findall(text.casefold()):
        found[f"={word}"] += 1
        edged = f"<{word}>"
        for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
            found.update(edged[at : at + size] for at in range(len(edged) - size + 1))
    return found


@lru_cache(maxsize=8)
def _closeness(wordings: tuple[str, ...]) -> list[list[float]]:
    """Compare once for all desks and drawings that show the same wordings."""
    return meaning.by_meaning(wordings) if meaning.is_installed() else by_letters(wordings)
