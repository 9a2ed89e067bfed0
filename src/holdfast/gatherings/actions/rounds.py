"""Opening and ending rooms, moving rounds through their phases, and deciding about notes."""

from collections.abc import Callable, Collection
from functools import partial
from types import ModuleType
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from holdfast.audit.actions import record
from holdfast.gatherings.actions.beginning import beginning, mode_of
from holdfast.gatherings.actions.circle import forget_turns
from holdfast.gatherings.actions.drivers import make_drivers, note_what_was_agreed
from holdfast.gatherings.actions.parking import collect_quietly
from holdfast.gatherings.actions.sayings import forget_rights
from holdfast.gatherings.actions.sittings import carry_over, keep_again, next_position
from holdfast.gatherings.actions.slips import forget_slips
from holdfast.gatherings.actions.striking import leave_no_trace, strike_words, words_made_of
from holdfast.gatherings.actions.wiping import ENDING, wipe_practice, wipe_practice_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import gather, kind_of, stories
from holdfast.gatherings.kinds.prioritise import asked
from holdfast.gatherings.kinds.sheets import SHEETS
from holdfast.gatherings.models import OPEN_FOR_NOTES, Parked, Room, Round
from holdfast.gatherings.rules import is_small, may_move, says_leader
from holdfast.gatherings.said import agreement_words
from holdfast.gatherings.sittings import check_read_here, kept_from_before
from holdfast.keys import random_key
from holdfast.people.models import Person
from holdfast.programmes.actions import note_begun, note_end, note_over
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.queries.archiving import check_not_archived
from holdfast.refusals import Refused
from holdfast.voices import actions as voice_actions
from holdfast.voices import intake
from holdfast.voices.admission import new_code
from holdfast.voices.intake import CannotSave, Standing
from holdfast.voices.seal import empty_the_log

Phase = Round.Phase
CODE_TRIES = 20
STAYS = (Phase.SEALED, Phase.KEPT)
T = TypeVar("T")


def open_room(gathering: Gathering, *, by: Person, rehearsal: bool = False) -> Room:
    """Open a gathering's room under a fresh code; the room that is already open, when there is one. Raises Refused.

    rehearsal: for practice, before the first real room. A real room wipes what was practised.
    """
    check_not_archived(gathering.programme_id)
    if gathering.cancelled_at is not None:
        raise Refused("gatherings.session_cancelled")
    if not rehearsal:
        wipe_practice_of(gathering, by=by)
    for _ in range(CODE_TRIES):
        try:
            with transaction.atomic():
                if rehearsal and gathering.rooms.filter(rehearsal=False).exists():
                    raise Refused("gatherings.was_held")
                if already := gathering.rooms.filter(ended_at__isnull=True, rehearsal=rehearsal).first():
                    return already
                room = Room.objects.create(
                    gathering=gathering, code=new_code(), rehearsal=rehearsal, opened_by=by, opened_at=timezone.now()
                )
                record("room.opened", by=by.pk, on=room.pk)
        except IntegrityError:  # another open room has this code, or another desk was quicker
            continue
        HUB.refresh(room.pk)
        return room
    raise Refused("gatherings.room_already_open")


def end_room(room: Room, *, by: Person, early: bool = False) -> Room:
    """End the session: its code and tickets end with it. Raises Refused while notes are still open.

    A practice run is wiped instead, whatever is open in it. early: everybody is told that it stops before its plan is
    over.
    """
    if room.rehearsal:
        wipe_practice(room, by=by)
        return room
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=room.pk)
        if room.rounds.filter(phase__in=OPEN_FOR_NOTES).exists():
            raise Refused("gatherings.round_still_open")
        if room.ended_at is None:
            over_without_closing(room)
            room.ended_at, room.stopped = timezone.now(), early
            room.save(update_fields=["ended_at", "stopped"])
            record("room.ended", by=by.pk, on=room.pk)
            note_end(room.gathering, at=room.paused_at or room.ended_at)  # standing still is no time it took
            forget_slips(room.gathering)
    try:
        collect_quietly(room)  # before anybody is told: a desk draws its page once more then, and no more after that
    finally:
        HUB.refresh(room.pk)
    return room


