"""Practising a session: a rehearsal room, and simulated phones that fill it."""

from holdfast.gatherings.actions.rounds import open_room
from holdfast.gatherings.actions.wiping import wipe_forgotten
from holdfast.gatherings.models import Room
from holdfast.gatherings.rehearsal import Script
from holdfast.gatherings.rehearsal.crowds import CROWDS
from holdfast.gatherings.rehearsal.samples import texts_of
from holdfast.gatherings.rehearsal.tempers import TEMPERS
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.turns import Turn

FEWEST_PHONES, MOST_PHONES = 4, 60
MOST_AT_ONCE = 4
"""Practice runs on one server: real rooms go on beside them."""
OPENING = Turn(4_242_010)


def practise(gathering: Gathering, *, phones: int, temper: str, by: Person) -> Room:
    """Open a practice run of a session and let simulated phones in; the one there is, when there is one.

    phones: 4 to 60. temper: one of TEMPERS. Raises Refused.
    """
    if not CROWDS.address:
        raise Refused("gatherings.no_phones_here")
    if not gathering.plan.exists():
        raise Refused("gatherings.no_plan")
    with OPENING:
        wipe_forgotten()
        running = Room.objects.filter(rehearsal=True, ended_at__isnull=True)
        if already := running.filter(gathering=gathering).first():
            return already
        if running.count() >= MOST_AT_ONCE:
            raise Refused("gatherings.too_many_practices", {"most": MOST_AT_ONCE})
        room = open_room(gathering, by=by, rehearsal=True)
    how = TEMPERS[temper]
    script = Script(
        url=CROWDS.address,
        code=room.code,
        notes_each=how.notes,
        seconds=how.seconds,
        texts=texts_of(gathering),
        temper=how,
    )
    CROWDS.send(script, phones=phones, seed=room.pk)
    return room
