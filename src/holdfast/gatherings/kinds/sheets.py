"""Sheets: the parts of what is written in the open, by kind; for a form they are what the pack gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

EXPECTATION = ("why", "what", "how")
FAULTS = ("unclear", "unreasonable", "in-conflict", "assumed")
"""What can be wrong with an expectation; it may also have no fault."""
SHEETS: dict[str, tuple[str, ...]] = {
    "why-what-how": EXPECTATION,
    "what-i-want-to-guard": ("matters", "no-room", "limit", "sentence"),
    "my-lane": ("mine", "team", "others", "meet"),
    "word-the-agreements": ("we-do", "looks", "hard", "remind"),
}
"""Activities of the toolkit that have a sheet of their own, and its parts: an expectation, a boundary, my lane, an
agreement."""
ALL = "said"
"""The one part of a sheet that has no parts."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one entry consists of.

    parts: keys; the first of those in `labels` is named by the pack, the others by the page. places: keys of columns an
    entry belongs to. faults: whether a fault can be chosen. dated: whether it has a day by which.
    """

    parts: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    dated: bool = False


def sheet_of(kind: str, columns: Sequence[Mapping[str, str]]) -> Sheet:
    """Return the sheet of a kind. columns: where a gather's notes go, or the parts of a form."""
    known = {column["key"]: column for column in columns}
    if kind == "commit":
        return Sheet(parts=("if", "then"), labels={}, dated=True)
    if kind == "gather" and known:
        return Sheet(parts=(ALL,), labels=known, places=tuple(known))
    if kind == "form" and set(EXPECTATION) <= set(known):
        return Sheet(parts=("about", *known), labels=known, faults=FAULTS)
    if kind == "form" and known:
        return Sheet(parts=tuple(known), labels=known)
    return Sheet(parts=(ALL,), labels={})


@dataclass(frozen=True, slots=True)
class Said:
    """One entry as it was sent. place: a column or a fault, or "". parts: what is filled in, by part."""

    place: str
    parts: dict[str, str]
    name: str
    by_when: date | None


@dataclass(frozen=True, slots=True)
class Right:
    """By which right an entry is written or changed. secret: as it was drawn, "" at the desk."""

    id: int
    secret: str = field(repr=False)
    rev: int = 1
    from_leader: bool = False
