"""Reading what is kept for later."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from holdfast.gatherings.models import Parked
from holdfast.gatherings.queries import RUNS_A_ROOM
from holdfast.people.models import Person
from holdfast.people.queries import groups_for
from holdfast.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Parking:
    """What is open. offered: words that came late, not looked at yet; they stand before a facilitator only."""

    offered: Sequence[Parked]
    kept: Sequence[Parked]


def parking_of(programme: Programme) -> Parking:
    """Return what is open in a programme: by session, and within one in an order that tells nothing."""
    rows = Parked.objects.filter(programme=programme).exclude(state=Parked.State.DEALT).select_related("gathering")
    found = list(rows.order_by("gathering__starts_at", "pk"))
    return Parking(
        offered=[one for one in found if one.state == Parked.State.OFFERED],
        kept=[one for one in found if one.state == Parked.State.KEPT],
    )


def parked_for(person: Person, parked_id: int) -> Parked:
    """Return one line of a group somebody runs sessions of; somebody else's answers like one that is not there."""
    rows = Parked.objects.select_related("programme")
    found = rows.filter(pk=parked_id, programme__group__in=groups_for(person, RUNS_A_ROOM)).first()
    if found is None:
        raise Http404
    return found


def lines_to_talk_about(programme: Programme, *, to_leader: bool) -> list[str]:
    """Return what a touch-base comes back to. A leader reads what facilitators wrote themselves.

    What people wrote without a name was shown to the group and not handed to leadership: that has its own way.
    """
    kept = parking_of(programme).kept
    return [one.text for one in kept if one.source == Parked.Source.DESK or not to_leader]
