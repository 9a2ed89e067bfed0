"""What screens show of raised hands: the desk who waits how long, a phone where its own stands, the wall nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from holdfast.gatherings.circle.rules import SPEAKERS_BEFORE_A_LEADER
from holdfast.gatherings.hands.rules import Waiting, in_turn
from holdfast.gatherings.models import CircleOfTalk, Hand, Round

HandView = tuple[str, int]
"""A hand on the wire: its id, and 1 while it is called. The order is the turn; whose it is only its phone knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A hand as the desk sees it. seconds: since it went up, or since it was called."""

    place: int
    leader: bool
    called: bool
    may_be_called: bool
    seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes since then."""
        return self.seconds // 60


@dataclass(frozen=True, slots=True)
class Hands:
    """The hands of open talk, in turn. called: the id of the one that was called, 0 when none was."""

    lines: list[Line]
    called: int

    @property
    def more(self) -> bool:
        """Tell whether there is somebody who can be called next."""
        return any(line.may_be_called and not line.called for line in self.lines)


def open_to_hands(found: Round, circle: CircleOfTalk | None) -> bool:
    """Tell whether hands are raised now: while people talk in the open; a seated circle has its own turns."""
    return found.phase == Round.Phase.TALKING and not (circle and circle.seats)


def in_order(found: Round, circle: CircleOfTalk | None) -> tuple[list[Hand], int]:
    """Return the hands of a round in turn, the one that was called first, and how many of them can be called."""
    rows = {row.pk: row for row in found.hands.order_by("place", "pk")}
    up = sorted(rows.values(), key=lambda row: row.called_at is None)
    before = max(0, SPEAKERS_BEFORE_A_LEADER - (circle.speakers if circle else 0))
    if up and up[0].called_at is not None:
        first, rest = up[:1], up[1:]
        before = max(0, before - (not first[0].from_leader))
    else:
        first, rest = [], up
    order, callable_now = in_turn([Waiting(row.pk, row.from_leader) for row in rest], voices_before=before)
    return first + [rows[one.id] for one in order], len(first) + callable_now


def hands_on_the_wire(found: Round, circle: CircleOfTalk | None) -> tuple[HandView, ...] | None:
    """Return what phones are told; None where no hands are raised. Not since when, and not which is a leader's."""
    if not open_to_hands(found, circle):
        return None
    return tuple((str(row.pk), int(row.called_at is not None)) for row in in_order(found, circle)[0])


def hands_at_the_desk(found: Round, circle: CircleOfTalk | None) -> Hands:
    """Return what the desk shows."""
    order, callable_now = in_order(found, circle)
    now = timezone.now()
    return Hands(
        lines=[_line(row, place, place <= callable_now, now) for place, row in enumerate(order, start=1)],
        called=next((row.pk for row in order if row.called_at is not None), 0),
    )


def _line(row: Hand, place: int, may_be_called: bool, now: datetime) -> Line:
    since = row.called_at or row.raised_at
    return Line(
        place=place,
        leader=row.from_leader,
        called=row.called_at is not None,
        may_be_called=may_be_called,
        seconds=max(0, round((now - since).total_seconds())),
    )
