"""A circle at the desk: seating it, whose turn it is, the next question, who speaks in open talk; no name anywhere."""

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import Sum

from holdfast.gatherings.circle import rules
from holdfast.gatherings.circle.rules import Circle
from holdfast.gatherings.circle.shown import state_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import CircleOfTalk, Hand, Room, Round
from holdfast.refusals import Refused

MOST_SEATS = 60
MOST_SPEAKERS = 99
TURNS: Mapping[str, Callable[[Circle, int], Circle]] = {"spoke": rules.speak, "passed": rules.skip}


def seat_circle(found: Round, *, seats: int, leaders: Sequence[int]) -> CircleOfTalk:
    """Seat a circle and begin its first question. leaders: seats from 0, the junior first. Raises Refused."""
    if (
        not 1 <= seats <= MOST_SEATS
        or len(set(leaders)) != len(leaders)
        or not all(0 <= one < seats for one in leaders)
    ):
        raise Refused("gatherings.no_such_seat", {"most": MOST_SEATS}, status=422)
    if not rules.seats_that_hold(seats, leaders):
        two = len(leaders) > 1 and seats - len(leaders) >= rules.FEWEST_OTHERS
        raise Refused("gatherings.leaders_sit_badly" if two else "gatherings.circle_cannot_hold", status=422)
    with transaction.atomic():
        circle = circle_of(found)
        circle.seats, circle.leaders, circle.gone = seats, list(leaders), []
        found.hands.all().delete()  # from now on it goes round
        _begin(circle)
    HUB.refresh(found.room_id)
    return circle


def next_question(found: Round) -> CircleOfTalk:
    """Begin the next question: another way round, and nobody has spoken yet. Raises Refused when it cannot hold."""
    with transaction.atomic():
        circle = circle_of(found)
        circle.speakers = 0
        if circle.seats:
            _begin(circle)
        else:
            keep_circle(circle)
    HUB.refresh(found.room_id)
    return circle


def take_turn(found: Round, *, seat: int, did: str) -> CircleOfTalk:
    """Note what the one at a seat did: spoke, passed or left. Of two desks that press for one turn one counts.

    seat: from 0; of a late one it is not read. did: spoke, passed, left, or late for somebody who has just come.
    Raises Refused.
    """
    with transaction.atomic():
        circle = circle_of(found)
        now = state_of(circle)
        if did == "late" and 0 < circle.seats < MOST_SEATS:
            circle.seats += 1
            keep_circle(circle, rules.come_late(now, circle.seats - 1))
        elif did == "late" or not 0 <= seat < circle.seats:
            raise Refused("gatherings.no_such_seat", {"most": MOST_SEATS}, status=422)
        elif did == "left" and seat not in circle.gone:
            circle.gone = [*circle.gone, seat]
            keep_circle(circle, rules.leave(now, seat))
        elif did in TURNS and seat in {*now.waiting, *now.passed}:
            keep_circle(circle, TURNS[did](now, seat))
    HUB.refresh(found.room_id)
    return circle


def count_speaker(found: Round) -> CircleOfTalk:
    """Note that somebody other than the leader has spoken in open talk; counted up to 99. Raises Refused."""
    with transaction.atomic():
        circle = circle_of(found)
        circle.speakers = min(MOST_SPEAKERS, circle.speakers + 1)
        keep_circle(circle)
    HUB.refresh(found.room_id)
    return circle


def forget_turns(room: Room) -> None:
    """Keep of the circles of a room only how many questions went round: who spoke where is nobody's business later.

    Hands go with the talk in which they were raised.
    """
    with transaction.atomic():
        Hand.objects.filter(round__room=room).exclude(round__phase=Round.Phase.TALKING).delete()
        over = CircleOfTalk.objects.filter(round__room=room).exclude(round__phase=Round.Phase.TALKING)
        over.update(seats=0, leaders=[], gone=[], waiting=[], spoke=[], passed=[], start=0, speakers=0)


def circle_of(found: Round) -> CircleOfTalk:
    """Lock the round and return its circle; called in a transaction. Raises Refused when nobody talks now."""
    found = Round.objects.select_for_update().get(pk=found.pk)
    if found.phase != Round.Phase.TALKING:
        raise Refused("gatherings.round_has_moved_on")
    return CircleOfTalk.objects.get_or_create(round=found)[0]


def _begin(circle: CircleOfTalk) -> None:
    programme = circle.round.room.gathering.programme_id
    held = CircleOfTalk.objects.filter(round__room__gathering__programme=programme)
    asked = held.aggregate(questions=Sum("questions"))["questions"] or 0
    way = rules.way_among(circle.seats, circle.leaders, gone=circle.gone, asked=asked)
    if way is None:
        raise Refused("gatherings.circle_cannot_hold", status=422)
    circle.start, circle.clockwise = way.start, way.clockwise
    circle.questions += 1
    keep_circle(circle, rules.begin(circle.seats, circle.leaders, way, gone=circle.gone))


def keep_circle(circle: CircleOfTalk, now: Circle | None = None) -> None:
    """Write a circle that has changed; called in a transaction."""
    if now is not None:
        circle.waiting, circle.spoke, circle.passed = list(now.waiting), list(now.spoke), list(now.passed)
    circle.changes += 1
    circle.save()
