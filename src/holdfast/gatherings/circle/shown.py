"""What the desk shows of a circle: the ring of seats, who begins, and whose turn it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.gatherings.circle import rules
from holdfast.gatherings.circle.rules import Circle
from holdfast.gatherings.hands.shown import Hands, hands_at_the_desk
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
    """A circle as it is drawn. turn: whose it is. leader_place: where the first leader comes of those there, from 1.

    people: how many are there. speakers: how many others have spoken in open talk. changes: how often it has changed.
    hands: those raised in open talk.
    """

    seats: Sequence[Seat]
    turn: rules.Turn
    start: int
    clockwise: bool
    leader_place: int
    people: int
    speakers: int
    changes: int
    hands: Hands | None

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
    order = [seat for seat in rules.order_of(circle.seats, way) if seat not in circle.gone] if circle.seats else []
    turn = rules.turn(state_of(circle))
    return Ring(
        seats=[_seat(circle, seat, turn) for seat in range(circle.seats)],
        turn=turn,
        start=circle.start + 1,
        clockwise=circle.clockwise,
        leader_place=next((order.index(seat) + 1 for seat in circle.leaders if seat in order), 0),
        people=len(order),
        speakers=circle.speakers,
        changes=circle.changes,
        hands=None if circle.seats else hands_at_the_desk(found, circle),
    )


def _seat(circle: CircleOfTalk, seat: int, turn: rules.Turn) -> Seat:
    angle = 2 * math.pi * seat / circle.seats - math.pi / 2
    states = (("gone", circle.gone), ("spoke", circle.spoke), ("passed", circle.passed))
    return Seat(
        number=seat + 1,
        x=round(CENTRE + RADIUS * math.cos(angle), 2),
        y=round(CENTRE + RADIUS * math.sin(angle), 2),
        state=next((state for state, seats in states if seat in seats), "waiting"),
        leads=seat in circle.leaders,
        now=seat == turn.seat,
    )
