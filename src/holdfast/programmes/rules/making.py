"""Decisions about the time of a plan: shorter makes, and a proposal that makes it fit a number of minutes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Protocol

BUDGETS = (30, 45, 60, 75, 90)
"""The times a session is planned for, beside its own length."""

NEEDS: Mapping[str, str] = {"condense": "gather", "sort": "gather", "agree": "sort"}
"""What a kind of activity works with: it makes no sense when every activity of that kind is left out."""

CHAIN = ("gather", "condense", "sort", "agree")


class MakeKind(StrEnum):
    """Which make of an activity is planned: as the toolkit has it, shorter, or longer."""

    USUAL = ""
    SHORT = "short"
    LONG = "long"


class OtherMake(Protocol):
    """A shorter or longer way to do an activity."""

    @property
    def minutes(self) -> int:
        """How long it takes."""

    @property
    def how(self) -> str:
        """What is done otherwise."""


class HasMakes(Protocol):
    """An activity of a toolkit, seen as the makes it has."""

    @property
    def minutes(self) -> int:
        """How long it usually takes."""

    @property
    def short(self) -> OtherMake | None:
        """The shorter make, if there is one."""

    @property
    def long(self) -> OtherMake | None:
        """The longer make, if there is one."""


def makes_of(activity: HasMakes | None) -> dict[MakeKind, tuple[int, str]]:
    """Return minutes and how-to of every make of an activity, the shortest first; none for a team's own."""
    if activity is None:
        return {}
    found = {MakeKind.USUAL: (activity.minutes, "")}
    if activity.short:
        found = {MakeKind.SHORT: (activity.short.minutes, activity.short.how), **found}
    if activity.long:
        found[MakeKind.LONG] = (activity.long.minutes, activity.long.how)
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """One activity of a plan, seen as time.

    minutes: 1 or more. shorter: makes that take less time than now, with their minutes. stays: it is never left out,
    because it opens or closes the session, was held already, or has words of the team's own that would be lost.
    """

    key: int
    minutes: int
    kind: str = ""
    shorter: Mapping[MakeKind, int] = field(default_factory=dict)
    stays: bool = False

    def __post_init__(self) -> None:
        if self.minutes < 1 or not all(0 < m < self.minutes for m in self.shorter.values()):
            raise ValueError(f"{self}")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one activity: another make with its minutes, or it is left out (no make, no minutes)."""

    key: int
    make: MakeKind | None
    minutes: int

    @property
    def is_out(self) -> bool:
        """Tell whether the activity is left out."""
        return self.make is None


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a plan would come down to a number of minutes. minutes: how long it would take then."""

    changes: tuple[Change, ...]
    minutes: int
    budget: int

    @property
    def fits(self) -> bool:
        """Tell whether the plan would fit."""
        return self.minutes <= self.budget

    @property
    def signature(self) -> str:
        """Return the proposal as a short text, to notice that the plan has changed since it was shown."""
        return " ".join(f"{c.key}:{'out' if c.is_out else c.minutes}" for c in self.changes)


Cost = tuple[int, int, int]
Way = tuple[Cost, tuple[Change, ...]]


def make_it_fit(pieces: Sequence[Piece], budget: int) -> Proposal:
    """Propose the fewest changes that bring a plan down to `budget` minutes (1 or more).

    First as little as possible is left out, then as little as possible shortened, then as much of the time as possible
    used; of two that could be left out it is the later one. What stays is never left out, and nothing is left without
    what it works with. Where no way fits, the shortest one is returned, which does not fit either.
    """
    if budget < 1:
        raise ValueError(f"{budget=}")
    best: tuple[Cost, int, tuple[Change, ...]] | None = None
    for out in _kinds_left_out(pieces):
        for minutes, (cost, changes) in _ways(pieces, out, budget).items():
            ranked = (cost, -minutes, changes)
            if best is None or _rank(ranked) < _rank(best):
                best = ranked
    if best is not None:
        return Proposal(best[2], -best[1], budget)
    return min((_shortest(pieces, out, budget) for out in _kinds_left_out(pieces)), key=lambda p: p.minutes)


def _rank(way: tuple[Cost, int, tuple[Change, ...]]) -> tuple[int, int, int, int]:
    (left_out, shortened, early), unused, _changes = way
    return left_out, shortened, unused, early


def _kinds_left_out(pieces: Sequence[Piece]) -> Iterator[frozenset[str]]:
    """Yield the sets of kinds that could go as a whole, without leaving another one nothing to work with."""
    there = [kind for kind in CHAIN if any(piece.kind == kind for piece in pieces)]
    kept = {piece.kind for piece in pieces if piece.stays}
    for choice in product((False, True), repeat=len(there)):
        out = frozenset(kind for kind, gone in zip(there, choice, strict=True) if gone)
        orphans = [kind for kind in there if kind not in out and NEEDS.get(kind) in out]
        if not orphans and not out & kept:
            yield out


def _options(piece: Piece, out: frozenset[str]) -> list[tuple[int, Change | None]]:
    if piece.kind in out:
        return [(0, Change(piece.key, None, 0))]
    same: list[tuple[int, Change | None]] = [(piece.minutes, None)]
    same += [(minutes, Change(piece.key, make, minutes)) for make, minutes in sorted(piece.shorter.items())]
    may_go = not piece.stays and piece.kind not in CHAIN
    return [*same, (0, Change(piece.key, None, 0))] if may_go else same


def _ways(pieces: Sequence[Piece], out: frozenset[str], budget: int) -> dict[int, Way]:
    """Return for every number of minutes up to the budget the best way to use exactly these."""
    ways: dict[int, Way] = {0: ((0, 0, 0), ())}
    for place, piece in enumerate(pieces):
        further: dict[int, Way] = {}
        for used, (cost, changes) in ways.items():
            for minutes, change in _options(piece, out):
                total = used + minutes
                if total > budget:
                    continue
                left_out, shortened, early = cost
                if change is None:
                    way: Way = (cost, changes)
                elif change.is_out:
                    way = ((left_out + 1, shortened, early + len(pieces) - place), (*changes, change))
                else:
                    way = ((left_out, shortened + 1, early), (*changes, change))
                if total not in further or way[0] < further[total][0]:
                    further[total] = way
        ways = further
    return ways


def _shortest(pieces: Sequence[Piece], out: frozenset[str], budget: int) -> Proposal:
    chosen = [min(_options(piece, out), key=lambda option: option[0]) for piece in pieces]
    return Proposal(tuple(c for _m, c in chosen if c), sum(m for m, _c in chosen), budget)