def start_round(
    room: Room,
    *,
    item: PlanItem,
    by: Person,
    screened: bool = True,
    with_it: Callable[[Round], None] = lambda started: None,
) -> Round:
    """Bring an activity of the plan on the screens; two desks that press at once bring it once.

    with_it: what goes with it, done before anybody is told. Raises Refused while another one is still open for notes.
    """
    rules, key = kind_of(item.kind, item.mode), random_key()
    if already := _just_begun(room, item, screened=screened):
        return already
    if "doubt" in rules.may("participant", rules.FIRST):  # the store first: a round without a key could not be closed
        with_the_store(lambda: intake.open_round(key))
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=room.pk)
        if room.ended_at is not None:
            raise Refused("gatherings.room_ended", status=410)
        if room.paused_at is not None:
            raise Refused("gatherings.is_paused")
        if already := _just_begun(room, item, screened=screened):  # another desk was quicker meanwhile
            return already
        if room.rounds.filter(phase__in=OPEN_FOR_NOTES).exists():
            raise Refused("gatherings.round_still_open")
        over_without_closing(room)
        begin_again(room, item)
        if rules.SHOWS_ITEMS:
            make_drivers(room.gathering)
        kept = kept_from_before(room, item)
        started = (
            carry_over(kept, room=room)
            if kept
            else Round.objects.create(
                id=key,
                room=room,
                plan_item=None if item._state.adding else item,
                position=next_position(room),
                **beginning(item, room.gathering),
                title=item.title,
                prompt=item.prompt,
                minutes=item.minutes,
                columns=item.columns or columns_of(rules, item),
                screened=screened,
                leader_labelled=says_leader(room.gathering.section, item.kind),
                writing_since=timezone.now() if rules.FIRST == Phase.WRITING else None,
            )
        )
        with_it(started)
        record("round.started", by=by.pk, on=started.pk)
        if not room.rehearsal:
            note_begun(item, at=timezone.now())
    HUB.refresh(room.pk)
    return started


def _just_begun(room: Room, item: PlanItem, *, screened: bool) -> Round | None:
    """Return the activity on the screens when it is this one, begun in the same way, and nothing has happened in it."""
    newest = room.rounds.order_by("-position", "-pk").first()
    wanted = None if item._state.adding else item.pk  # asked in a practice run, it is in no plan
    if newest is None or newest.plan_item_id != wanted or room.ended_at is not None:
        return None
    same = (newest.kind, newest.mode) == (item.kind, mode_of(item, room.gathering))
    return newest if same and newest.phase == newest.rules.FIRST and newest.screened == screened else None


def begin_again(room: Room, item: PlanItem) -> None:
    """Whoever brings an activity on the screens looks back no longer, and does not skip this one."""
    room.looks_back, room.skipped = None, [key for key in room.skipped if key != str(item.pk)]
    room.save(update_fields=["looks_back", "skipped"])


def over_without_closing(room: Room) -> None:
    """Say that whatever is not closed for good is over; rights to entries and turns are forgotten with it."""
    keep_again(room)
    for found in room.rounds.exclude(phase__in=STAYS).order_by("position", "pk"):
        if found.in_the_open:
            forget_rights(found)
    room.rounds.exclude(phase__in=STAYS).update(phase=Phase.FINISHED)
    forget_turns(room)


def columns_of(rules: ModuleType, item: PlanItem) -> list[dict[str, str]]:
    """Return the parts of its sheet, or the one column where notes need one; most parts are named by each screen."""
    if rules not in {gather, stories}:
        parts, words = SHEETS.get(item.activity_key, ()), agreement_words()
        return [{"key": key, "label": words.get(key, ""), "hint": "", "tone": ""} for key in parts]
    return [{"key": "said", "label": gettext("Our words"), "hint": "", "tone": ""}]


