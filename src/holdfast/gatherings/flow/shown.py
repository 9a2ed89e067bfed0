"""What is unfinished when a session ends earlier than planned, and what comes next: to be said openly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import Gathering
from holdfast.voices.queries import counts_of


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is said when a session stops. held, waiting: notes that were never shown, of everything there was today.

    going_on: the title of what is closed by stopping, "" when nothing is.
    """

    titles: Sequence[str]
    going_on: str
    held: int
    waiting: int
    next: Gathering | None
    zone: str


def unfinished_of(room: Room, open_notes: Mapping[str, Sequence[object]] | None = None) -> Unfinished:
    """Return what would be, or is, unfinished. open_notes: those the desk was sent of what is open, by standing."""
    rounds = list(room.rounds.order_by("position", "pk"))
    begun = {found.plan_item_id for found in rounds}
    counts = counts_of([found.pk for found in rounds if found.gathers]).values()
    still = open_notes if rounds and rounds[-1].phase != Round.Phase.SEALED and open_notes else {}
    over = {Round.Phase.SEALED, Round.Phase.FINISHED, Round.Phase.NOT_KEPT, Round.Phase.KEPT}
    gathering = room.gathering
    return Unfinished(
        titles=[item.title for item in gathering.plan.order_by("position", "pk") if item.pk not in begun],
        going_on=rounds[-1].title if rounds and rounds[-1].phase not in over else "",
        held=sum(one["held"] for one in counts) + len(still.get("held", ())),
        waiting=sum(one["waiting"] for one in counts) + len(still.get("waiting", ())),
        next=gathering.programme.gatherings.filter(cancelled_at__isnull=True, starts_at__gt=gathering.starts_at)
        .order_by("starts_at", "pk")
        .first(),
        zone=gathering.programme.group.site.time_zone,
    )
