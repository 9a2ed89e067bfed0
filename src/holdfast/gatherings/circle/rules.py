"""Who begins a seated circle, which way it goes and whose turn it is, so that no leader speaks first or last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

FEWEST_OTHERS = 2
SPEAKERS_BEFORE_A_LEADER = 3


@dataclass(frozen=True, slots=True)
class Way:
    """Where a circle begins and which way it goes. start: a seat, counted clockwise from 0."""

    start: int
    clockwise: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """How far one question has come round.

    waiting: the seats still to be asked, in their order. leaders: their seats, the junior first. spoke, passed: seats
    in the order in which they were asked; who passed twice stands there twice. A seat is a number and never a person.
    """

    waiting: tuple[int, ...]
    leaders: tuple[int, ...]
    spoke: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is asked now. seat: None when nobody is. says: turn, again, leader_last, too_few, nobody_after or done."""

    seat: int | None
    says: str


def order_of(seats: int, way: Way) -> list[int]:
    """Return every seat once, from the start all the way round; seats >= 1."""
    step = 1 if way.clockwise else -1
    return [(way.start + step * place) % seats for place in range(seats)]


def ways(seats: int, leaders: Sequence[int]) -> list[Way]:
    """Return the ways round in which no leader is first or last and the junior comes first, in the order of their use.

    Those with the leaders nearest to the middle come first, because there most others may pass. Each is followed by the
    same way backwards where that holds too: over such a pair everybody else has the middle place on average, and over
    all of them too. Empty when it cannot hold: fewer than two others, or two leaders who would have to sit elsewhere.
    """
    found: list[Way] = []
    for way in sorted((Way(start, True) for start in range(seats)), key=lambda way: _off_middle(seats, leaders, way)):
        back = Way((way.start - 1) % seats, clockwise=False)
        found += [one for one in (way, back) if _holds(order_of(seats, one), leaders)]
    return found


def way_for(seats: int, leaders: Sequence[int], *, asked: int) -> Way | None:
    """Return the way for the next question, None when it cannot hold; asked: questions before it, >= 0."""
    found = ways(seats, leaders)
    return found[asked % len(found)] if found else None


def seats_that_hold(seats: int, leaders: Sequence[int]) -> bool:
    """Tell whether the leaders, the junior first, sit so that a way round exists."""
    return bool(ways(seats, leaders))


def way_among(seats: int, leaders: Sequence[int], *, gone: Collection[int], asked: int) -> Way | None:
    """Return the way for the next question where some have left; their chairs stay, empty, and keep their numbers."""
    present = [seat for seat in range(seats) if seat not in gone]
    way = way_for(len(present), [present.index(seat) for seat in leaders if seat in present], asked=asked)
    return Way(present[way.start], way.clockwise) if way else None


def begin(seats: int, leaders: Sequence[int], way: Way, *, gone: Collection[int] = ()) -> Circle:
    """Return a circle in which nobody has been asked yet; whoever has left is not asked."""
    waiting = tuple(seat for seat in order_of(seats, way) if seat not in gone)
    return Circle(waiting, tuple(seat for seat in leaders if seat not in gone))


def turn(circle: Circle) -> Turn:
    """Tell who is asked now.

    A leader is asked only when somebody else has spoken and somebody else still waits. Whoever passed counts as nobody:
    when all others passed, those are asked once more (again). says: leader_last - the leader waits, but nobody would
    come after; too_few - fewer than two others are there; nobody_after - all have been asked and a leader spoke last.
    """
    others = [seat for seat in circle.waiting if seat not in circle.leaders]
    leaders = [seat for seat in circle.leaders if seat in circle.waiting]
    heard = any(seat not in circle.leaders for seat in circle.spoke)
    if not circle.waiting:
        ended_by_leader = bool(circle.spoke) and circle.spoke[-1] in circle.leaders
        return Turn(None, "nobody_after" if ended_by_leader else "done")
    if not leaders:
        return Turn(others[0], "turn")
    if heard and others and (circle.waiting[0] in circle.leaders or len(others) == 1):
        return Turn(leaders[0], "turn")
    if others and (heard or len(others) >= FEWEST_OTHERS):
        return Turn(others[0], "turn")
    return _stuck(circle, others, heard=heard)


def speak(circle: Circle, seat: int) -> Circle:
    """Somebody has spoken. A seat that is not waiting, or passed before, may speak all the same: nobody is cut off."""
    passed = tuple(one for one in circle.passed if one != seat)
    return replace(_without(circle, seat), spoke=(*circle.spoke, seat), passed=passed)


def skip(circle: Circle, seat: int) -> Circle:
    """Somebody passes, which needs no reason and does not count."""
    return replace(_without(circle, seat), passed=(*circle.passed, seat))


def leave(circle: Circle, seat: int) -> Circle:
    """Somebody goes; what they said before stays said, and so does where it stood."""
    return _without(replace(circle, passed=tuple(one for one in circle.passed if one != seat)), seat)


def come_late(circle: Circle, seat: int) -> Circle:
    """Somebody comes in while it goes round: asked as the last, so that those who wait keep their turn. No leader."""
    return replace(circle, waiting=(*circle.waiting, seat)) if seat not in circle.waiting else circle


def may_lead_speak(speakers: int) -> bool:
    """Tell whether a leader may come in to open talk: three others have spoken to this question; speakers >= 0."""
    return speakers >= SPEAKERS_BEFORE_A_LEADER


def _stuck(circle: Circle, others: Sequence[int], *, heard: bool) -> Turn:
    """A leader waits who would be first or last: ask again whoever passed once, or say what is so."""
    again = [seat for seat in circle.passed if circle.passed.count(seat) == 1 and seat not in circle.leaders]
    if again and not heard and len(others) + len(again) >= FEWEST_OTHERS:
        return Turn(again[0], "again")
    if others:
        return Turn(others[0], "too_few")
    return Turn(None, "leader_last" if heard else "too_few")


def _without(circle: Circle, seat: int) -> Circle:
    return replace(circle, waiting=tuple(one for one in circle.waiting if one != seat))


def _holds(order: Sequence[int], leaders: Collection[int]) -> bool:
    places = [order.index(seat) for seat in leaders if seat in order]
    inside = all(0 < place < len(order) - 1 for place in places)
    return inside and places == sorted(places) and len(order) - len(places) >= FEWEST_OTHERS


def _off_middle(seats: int, leaders: Sequence[int], way: Way) -> tuple[float, int]:
    order = order_of(seats, way)
    middle = (seats - 1) / 2
    return max((abs(order.index(seat) - middle) for seat in leaders if seat in order), default=0.0), way.start
