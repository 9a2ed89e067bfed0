"""With what an activity begins: as which kind it is held, and what people choose about."""

from holdfast.gatherings.actions.drivers import MOST_ITEMS, frozen_items
from holdfast.gatherings.kinds import kind_of, prioritise, talk
from holdfast.gatherings.priorities import weighable
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused


def held_as(kind: str, mode: str) -> str:
    """Return as which kind an activity is held: priorities that are not unnamed are laid out on a table, as a talk."""
    return "talk" if kind == "prioritise" and mode != "unnamed" else kind


def beginning(kind: str, gathering: Gathering) -> dict[str, object]:
    """Return the fields with which a round of this kind begins. Raises Refused when there is nothing to choose about.

    Priorities without anything collected are held as a talk: the group has its list on the wall or on paper.
    """
    rules = kind_of(kind)
    if kind != "prioritise":
        items = [str(driver) for driver in frozen_items(kind, gathering)] if rules.BALLOT else []
        return {"kind": kind, "phase": rules.FIRST, "items": items}
    drivers = weighable(gathering)
    if len(drivers) > MOST_ITEMS:
        raise Refused("gatherings.too_many_to_sort", {"most": MOST_ITEMS, "has": len(drivers)})
    if not drivers:
        return {"kind": "talk", "phase": talk.FIRST}
    manner = prioritise.DOTS if len(drivers) > 1 else prioritise.CONSENT
    setup = prioritise.usual_setup(manner, len(drivers))
    return {"kind": kind, "phase": rules.FIRST, "items": [str(driver.pk) for driver in drivers], "setup": setup}
