"""What desk and wall show of a circle: the ring of seats, who begins, and whose turn it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.gatherings.circle import rules
from holdfast.gatherings.circle.rules import Circle
from holdfast.gatherings.models import CircleOfTalk, Round

CENTRE, RADIUS = 60.0, 48.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat of the ring. number: clockwise from 1. x, y: within 120. state: waiting, spoke, passed or gone."""

    number: int
    x: float
    y: float
    state: str
    leads: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle as it is drawn. turn: whose it is. leader_place: where the first leader comes, counted from 1.

    may_lead: in open talk, three others have spoken.
    """

    seats: Sequence[Seat]
    turn: rules.Turn
    start: int
    clockwise: bool
    leader_place: int
    questions: int
    speakers: int

    @property
    def seated(self) -> bool:
        """Tell whether somebody has said how many sit in the circle."""
        return bool(self.seats)

    @property
    def now(self) -> int:
        """The number of the seat that is asked, 0 when none is."""
        return self.turn.seat + 1 if self.turn.seat is not None else 0

    @property
    def leader_is_asked(self) -> bool:
        """Tell whether it is a leader's turn."""
        return any(seat.now and seat.leads for seat in self.seats)

    @property
    def may_lead(self) -> bool:
        """Tell whether a leader may come in to open talk."""
        return rules.may_lead_speak(self.speakers)

    @property
    def still_before(self) -> int:
        """Count the speakers that come before a leader's in open talk."""
        return max(0, rules.SPEAKERS_BEFORE_A_LEADER - self.speakers)


def state_of(circle: CircleOfTalk) -> Circle:
    """Return how far the question of the moment has come round."""
    return Circle(tuple(circle.waiting), tuple(circle.leaders), tuple(circle.spoke), tuple(circle.passed))


def ring_of(found: Round) -> Ring | None:
    """Return the ring of an activity that is talk; None for any other, and once it is over."""
    if found.phase != Round.Phase.TALKING:
        return None
    circle = CircleOfTalk.objects.filter(round=found).first() or CircleOfTalk(round=found)
    way = rules.Way(circle.start, circle.clockwise)
    order = rules.order_of(circle.seats, way) if circle.seats else []
    turn = rules.turn(state_of(circle))
    return Ring(
        seats=[_seat(circle, seat, turn) for seat in range(circle.seats)],
        turn=turn,
        start=circle.start + 1,
        clockwise=circle.clockwise,
        leader_place=order.index(circle.leaders[0]) + 1 if circle.leaders and circle.leaders[0] in order else 0,
        questions=circle.questions,
        speakers=circle.speakers,
    )


def _seat(circle: CircleOfTalk, seat: int, turn: rules.Turn) -> Seat:
    angle = 2 * math.pi * seat / circle.seats - math.pi / 2
    states = (("spoke", circle.spoke), ("waiting", circle.waiting), ("passed", circle.passed))
    return Seat(
        number=seat + 1,
        x=round(CENTRE + RADIUS * math.cos(angle), 2),
        y=round(CENTRE + RADIUS * math.sin(angle), 2),
        state=next((state for state, seats in states if seat in seats), "gone"),
        leads=seat in circle.leaders,
        now=seat == turn.seat,
    )
