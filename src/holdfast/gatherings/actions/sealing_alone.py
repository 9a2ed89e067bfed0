"""Closing for good what waited for a sitting that does not take place, or in which nobody took it up."""

import logging

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.gatherings.actions.rounds import over_without_closing, seal_round
from holdfast.gatherings.actions.sittings import left_over, mark_alone, next_position
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import OPEN_FOR_NOTES, Room, Round
from holdfast.people.models import Person
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.intake import CannotSave

Phase = Round.Phase
LOG = logging.getLogger("holdfast.gatherings")


def seal_alone(found: Round, *, by: Person | None = None) -> Round:
    """Seal one sitting's notes without another's. Safe to repeat; what breaks off goes on later. Raises Refused."""
    found = mark_alone(found, by=by)
    if found.phase not in {Phase.CLOSING, Phase.SEALED} or found.phase_before_closing != Phase.KEPT:
        raise Refused("gatherings.round_has_moved_on")
    try:
        intake.begin_closing(found.pk)
        return seal_round(found.pk, by=by)
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error


def seal_what_is_left() -> None:
    """Seal alone whatever nobody came back for; called by the clock."""
    for found in left_over():
        try:
            seal_alone(found)
        except Exception as error:  # noqa: BLE001 - the others and what else comes due must not wait for it
            why = error.code if isinstance(error, Refused) else type(error).__name__
            LOG.warning("round %s is not closed alone yet: %s; trying again later", found.pk, why)


def read_after_all(found: Round, *, by: Person) -> Round:
    """Bring what was sealed alone into the open room of its session, to look through it there. Raises Refused."""
    with transaction.atomic():
        open_ones = Room.objects.filter(gathering=found.room.gathering_id, ended_at__isnull=True, rehearsal=False)
        room = open_ones.select_for_update().first()
        if room is None:
            raise Refused("gatherings.no_room_open")
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase != Phase.SEALED or found.phase_before_closing != Phase.KEPT:
            raise Refused("gatherings.round_has_moved_on")
        if found.room_id == room.pk:  # pressed at two desks
            return found
        if room.paused_at is not None:
            raise Refused("gatherings.is_paused")
        if room.rounds.filter(phase__in=OPEN_FOR_NOTES).exists():
            raise Refused("gatherings.round_still_open")
        over_without_closing(room)
        room.looks_back = None
        room.save(update_fields=["looks_back"])
        found.room, found.position, found.wall_page = room, next_position(room), 0
        found.save(update_fields=["room", "position", "wall_page"])
        record("round.read_after_all", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found
