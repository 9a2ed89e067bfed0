"""A session that goes otherwise than planned: every press may come twice, or from two desks, and counts once."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.actions.rounds import (
    close_for_good,
    close_round,
    end_room,
    over_without_closing,
)
from holdfast.gatherings.actions.sittings import keep_closed
from holdfast.gatherings.flow import rules
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import OPEN_FOR_NOTES, Room, Round
from holdfast.gatherings.sittings import waits_for
from holdfast.people.models import Person
from holdfast.programmes.actions import note_left, note_left_out, note_over, note_pause, put_before
from holdfast.programmes.models import PlanItem
from holdfast.refusals import Refused

Phase = Round.Phase


def extend(found: Round, *, minutes: int, seen: int, by: Person) -> Round:
    """Give an activity some more minutes. Raises Refused once it is over, and while everything stands still.

    seen: how long it was when the button was drawn; another desk that gave more meanwhile has given it for both.
    """
    with transaction.atomic():
        _moving(found.room)
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase in {Phase.SEALED, Phase.FINISHED, Phase.CLOSING, Phase.NOT_KEPT, Phase.KEPT}:
            raise Refused("gatherings.round_has_moved_on")
        if found.minutes != seen:
            return found
        found.minutes = rules.longer(found.minutes, by=minutes, passed=_passed(found))
        found.save(update_fields=["minutes"])
        record("round.extended", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found


def leave_out(room: Room, *, item: PlanItem, by: Person) -> Room:
    """Skip an activity that has not been held; nobody asks why. Raises Refused when it was held, or the room ended."""
    with transaction.atomic():
        room = _held(room)
        if room.rounds.filter(plan_item=item).exists():
            raise Refused("gatherings.was_held_already")
        if str(item.pk) in room.skipped:
            return room
        _write_skipped(room, [*room.skipped, str(item.pk)])
        if not room.rehearsal:
            note_left_out(item, left_out=True)
        record("room.activity_left_out", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def take_up(room: Room, *, item: PlanItem, by: Person) -> Room:
    """Take an activity that was skipped into the session again. Raises Refused."""
    with transaction.atomic():
        room = _held(room)
        if str(item.pk) not in room.skipped:
            return room
        _write_skipped(room, [key for key in room.skipped if key != str(item.pk)])
        if not room.rehearsal:
            note_left_out(item, left_out=False)
        record("room.activity_taken_up", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def reorder(room: Room, *, item: PlanItem, before: PlanItem, by: Person) -> None:
    """Let one activity of the plan come before another; the run sheet is the plan itself. Raises Refused."""
    with transaction.atomic():
        _held(room)
        put_before(item, before=before, by=by)
    HUB.refresh(room.pk)


def leave(found: Round, *, by: Person) -> Round:
    """Go on without an activity in which nothing was collected yet; it says that it is over. Raises Refused."""
    with transaction.atomic():
        room = _moving(found.room)
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase in {Phase.SEALED, Phase.FINISHED, Phase.NOT_KEPT, Phase.KEPT}:
            return found
        if found.phase != Phase.PROMISE:
            raise Refused("gatherings.round_still_open")
        over_without_closing(room)
        record("round.left", by=by.pk, on=found.pk)
        if found.plan_item and not room.rehearsal:
            if found.phase == found.rules.FIRST:
                note_left(found.plan_item)
            else:  # after the last words, of which a session has had its talk already
                note_over(room.gathering, at=timezone.now())
    HUB.refresh(room.pk)
    return Round.objects.get(pk=found.pk)


def look_back(room: Room, *, found: Round, by: Person) -> Room:
    """Show an earlier activity on all screens again, as it ended. Raises Refused while somebody may be writing."""
    with transaction.atomic():
        room = _moving(room)
        newest = room.rounds.order_by("-position", "-pk").first()
        if newest is None or newest.phase in {*OPEN_FOR_NOTES, Phase.QUIET}:
            raise Refused("gatherings.may_be_writing")
        if found.phase != Phase.SEALED:
            raise Refused("gatherings.nothing_to_look_back_at")
        wanted = None if found.pk == newest.pk else found
        if room.looks_back == wanted:
            return room
        room.looks_back = wanted
        room.save(update_fields=["looks_back"])
        record("room.looked_back", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def go_on(room: Room, *, by: Person) -> Room:
    """Show again what the room was at before it looked back; nothing of it has moved meanwhile."""
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=room.pk)
        if room.looks_back is None:
            return room
        room.looks_back = None
        room.save(update_fields=["looks_back"])
        record("room.went_on", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def pause(room: Room, *, by: Person) -> Room:
    """Let everything stand still: phones say so, the clock stops, what is typed stays. Raises Refused."""
    with transaction.atomic():
        room = _held(room)
        if room.paused_at is not None:
            return room
        if room.rounds.filter(phase=Phase.CLOSING).exists():  # its seal would come in the middle of the pause
            raise Refused("gatherings.closes_in_a_moment")
        room.paused_at = timezone.now()
        room.save(update_fields=["paused_at"])
        record("room.paused", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def resume(room: Room, *, by: Person) -> Room:
    """Go on after a pause, with as much time as was left."""
    with transaction.atomic():
        room = Room.objects.select_related("gathering").select_for_update(of=("self",)).get(pk=room.pk)
        if room.paused_at is None or room.ended_at is not None:
            return room
        pause = timezone.now() - room.paused_at
        seconds = round(pause.total_seconds())
        room.rounds.filter(writing_since__isnull=False).exclude(phase__in=(Phase.SEALED, Phase.FINISHED)).update(
            stood_still=F("stood_still") + seconds
        )
        if not room.rehearsal:
            note_pause(room.gathering, lasted=pause)
        room.paused_at = None
        room.save(update_fields=["paused_at"])
        record("room.resumed", by=by.pk, on=room.pk)
    HUB.refresh(room.pk)
    return room


def stop_well(room: Room, *, by: Person) -> Room:
    """End the session earlier than planned, in one step: what is open is sealed properly, and everybody is told.

    What another sitting is to be read with is kept closed for it, as was promised before anybody wrote.

    Pressed again after something got in between it goes on from there. Raises Refused.
    """
    room = resume(room, by=by)
    newest = room.rounds.order_by("-position", "-pk").first()
    if not room.rehearsal and newest and newest.rules.USES_VOICES and newest.phase in OPEN_FOR_NOTES:
        if newest.phase == Phase.WRITING and waits_for(newest):
            keep_closed(newest, by=by)  # another sitting reads it: to stop here does not change that
        else:
            if newest.phase != Phase.CLOSING:
                close_round(newest, by=by)
            close_for_good(newest, by=by)
    return end_room(room, by=by, early=True)


def _held(room: Room) -> Room:
    room = Room.objects.select_related("gathering__programme").select_for_update(of=("self",)).get(pk=room.pk)
    if room.ended_at is not None:
        raise Refused("gatherings.room_ended", status=410)
    return room


def _moving(room: Room) -> Room:
    room = _held(room)
    if room.paused_at is not None:
        raise Refused("gatherings.is_paused")
    return room


def _write_skipped(room: Room, keys: list[str]) -> None:
    room.skipped = keys
    room.save(update_fields=["skipped"])


def _passed(found: Round) -> int | None:
    since = found.writing_since or (found.plan_item.began_at if found.plan_item else None)
    return None if since is None else round((timezone.now() - since).total_seconds()) - found.stood_still
