"""What later chapters know of a session's drivers: they register whom to ask, so that the room needs not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from holdfast.programmes.models import Gathering


@dataclass(frozen=True, slots=True)
class Handed:
    """What has been handed to leadership: the keys of its drivers, and the day both sides expect the last answer."""

    driver_ids: frozenset[int]
    due_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask. handed: what leadership has. listed: the keys of drivers that stand on a list of the group."""

    handed: Callable[[Gathering], Handed | None]
    listed: Callable[[Gathering], frozenset[int]]


ASKED: list[Asked] = []


def register(asked: Asked) -> None:
    """Let a later chapter tell what became of drivers; called once, when it gets ready."""
    if asked not in ASKED:
        ASKED.append(asked)


def handed_over(gathering: Gathering) -> Handed | None:
    """Return what has been handed over from this session; None when nothing has."""
    return next((handed for asked in ASKED if (handed := asked.handed(gathering))), None)


def on_a_list(gathering: Gathering) -> frozenset[int]:
    """Return which drivers of this session stand on the group's own list or its let-go list now."""
    return frozenset().union(*(asked.listed(gathering) for asked in ASKED))


def settled(gathering: Gathering) -> frozenset[int]:
    """Return which drivers have gone where they belong: to leadership, or onto a list of the group."""
    handed = handed_over(gathering)
    return on_a_list(gathering) | (handed.driver_ids if handed else frozenset())
