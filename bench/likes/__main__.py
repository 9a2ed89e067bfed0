"""For each note that has a like: is one among the first 1, 3 and 5 that are suggested, and how long comparing takes."""

import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from holdfast.gatherings import meaning
from holdfast.gatherings.likes import WORD, by_letters, nearest

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs/reference/likes.md"
FIRST = (1, 3, 5)
Compare = Callable[[Sequence[str]], Sequence[Sequence[float]]]


def notes() -> list[tuple[list[str], list[str]]]:
    """Return for each column its notes and, for each note, the name of what it says."""
    labelled = tomllib.loads((HERE / "notes.toml").read_text(encoding="utf-8"))
    pairs = [[(text, name) for name, texts in groups.items() for text in texts] for groups in labelled.values()]
    return [([text for text, _ in column], [name for _, name in column]) for column in pairs]


def by_words(texts: Sequence[str]) -> list[list[float]]:
    """Compare by whole words alone: the share of words two texts have in common (Jaccard), as the simplest baseline."""
    words = [set(WORD.findall(text.casefold())) for text in texts]
    return [[len(one & other) / len(one | other) if one | other else 0.0 for other in words] for one in words]


def found_among(compare: Compare, first: int) -> float:
    """Return the share of notes that have a like for which one is among the first suggestions, 0 to 1."""
    hits = asked = 0
    for texts, names in notes():
        offered = nearest(compare(texts), sizes=[1] * len(texts), most=first)
        for name, places in zip(names, offered, strict=True):
            if names.count(name) > 1:
                asked += 1
                hits += any(names[place] == name for place in places)
    return hits / asked


def row(label: str, compare: Compare) -> str:
    """Return a row of the table."""
    many = [text for texts, _ in notes() for text in texts]
    compare(many)  # loads what has to be loaded
    began = time.process_time()
    compare(many)
    spent = time.process_time() - began
    shares = " | ".join(f"{100 * found_among(compare, first):.0f} %" for first in FIRST)
    return f"| {label} | {shares} | {1000 * spent:.0f} ms |"


def table() -> str:
    """Measure and return the table as Markdown."""
    rows = [row("whole words", by_words), row("words and letters (built in)", by_letters)]
    if meaning.is_installed():
        rows.append(row("meaning (extra `likes`)", meaning.by_meaning))
    head = ["| compared by | first | first 3 | first 5 | 150 notes |", "|---|---|---|---|---|"]
    return "\n".join(head + rows)


if __name__ == "__main__":
    found = table()
    print(found)
    if "--write" in sys.argv:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- measured -->\n")
        after = rest.partition("<!-- /measured -->")[2]
        PAGE.write_text(f"{before}<!-- measured -->\n{found}\n<!-- /measured -->{after}", encoding="utf-8")
