"""Several sittings of one session: which one is still ahead, and what is kept closed until then."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.gatherings.kinds import gather
from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.queries import sittings_of
from holdfast.refusals import Refused
from holdfast.web.days import day_and_hours

Sitting = tuple[datetime, datetime, str]
"""When it starts, when it ends, and what it is called."""

MAY_WAIT = frozenset({Round.Phase.PROMISE, Round.Phase.WRITING, Round.Phase.KEPT})


def later_than(opened_at: datetime, sittings: Sequence[Sitting], *, now: datetime) -> Sitting | None:
    """Return the next sitting after the one a room was opened for: the one whose beginning is nearest to the opening.

    opened_at, now: aware times. None when no sitting begins later, or none that is not over.
    """
    if not sittings:
        return None
    own = min(sittings, key=lambda one: (abs(one[0] - opened_at), one[0]))
    return min((one for one in sittings if one[0] > own[0] and one[1] > now), default=None)


def sitting_ahead(room: Room) -> Sitting | None:
    """Return the next sitting of a room's session; none in practice, and none once the session is cancelled."""
    gathering = room.gathering
    if room.rehearsal or gathering.cancelled_at is not None:
        return None
    every = [(one.starts_at, one.ends_at, one.label) for one in sittings_of(gathering)]
    return later_than(room.opened_at, every, now=timezone.now())


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
    if found.phase == Round.Phase.WRITING and found.rules is gather and (sitting := waits_for(found)):
        raise Refused("gatherings.read_with_another_sitting", {"sitting": in_words(sitting, found.room.gathering)})


def kept_from_before(room: Room, item: PlanItem) -> Round | None:
    """Return the round of an activity that an earlier sitting has left closed, for this one to join."""
    if item._state.adding or room.rehearsal:
        return None
    kept = Round.objects.filter(
        room__gathering=room.gathering_id, room__rehearsal=False, plan_item=item, phase=Round.Phase.KEPT
    )
    return kept.order_by("pk").first()


def kept_in(gathering: Gathering) -> list[Round]:
    """Return everything of a session that is kept closed."""
    kept = Round.objects.filter(room__gathering=gathering, room__rehearsal=False, phase=Round.Phase.KEPT)
    return list(kept.select_related("room").order_by("position", "pk"))


def sitting_of(found: Round | None, kept: Sequence[Round]) -> str:
    """Return the sitting with whose notes something is, or could be, read together; "" where there is none."""
    about = kept[0] if kept else found
    if about is None or about.rules is not gather or about.phase not in MAY_WAIT:
        return ""
    ahead = sitting_ahead(about.room)
    return in_words(ahead, about.room.gathering) if ahead else ""
