"""A bar of answers side by side: what each is called, how often it was given, and where it stands on the bar."""

from collections.abc import Mapping
from dataclasses import dataclass

from holdfast.gatherings.rules import shares


@dataclass(frozen=True, slots=True)
class Part:
    """One answer. start, length: on a bar of length 100."""

    choice: str
    label: str
    count: int
    start: float
    length: float


def bar_of(words: Mapping[str, str], counts: Mapping[str, int]) -> list[Part]:
    """Return a bar in the order of the words. words: what each choice is called; counts: how often it was made."""
    numbers = [counts.get(choice, 0) for choice in words]
    drawn = zip(words.items(), numbers, shares(numbers), strict=True)
    return [Part(choice, label, count, *share) for (choice, label), count, share in drawn]
