"""Several sittings of one session: which one is still ahead, and what is kept closed until then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.gatherings.kinds import gather
from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.queries import sittings_of
from holdfast.refusals import Refused
from holdfast.voices.queries import unread_in
from holdfast.web.days import day_and_hours

Sitting = tuple[datetime, datetime, str]
"""When it starts, when it ends, and what it is called."""


def later_than(opened_at: datetime, sittings: Sequence[Sitting], *, now: datetime) -> Sitting | None:
    """Return the next sitting after the one a room was opened for: the one whose beginning is nearest to the opening.

    opened_at, now: aware times. None when no sitting begins later, or none that is not over.
    """
    if not sittings:
        return None
    own = own_of(opened_at, sittings)
    return min((one for one in sittings if one[0] > own[0] and one[1] > now), default=None)


def own_of(opened_at: datetime, sittings: Sequence[Sitting]) -> Sitting:
    """Return the sitting a room was opened for. sittings: one or more."""
    return min(sittings, key=lambda one: (abs(one[0] - opened_at), one[0]))


def sitting_ahead(room: Room, *, among: Sequence[Sitting] | None = None) -> Sitting | None:
    """Return the next sitting of a room's session; none in practice, and none once the session is cancelled.

    among: every sitting of the session, where it was read already.
    """
    gathering = room.gathering
    if room.rehearsal or gathering.cancelled_at is not None:
        return None
    return later_than(room.opened_at, _every(gathering) if among is None else among, now=timezone.now())


def _every(gathering: Gathering) -> list[Sitting]:
    return [(one.starts_at, one.ends_at, one.label) for one in sittings_of(gathering)]


def in_words(sitting: Sitting, gathering: Gathering) -> str:
    """Return a sitting as a sentence can name it: what it is called, and when."""
    starts_at, ends_at, label = sitting
    when = day_and_hours(starts_at, ends_at, ZoneInfo(gathering.programme.group.site.time_zone))
    return _("%(label)s, %(when)s") % {"label": label, "when": when} if label else when


def waits_for(found: Round) -> Sitting | None:
    """Return the sitting with whose notes an activity is read together, None where it is read in its own room."""
    return sitting_ahead(found.room) if found.setup.get("together") else None


def check_read_here(found: Round) -> None:
    """Make sure that nobody reads before the other sitting what people were told is read with it. Raises Refused."""
    closed = found.phase in {Round.Phase.WRITING, Round.Phase.KEPT}
    if closed and found.rules is gather and (sitting := waits_for(found)):
        raise Refused("gatherings.read_with_another_sitting", {"sitting": in_words(sitting, found.room.gathering)})


def kept_from_before(room: Room, item: PlanItem) -> Round | None:
    """Return the round of an activity that an earlier sitting has left closed, for this one to join.

    Raises Refused in the sitting that left it closed: to take it up again there would be to read it there.
    """
    if item._state.adding or room.rehearsal:
        return None
    kept = Round.objects.filter(
        room__gathering=room.gathering_id, room__rehearsal=False, plan_item=item, phase=Round.Phase.KEPT
    )
    found = kept.select_related("room__gathering").order_by("pk").first()
    if found and waits_for(found):
        sittings = _every(room.gathering)
        if own_of(room.opened_at, sittings) == own_of(found.room.opened_at, sittings):
            raise Refused("gatherings.another_sitting_is_ahead")
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What an earlier sitting has left closed. sitting: the one it waits for, in words, "" when none is ahead."""

    round: Round
    sitting: str


@dataclass(frozen=True, slots=True)
class Unread:
    """What was sealed alone. waiting: how many of its notes nobody has looked at, one or more."""

    round: Round
    waiting: int


@dataclass(frozen=True, slots=True)
class LeftClosed:
    """What earlier sittings of a session have left closed: until another one, or for good and unread."""

    kept: Sequence[Kept] = ()
    unread: Sequence[Unread] = ()

    @property
    def waits(self) -> bool:
        """Tell whether something waits for a sitting that is still ahead."""
        return any(one.sitting for one in self.kept)


def left_closed_in(gathering: Gathering, *, here: Room | None) -> LeftClosed:
    """Return what a session has left closed. here: the open room; what was sealed in it is on its own run sheet."""
    sealed_alone = Q(phase=Round.Phase.SEALED, phase_before_closing=Round.Phase.KEPT)
    every = Round.objects.filter(
        Q(phase=Round.Phase.KEPT) | sealed_alone, room__gathering=gathering, room__rehearsal=False
    )
    rounds = list(every.select_related("room__gathering").order_by("position", "pk"))
    kept = [one for one in rounds if one.phase == Round.Phase.KEPT]
    sittings = _every(gathering) if kept else []
    sealed = [one for one in rounds if one.phase == Round.Phase.SEALED and (here is None or one.room_id != here.pk)]
    waiting = unread_in([one.pk for one in sealed]) if sealed else {}
    return LeftClosed(
        kept=[Kept(one, _told(sitting_ahead(one.room, among=sittings), gathering)) for one in kept],
        unread=[Unread(one, waiting[one.pk]) for one in sealed if one.pk in waiting],
    )


def next_sitting_of(found: Round | None) -> str:
    """Return the sitting with whose notes what is written could be read together, in words; "" where there is none."""
    if found is None or found.rules is not gather or found.phase not in {Round.Phase.PROMISE, Round.Phase.WRITING}:
        return ""
    return _told(sitting_ahead(found.room), found.room.gathering)


def _told(ahead: Sitting | None, gathering: Gathering) -> str:
    return in_words(ahead, gathering) if ahead else ""
