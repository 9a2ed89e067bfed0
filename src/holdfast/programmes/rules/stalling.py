"""Where the path of a group stalls, seen from above: plain facts about dates and answers, nothing about persons."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stall(StrEnum):
    """One thing a path waits for."""

    NO_PROGRAMME = "no_programme"
    NO_FACILITATOR = "no_facilitator"
    NO_LEADER = "no_leader"
    NO_DATE = "no_date"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class PathSeen:
    """What can be seen of one group from above.

    has_archived: a programme of it is in the archive. answers_since: the agreed day that went by without an answer.
    """

    has_programme: bool
    has_archived: bool
    is_led: bool
    is_facilitated: bool
    held: int
    sections: int
    has_next_date: bool
    answers_since: date | None

    @property
    def is_through(self) -> bool:
        """Tell whether every section was held."""
        return self.has_programme and 0 < self.sections <= self.held


def stalls(seen: PathSeen) -> list[Stall]:
    """Return what a path waits for, what must come first at the front; empty when it goes on by itself."""
    waits = [
        (Stall.NO_FACILITATOR, not seen.is_facilitated),
        (Stall.NO_LEADER, not seen.is_led),
        (Stall.NO_PROGRAMME, not seen.has_programme and not seen.has_archived),
        (Stall.NO_DATE, seen.has_programme and not seen.is_through and not seen.has_next_date),
        (Stall.ANSWERS, seen.answers_since is not None),
    ]
    return [stall for stall, is_so in waits if is_so]