def begin_writing(found: Round, *, by: Person, small_is_agreed: bool = False) -> Round:
    """Let everyone write. The number of people is frozen now; too few need an explicit yes. Raises Refused."""
    found = Round.objects.get(pk=found.pk)
    if not found.rules.USES_VOICES:
        return _move(found, Phase.WRITING, by=by, writing_since=timezone.now())
    if found.phase != Phase.PROMISE:
        return _move(found, Phase.WRITING, by=by)
    people = HUB.people_in(found.room_id) + found.besides
    if is_small(people, smallest=found.smallest_group) and not small_is_agreed:
        raise Refused("gatherings.few_people", {"people": people, "smallest": found.smallest_group})
    with ENDING:  # what people choose about must not be set up anew between the two databases
        found.refresh_from_db(fields=["setup", "items"])
        items = asked(found.setup, [int(item) for item in found.items])
        with_the_store(lambda: intake.open_round(found.pk, items=items))
        return _move(found, Phase.WRITING, by=by, set_size=people, writing_since=timezone.now())


def stop_writing(found: Round, *, by: Person) -> Round:
    """Bring all notes to the desk at once, mixed, to look through. Phones may still write. Raises Refused."""
    check_read_here(Round.objects.get(pk=found.pk))
    return _move(found, Phase.SCREENING, by=by)


def screen_notes(found: Round, *, public_ids: Collection[int], standing: Standing, by: Person) -> int:
    """Accept or hold notes by the ids the desk knows; return how many changed. Raises Refused."""
    found = Round.objects.get(pk=found.pk)
    if "screen" not in found.rules.may("desk", found.phase):
        raise Refused("gatherings.round_has_moved_on")
    changed: int = with_the_store(lambda: intake.screen(found.pk, public_ids=public_ids, standing=standing))
    if changed and found.phase == Phase.HANDED:
        HUB.refresh(found.room_id)  # phones ask again, so that what is held is put away
    return changed


def accept_all(found: Round, *, by: Person) -> int:
    """Accept every note the desk has been sent and nobody has decided about. Raises Refused."""
    return screen_notes(found, public_ids=HUB.waiting_on_desk(found.room_id), standing=Standing.ACCEPTED, by=by)


def reveal(found: Round, *, by: Person) -> Round:
    """Show all accepted notes to everyone at once, mixed. Raises Refused."""
    check_read_here(Round.objects.get(pk=found.pk))
    return _move(found, Phase.REVEALED, by=by)


def hand_round(found: Round, *, by: Person) -> Round:
    """Hand each phone somebody else's story. Raises Refused when too few are accepted to hide their authors."""
    if not intake.can_be_handed_round(found.pk) and Round.objects.get(pk=found.pk).phase != Phase.HANDED:
        raise Refused("gatherings.too_few_stories")
    return _move(found, Phase.HANDED, by=by)


def ask_at_the_close(found: Round, *, by: Person) -> Round:
    """After the last words: ask the three questions on the phones. Raises Refused."""
    return _move(found, Phase.PROMISE, by=by, with_it=lambda asking: forget_turns(asking.room))


def close_round(found: Round, *, by: Person) -> Round:
    """Begin to close: phones send what they still have; can be undone until the seal. Raises Refused."""
    check_read_here(Round.objects.get(pk=found.pk))
    closing = _move(found, Phase.CLOSING, by=by)
    with_the_store(lambda: intake.begin_closing(found.pk))
    return closing


def undo_close(found: Round, *, by: Person) -> Round:
    """Open the round again as it was. Raises Refused when it is sealed."""
    found = Round.objects.get(pk=found.pk)
    if found.phase != Phase.CLOSING:
        raise Refused("gatherings.round_has_moved_on")
    with ENDING:
        if intake.states([found.pk]).get(found.pk) in {"sealing", "sealed"}:
            raise Refused("gatherings.round_has_moved_on")
        reopened = _move(found, Phase(found.phase_before_closing), by=by)
        with_the_store(lambda: intake.reopen(found.pk))
        return reopened


def seal_round(round_id: int, *, by: Person | None = None) -> Round:
    """Close for good. Safe to repeat; called by the clock, by hand, and after a restart. Raises Refused, CannotSave."""
    with ENDING:
        found = Round.objects.get(pk=round_id)
        if found.phase not in {Phase.CLOSING, Phase.SEALED}:
            return found  # somebody undid the closing in the same moment
        intake.seal_round(round_id)
        if found.phase == Phase.SEALED:  # what was agreed is noted; words that changed since are not agreed to again
            return found
        if found.kind == "agree":
            note_what_was_agreed(found)
        return _move(found, Phase.SEALED, by=by)


