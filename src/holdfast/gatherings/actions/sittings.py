"""Reading the notes of several sittings together: the round stays closed and encrypted until the last has written."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import gather
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.sittings import sitting_ahead
from holdfast.people.models import Person
from holdfast.programmes.queries import sittings_of
from holdfast.refusals import Refused

Phase = Round.Phase
ALONE_AFTER = timedelta(days=1)
"""How long after the last sitting the server waits for somebody to read, before it closes what is left for good."""


def read_together(found: Round, *, together: bool, by: Person) -> Round:
    """Say before anybody writes whether the notes are read with those of the next sitting. Raises Refused."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase != Phase.PROMISE or found.rules is not gather:
            raise Refused("gatherings.round_has_moved_on")
        if together and sitting_ahead(found.room) is None:
            raise Refused("gatherings.no_other_sitting")
        if bool(found.setup.get("together")) != together:
            found.setup = {**found.setup, "together": together}
            found.save(update_fields=["setup"])
            record("round.read_together" if together else "round.read_here", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found


def keep_closed(found: Round, *, by: Person) -> Round:
    """End the writing of one sitting: nobody writes, nobody reads, and everything stays encrypted. Raises Refused.

    Nothing is told to the anonymous store: for it the round goes on, so that one seal mixes all sittings.
    """
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=found.room_id)  # the room first, as everywhere
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase == Phase.KEPT:
            return found
        if room.paused_at is not None:
            raise Refused("gatherings.is_paused")
        if found.phase != Phase.WRITING or not found.setup.get("together"):
            raise Refused("gatherings.round_has_moved_on")
        if sitting_ahead(found.room) is None:
            raise Refused("gatherings.no_other_sitting")
        people = found.set_size or 0
        found.phase, found.setup = Phase.KEPT, {**found.setup, "before": people, "joined": True}
        found.set_size, found.on_paper, found.writing_since, found.stood_still = None, 0, None, 0
        found.save(update_fields=["phase", "setup", "set_size", "on_paper", "writing_since", "stood_still"])
        record("round.kept_closed", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found


def carry_over(found: Round, *, room: Room) -> Round:
    """Bring what an earlier sitting has left closed into the room of this one, before writing; called in a transaction.

    It is read here, unless somebody says once more that yet another sitting is waited for.
    """
    setup = {**found.setup, "together": False}
    found.room, found.position, found.phase, found.setup = room, next_position(room), Phase.PROMISE, setup
    found.wall_page = 0
    found.save(update_fields=["room", "position", "phase", "setup", "wall_page"])
    return found


def keep_again(room: Room) -> None:
    """Leave closed what was brought into a room and nobody wrote on: its notes must not be over unread."""
    for found in room.rounds.filter(phase=Phase.PROMISE).order_by("pk"):
        if found.setup.get("joined"):
            found.phase, found.on_paper, found.setup = Phase.KEPT, 0, {**found.setup, "together": False}
            found.save(update_fields=["phase", "on_paper", "setup"])


def next_position(room: Room) -> int:
    """Return the place of a room's next round; one that was carried elsewhere leaves a gap."""
    last: int | None = room.rounds.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def mark_alone(found: Round, *, by: Person | None) -> Round:
    """Begin to close what no other sitting will join; a restart finds it closing and goes on. Raises Refused."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase == Phase.KEPT:
            if sitting_ahead(found.room) is not None:
                raise Refused("gatherings.another_sitting_is_ahead")
            found.phase, found.phase_before_closing = Phase.CLOSING, Phase.KEPT
            found.save(update_fields=["phase", "phase_before_closing"])
            record("round.sealed_alone", by=by.pk if by else None, on=found.pk)
    return found


def left_over() -> list[Round]:
    """Return what nobody came back for: kept closed and nothing ahead for a day, or broken off while it was sealed."""
    rounds = Round.objects.filter(phase__in=[Phase.KEPT, Phase.CLOSING]).select_related("room__gathering")
    return [one for one in rounds.order_by("pk") if _nobody_comes_back_for(one)]


def _nobody_comes_back_for(one: Round) -> bool:
    if one.phase == Phase.CLOSING:
        return one.phase_before_closing == Phase.KEPT
    last = max(sitting.ends_at for sitting in sittings_of(one.room.gathering))
    return sitting_ahead(one.room) is None and last + ALONE_AFTER < timezone.now()
