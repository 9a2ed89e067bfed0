"""Putting into the plan what is held without having been planned; a practice run leaves the plan alone."""

from holdfast.gatherings.models import Room
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Mode, PlanItem


def plan_it(room: Room, *, title: str, prompt: str, minutes: int, kind: str, by: Person) -> PlanItem:
    """Return an unnamed activity before what closes the plan; in a practice run one that is only on the screens."""
    if room.rehearsal:
        return PlanItem(
            gathering=room.gathering, title=title, prompt=prompt, minutes=minutes, kind=kind, mode=Mode.UNNAMED
        )
    return plans.add_activity(
        room.gathering, title=title, prompt=prompt, minutes=minutes, kind=kind, mode=Mode.UNNAMED, by=by
    )