def close_for_good(found: Round, *, by: Person) -> Round:
    """Seal a closing round now instead of at the end of its countdown. Raises Refused."""
    if Round.objects.get(pk=found.pk).phase not in {Phase.CLOSING, Phase.SEALED}:
        raise Refused("gatherings.round_has_moved_on")
    return with_the_store(lambda: seal_round(found.pk, by=by))


def look_at_doubts(found: Round, *, by: Person, look: bool = True) -> Round:
    """Bring to the desk, all at once, which wordings somebody doubts; or go on bringing together. Raises Refused."""
    return _move(found, Phase.CHECKING if look else Phase.GROUPING, by=by)


def finish_talk(found: Round, *, by: Person) -> Round:
    """Say that an activity without notes is over. Raises Refused."""
    return _move(found, Phase.FINISHED, by=by, with_it=_talk_is_over)


def _talk_is_over(finished: Round) -> None:
    if finished.in_the_open:
        forget_rights(finished)
    forget_turns(finished.room)
    if not finished.room.rehearsal:
        note_over(finished.room.gathering, at=timezone.now())


def turn_page(found: Round, *, page: int) -> Round:
    """Show another page of notes on the wall; 0 is the first."""
    with transaction.atomic():
        Round.objects.filter(pk=found.pk).update(wall_page=max(0, min(page, 999)))
    HUB.refresh(found.room_id)
    return Round.objects.get(pk=found.pk)


def show_late_note(found: Round, *, note_id: int, by: Person) -> bool:
    """After the seal: show a note that nobody had looked at in time, or one that was held."""
    return _after_the_seal(found, voice_actions.set_standing(round_id=found.pk, note_id=note_id, standing="shown"))


def hold_sealed_note(found: Round, *, note_id: int, by: Person) -> bool:
    """After the seal: take a note off the screens."""
    return _after_the_seal(found, voice_actions.set_standing(round_id=found.pk, note_id=note_id, standing="held"))


def strike_note(found: Round, *, note_id: int, by: Person) -> bool:
    """After the seal: remove the text of a note that names somebody, for good; a stub stays. Raises Refused."""
    struck = voice_actions.strike(round_id=found.pk, note_id=note_id)
    with transaction.atomic():  # another desk may have gone on to bring likes together: the words stand there too
        for wording in words_made_of(found, note_id):
            meeting = found.room.gathering
            strike_words(meeting.programme, wording=wording, only=meeting if found.room.rehearsal else None)
        if Parked.objects.filter(programme=found.room.gathering.programme_id, made_of=str(note_id)).delete()[0]:
            transaction.on_commit(partial(leave_no_trace, "default"))
    if struck:
        record("round.note_struck", by=by.pk, on=found.pk)
        _after_the_seal(found, struck)
        with_the_store(lambda: empty_the_log(found.pk))  # until then the file still holds the page with the text
    return struck


def _move(
    found: Round,
    to: Round.Phase,
    *,
    by: Person | None,
    with_it: Callable[[Round], None] = lambda moved: None,
    **fields: object,
) -> Round:
    """Change the phase if the rules allow it; pressing twice, or at two desks, is the same as once.

    with_it: what goes with it, done before anybody is told.
    """
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=found.room_id)  # the room first, as everywhere
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase != to:
            if room.paused_at is not None:
                raise Refused("gatherings.is_paused")
            moves = found.rules.MOVES
            if not may_move(moves, phase=found.phase, to=to, before_closing=found.phase_before_closing):
                raise Refused("gatherings.round_has_moved_on")
            if to == Phase.CLOSING:
                fields["phase_before_closing"] = found.phase
            found.phase = to
            for name, value in fields.items():
                setattr(found, name, value)
            found.save(update_fields=["phase", *fields])
            if room.looks_back is not None:
                room.looks_back = None
                room.save(update_fields=["looks_back"])
            record(f"round.{to}", by=by.pk if by else None, on=found.pk)
        with_it(found)
    HUB.refresh(found.room_id)
    return found


def _after_the_seal(found: Round, changed: bool) -> bool:
    if changed:
        HUB.refresh(found.room_id)
    return changed


def with_the_store(act: Callable[[], T]) -> T:
    """Do something in the anonymous store. Raises Refused when it cannot be opened or saved."""
    try:
        return act()
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error
