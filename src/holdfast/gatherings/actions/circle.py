"""A circle at the desk: seating it, whose turn it is, the next question, who speaks in open talk; no name anywhere."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Sum

from holdfast.gatherings.circle import rules
from holdfast.gatherings.circle.rules import Circle
from holdfast.gatherings.circle.shown import state_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import CircleOfTalk, Room, Round
from holdfast.people.models import Person
from holdfast.refusals import Refused

MOST_SEATS = 60
MOST_SPEAKERS = 99


def seat_circle(found: Round, *, seats: int, leaders: Sequence[int], by: Person) -> CircleOfTalk:
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
        circle = _circle_of(found)
        circle.seats, circle.leaders = seats, list(leaders)
        _begin(circle)
    HUB.refresh(found.room_id)
    return circle


def next_question(found: Round, *, by: Person) -> CircleOfTalk:
    """Begin the next question: another way round, and nobody has spoken yet. Raises Refused."""
    with transaction.atomic():
        circle = _circle_of(found)
        if circle.seats:
            _begin(circle)
        circle.speakers = 0
        circle.save()
    HUB.refresh(found.room_id)
    return circle


def take_turn(found: Round, *, seat: int, did: str, by: Person) -> CircleOfTalk:
    """Note what the one at a seat did: spoke, passed or left. Of two desks that press for one turn one counts.

    seat: from 0; of a late one it is not read. did: spoke, passed, left, or late for somebody who has just come.
    Raises Refused.
    """
    with transaction.atomic():
        circle = _circle_of(found)
        if did == "late":
            if circle.seats >= MOST_SEATS or not circle.seats:
                raise Refused("gatherings.no_such_seat", {"most": MOST_SEATS}, status=422)
            _keep(circle, rules.come_late(state_of(circle), circle.seats), seats=circle.seats + 1)
            return circle
        if not 0 <= seat < circle.seats:
            raise Refused("gatherings.no_such_seat", {"most": MOST_SEATS}, status=422)
        acts = {"spoke": rules.speak, "passed": rules.skip, "left": rules.leave}
        now = state_of(circle)
        asked = rules.turn(now).seat
        if did in acts and (did == "left" or seat in {asked, *now.waiting, *now.passed}):
            _keep(circle, acts[did](now, seat), seats=circle.seats)
    return circle


def count_speaker(found: Round, *, by: Person) -> CircleOfTalk:
    """Note that somebody other than the leader has spoken in open talk; counted up to 99. Raises Refused."""
    with transaction.atomic():
        circle = _circle_of(found)
        circle.speakers = min(MOST_SPEAKERS, circle.speakers + 1)
        circle.save(update_fields=["speakers"])
    return circle


def forget_turns(room: Room) -> None:
    """Keep of the circles of a room only how many questions went round: who spoke where is nobody's business later."""
    with transaction.atomic():
        over = CircleOfTalk.objects.filter(round__room=room).exclude(round__phase=Round.Phase.TALKING)
        over.update(seats=0, leaders=[], waiting=[], spoke=[], passed=[], start=0, speakers=0)


def _circle_of(found: Round) -> CircleOfTalk:
    """Lock the round and return its circle. Raises Refused when nobody talks now."""
    found = Round.objects.select_for_update().get(pk=found.pk)
    if found.phase != Round.Phase.TALKING:
        raise Refused("gatherings.round_has_moved_on")
    return CircleOfTalk.objects.get_or_create(round=found)[0]


def _begin(circle: CircleOfTalk) -> None:
    programme = circle.round.room.gathering.programme_id
    held = CircleOfTalk.objects.filter(round__room__gathering__programme=programme)
    asked = held.aggregate(questions=Sum("questions"))["questions"] or 0
    way = rules.way_for(circle.seats, circle.leaders, asked=asked)
    if way is None:
        raise Refused("gatherings.circle_cannot_hold", status=422)
    circle.start, circle.clockwise = way.start, way.clockwise
    circle.questions += 1
    circle.waiting, circle.spoke, circle.passed = rules.order_of(circle.seats, way), [], []
    circle.save()


def _keep(circle: CircleOfTalk, now: Circle, *, seats: int) -> None:
    circle.waiting, circle.spoke, circle.passed = list(now.waiting), list(now.spoke), list(now.passed)
    circle.seats = seats
    circle.save()
