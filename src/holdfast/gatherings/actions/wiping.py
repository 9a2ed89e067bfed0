"""Wiping a practice run in one act: its room, rounds, drivers and steps, and all that was written, from both stores."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.actions.striking import leave_no_trace
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Room, Round
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.turns import Turn
from holdfast.voices import actions as voice_actions
from holdfast.voices.intake import CannotSave

ENDING = Turn(4_242_003)
"""Held while a round is begun, a closing undone, sealed or wiped: they change both databases, one after the other."""
FORGOTTEN_AFTER = timedelta(hours=12)


def wipe_practice(room: Room, *, by: Person | None = None) -> bool:
    """End a practice run and remove everything of it; False when there is nothing of it any more. Raises Refused.

    The room itself goes last: whatever breaks off before, it still says what has to be wiped. by: None for the server.
    """
    try:
        with ENDING:
            found = _ended(room)
            if found is None:
                return False
            rounds = list(found.rounds.order_by("pk").values_list("pk", flat=True))
            try:
                voice_actions.wipe_rounds(rounds)
            except CannotSave as error:
                raise Refused("gatherings.practice_not_wiped", status=503) from error
            _remove(found, by=by)
        leave_no_trace("default")
    finally:
        HUB.refresh(room.pk)  # whoever is told that it has ended finds nothing of it any more
    return True


@transaction.atomic
def _ended(room: Room) -> Room | None:
    found = Room.objects.select_for_update().filter(pk=room.pk, rehearsal=True).first()
    if found and found.ended_at is None:
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
    return found


@transaction.atomic
def _remove(room: Room, *, by: Person | None) -> None:
    gathering = Gathering.objects.select_for_update().get(pk=room.gathering_id)
    if not gathering.rooms.filter(rehearsal=False).exists():  # only a practice run can have made what is there
        gathering.driver_steps.all().delete()
        gathering.drivers.all().delete()
    record("room.wiped", by=by.pk if by else None, on=room.pk)
    Round.objects.filter(room=room).delete()
    room.delete()


def wipe_practice_of(gathering: Gathering, *, by: Person | None = None) -> None:
    """Wipe the practice runs of one session. Raises Refused."""
    for room in gathering.rooms.filter(rehearsal=True).order_by("pk"):
        wipe_practice(room, by=by)


def wipe_what_is_left() -> int:
    """Wipe every practice run there is, when a server starts; return how many. Raises Refused."""
    return sum(wipe_practice(room) for room in Room.objects.filter(rehearsal=True).order_by("pk"))


def wipe_forgotten() -> None:
    """Wipe the practice runs nobody has ended for half a day. Raises Refused."""
    for room in Room.objects.filter(rehearsal=True, opened_at__lt=timezone.now() - FORGOTTEN_AFTER).order_by("pk"):
        wipe_practice(room)
