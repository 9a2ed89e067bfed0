"""Asking for slips instead of the open code: drawing them, replacing them, and going back to the code."""

import secrets

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.gatherings.drawn.tokens import new_token
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import OPEN_FOR_NOTES, Room, Slip, SlipDraw
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries.archiving import check_not_archived
from holdfast.refusals import Refused
from holdfast.voices.admission import SLIPS

MOST_AT_ONCE = 200
MOST_SLIPS = 600


def draw_slips(gathering: Gathering, *, count: int, by: Person, fresh: bool = False) -> list[str]:
    """Make slips and return what stands on them, in the order in which they are printed. Raises Refused.

    From here on the session lets in by slips only. Only fingerprints are kept, under random keys and in an order of
    their own. fresh: slips drawn before, and the tickets they gave, are worth nothing any more.
    """
    check_not_archived(gathering.programme_id)
    if gathering.cancelled_at is not None:
        raise Refused("gatherings.session_cancelled")
    tokens = [new_token() for _ in range(count)]
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        room = _open_room_of(gathering)
        draw = SlipDraw.objects.filter(gathering=gathering).first()
        if draw is None or fresh:
            _check_nobody_takes_part(room)
            SlipDraw.objects.filter(gathering=gathering).delete()
            draw = SlipDraw.objects.create(gathering=gathering)
        if draw.slips.count() + count > MOST_SLIPS:
            raise Refused("gatherings.too_many_slips", {"most": MOST_SLIPS})
        rows = [Slip(draw=draw, fingerprint=SLIPS.fingerprint(token)) for token in tokens]
        secrets.SystemRandom().shuffle(rows)  # the table's own order must not be that of the sheets
        Slip.objects.bulk_create(rows)
        record("gathering.slips_drawn", by=by.pk, on=gathering.pk)
    if room:
        HUB.refresh(room.pk)
    return tokens


def let_in_by_code(gathering: Gathering, *, by: Person) -> None:
    """Go back to the open code; the slips are gone. Raises Refused while people take part."""
    check_not_archived(gathering.programme_id)
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        room = _open_room_of(gathering)
        if not SlipDraw.objects.filter(gathering=gathering).exists():
            return
        _check_nobody_takes_part(room)
        SlipDraw.objects.filter(gathering=gathering).delete()
        record("gathering.open_code", by=by.pk, on=gathering.pk)
    if room:
        HUB.refresh(room.pk)


def forget_slips(gathering: Gathering) -> None:
    """Remove every slip when its session ends; the session goes on asking for new ones. Called in a transaction."""
    Slip.objects.filter(draw__gathering=gathering).delete()


def _open_room_of(gathering: Gathering) -> Room | None:
    return gathering.rooms.select_for_update().filter(ended_at__isnull=True, rehearsal=False).first()


def _check_nobody_takes_part(room: Room | None) -> None:
    if room and room.rounds.filter(phase__in=OPEN_FOR_NOTES).exists():
        raise Refused("gatherings.slips_between_activities")
