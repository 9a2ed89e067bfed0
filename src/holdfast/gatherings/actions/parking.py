"""Keeping lines for later: typed at the desk, taken from what the group made, or come late from a phone, unnamed."""

import logging
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from holdfast.audit.actions import record
from holdfast.gatherings.actions.striking import leave_no_trace
from holdfast.gatherings.actions.wiping import ENDING
from holdfast.gatherings.box import close_box, open_box, states_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Driver, Parked, Room, Round
from holdfast.gatherings.rules import LONGEST_WORDING, clean_text
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries import today_at
from holdfast.programmes.queries.archiving import check_not_archived
from holdfast.refusals import Refused
from holdfast.voices import actions as voice_actions
from holdfast.voices.intake import CannotSave
from holdfast.voices.queries import sealed_notes

LOG = logging.getLogger("holdfast.gatherings")


def park(gathering: Gathering, *, text: str, by: Person) -> Parked:
    """Keep a line for later; sent twice it is kept once. Raises Refused."""
    text = clean_text(text)
    if not text:
        raise Refused("gatherings.nothing_to_keep", status=422)
    if len(text) > LONGEST_WORDING:
        raise Refused("gatherings.line_too_long", {"most": LONGEST_WORDING, "has": len(text)}, status=422)
    return _keep(gathering, text=text, source=Parked.Source.DESK, made_of="", by=by)


def park_note(found: Round, *, note_id: int, by: Person) -> Parked:
    """Keep a note the group has seen, in its own words. Raises Refused."""
    shown = [note for note in sealed_notes(found.pk) if note.id == note_id and note.standing == "shown"]
    if not shown:
        raise Refused("gatherings.not_shown_to_keep")
    return _of_the_group(found, text=shown[0].text, made_of=str(note_id), by=by)


def park_driver(found: Round, *, driver_id: int, by: Person) -> Parked:
    """Keep an item of the group's list, in its own words. Raises Refused."""
    driver = Driver.objects.filter(pk=driver_id, gathering=found.room.gathering_id, retired=False).first()
    if driver is None or not driver.wording:
        raise Refused("gatherings.not_shown_to_keep")
    made_of = driver.sources[0] if len(driver.sources) == 1 else ""
    return _of_the_group(found, text=driver.wording, made_of=made_of, by=by)


def keep_offered(parked: Parked, *, by: Person) -> None:
    """Keep words that came late; until somebody has looked at them they carry nothing."""
    _settle(parked, frm=Parked.State.OFFERED, to=Parked.State.KEPT, by=by)


def deal_with(parked: Parked, *, by: Person) -> None:
    """Say that a line has been dealt with."""
    _settle(parked, frm=Parked.State.KEPT, to=Parked.State.DEALT, by=by)


def let_go(parked: Parked, *, by: Person) -> None:
    """Remove a line for good; at two desks it goes once. Raises Refused."""
    if parked.source == Parked.Source.LATE:  # collecting that was broken off would bring it back
        for room in _left().filter(gathering=parked.gathering_id).order_by("pk"):
            collect_late_words(room)
    with transaction.atomic():
        check_not_archived(parked.programme_id)
        if Parked.objects.filter(pk=parked.pk).delete()[0]:
            record("parked.let_go", by=by.pk, on=parked.pk)
            transaction.on_commit(partial(leave_no_trace, "default"))
    _show(parked.programme_id)


def open_late_box(room_id: int) -> None:
    """Have a place for words that come late in this session. Raises Refused once it is over.

    First the room says that there may be something, then there may be: nothing is stored that nobody collects.
    """
    with ENDING:
        if not Room.objects.filter(pk=room_id, ended_at__isnull=True).update(has_late_words=True):
            raise Refused("gatherings.room_ended", status=410)
        open_box(room_id)


def collect_late_words(room: Room) -> int:
    """Bring what came late from phones to the desk, mixed and unnamed, once the session is over; return how much.

    Broken off anywhere it can be done again: a line has the random key its note got at the seal.
    Raises Refused when the store cannot.
    """
    with ENDING:
        return _collect(room)


def _collect(room: Room) -> int:
    if not Room.objects.filter(pk=room.pk, has_late_words=True).exists():
        return 0
    if states_of([room.pk]):
        close_box(room.pk)
    words = sealed_notes(room.pk)  # by random keys: in the order of nothing
    gathering = room.gathering
    day = today_at(gathering.programme)
    with transaction.atomic():
        Parked.objects.bulk_create(
            [
                Parked(
                    id=note.id,
                    programme_id=gathering.programme_id,
                    gathering=gathering,
                    text=note.text,
                    source=Parked.Source.LATE,
                    state=Parked.State.OFFERED,
                    kept_on=day,
                )
                for note in words
            ],
            ignore_conflicts=True,
        )
    try:
        voice_actions.wipe_rounds([room.pk])
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error
    with transaction.atomic():
        Room.objects.filter(pk=room.pk).update(has_late_words=False)
    return len(words)


def collect_quietly(room: Room) -> None:
    """Collect late words now if the store can; else the server does so a little later."""
    try:
        collect_late_words(room)
    except Refused as refused:
        LOG.warning("late words of a session are not collected yet: %s", refused.code)


def collect_what_is_left() -> None:
    """Collect late words of every session that is over, where something got in between."""
    for room in _left().order_by("pk"):
        collect_quietly(room)


def _left() -> QuerySet[Room]:
    over = Room.objects.filter(ended_at__isnull=False, rehearsal=False, has_late_words=True)
    return over.select_related("gathering__programme__group__site")


def _of_the_group(found: Round, *, text: str, made_of: str, by: Person) -> Parked:
    if found.room.rehearsal:
        raise Refused("gatherings.only_practice")
    return _keep(found.room.gathering, text=text, source=Parked.Source.GROUP, made_of=made_of, by=by)


def _keep(gathering: Gathering, *, text: str, source: str, made_of: str, by: Person) -> Parked:
    with transaction.atomic():
        check_not_archived(gathering.programme_id)
        Gathering.objects.select_for_update().get(pk=gathering.pk)  # two desks take turns
        open_ones = Parked.objects.filter(programme=gathering.programme_id, text=text)
        if already := open_ones.exclude(state=Parked.State.DEALT).order_by("pk").first():
            return already
        parked = Parked.objects.create(
            programme_id=gathering.programme_id,
            gathering=gathering,
            text=text,
            source=source,
            made_of=made_of,
            kept_on=today_at(gathering.programme),
        )
        record("parked.kept", by=by.pk, on=parked.pk)
    _show(gathering.programme_id)
    return parked


def _settle(parked: Parked, *, frm: str, to: str, by: Person) -> None:
    with transaction.atomic():
        check_not_archived(parked.programme_id)
        if Parked.objects.filter(pk=parked.pk, state=frm).update(state=to):
            record(f"parked.{to}", by=by.pk, on=parked.pk)
    _show(parked.programme_id)


def _show(programme_id: int) -> None:
    rooms = Room.objects.filter(gathering__programme=programme_id, ended_at__isnull=True)
    for room_id in list(rooms.order_by("pk").values_list("pk", flat=True)):
        HUB.refresh(room_id)
