"""What a later chapter knows of a session's drivers: it registers whom to ask, so that the room needs not know it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from holdfast.programmes.models import Gathering


@dataclass(frozen=True, slots=True)
class Handed:
    """What has been handed to leadership: the keys of its drivers, and the day both sides expect the last answer."""

    driver_ids: frozenset[int]
    due_on: date


ASKED: list[Callable[[Gathering], Handed | None]] = []


def register(ask: Callable[[Gathering], Handed | None]) -> None:
    """Let a later chapter tell what was handed over; called once, when it gets ready."""
    if ask not in ASKED:
        ASKED.append(ask)


def handed_over(gathering: Gathering) -> Handed | None:
    """Return what has been handed over from this session; None when nothing has."""
    return next((handed for ask in ASKED if (handed := ask(gathering))), None)
