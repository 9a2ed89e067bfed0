"""What is unfinished when a session ends earlier than planned, and what comes next: to be said openly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from holdfast.gatherings.flow.showing import rounds_of
from holdfast.gatherings.models import Room, Round
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.queries import next_gathering
from holdfast.voices.queries import counts_of

NO_NOTES: Mapping[str, Sequence[object]] = {}


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


def unfinished_of(
    gathering: Gathering,
    rounds: Sequence[Round],
    plan: Iterable[PlanItem],
    counts: Mapping[int, Mapping[str, int]],
    *,
    open_notes: Mapping[str, Sequence[object]] = NO_NOTES,
) -> Unfinished:
    """Return what would be, or is, unfinished.

    rounds: what was held in a room, in order. counts: what became of the notes of each sealed one. open_notes: those
    the desk was sent of what is open, by standing.
    """
    begun = {found.plan_item_id for found in rounds}
    newest = rounds[-1] if rounds else None
    still = open_notes if newest and newest.phase != Round.Phase.SEALED else NO_NOTES
    over = {Round.Phase.SEALED, Round.Phase.FINISHED, Round.Phase.NOT_KEPT, Round.Phase.KEPT}
    return Unfinished(
        titles=[item.title for item in plan if item.pk not in begun],
        going_on=newest.title if newest and newest.phase not in over else "",
        held=sum(one["held"] for one in counts.values()) + len(still.get("held", ())),
        waiting=sum(one["waiting"] for one in counts.values()) + len(still.get("waiting", ())),
        next=next_gathering(gathering.programme, but=gathering),
        zone=gathering.programme.group.site.time_zone,
    )


def unfinished_in(room: Room) -> Unfinished:
    """Return what is unfinished in a room that was stopped."""
    rounds = rounds_of(room)
    counts = counts_of([found.pk for found in rounds if found.gathers])
    return unfinished_of(room.gathering, rounds, room.gathering.plan.order_by("position", "pk"), counts)
