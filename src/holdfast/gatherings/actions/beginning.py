"""With what an activity begins: as which kind it is held, and what people choose about."""

from holdfast.gatherings.actions.drivers import MOST_ITEMS, frozen_items
from holdfast.gatherings.kinds import kind_of, prioritise
from holdfast.gatherings.priorities import weighable
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.refusals import Refused


def mode_of(item: PlanItem, gathering: Gathering) -> str:
    """Return how an activity is held: priorities without anything collected are spoken."""
    if kind_of(item.kind, item.mode) is prioritise and not weighable(gathering):
        return "spoken"
    return item.mode


def beginning(item: PlanItem, gathering: Gathering) -> dict[str, object]:
    """Return the fields with which a round of an activity begins. Raises Refused when it has nothing to be about."""
    mode = mode_of(item, gathering)
    rules = kind_of(item.kind, mode)
    held = {"kind": item.kind, "mode": mode, "phase": rules.FIRST}
    if rules is not prioritise:
        questions: tuple[int, ...] = getattr(rules, "QUESTIONS", ())
        asked = questions or (frozen_items(item.kind, gathering) if rules.BALLOT else ())
        return {**held, "items": [str(key) for key in asked]}
    drivers = weighable(gathering)
    if len(drivers) > MOST_ITEMS:
        raise Refused("gatherings.too_many_to_sort", {"most": MOST_ITEMS, "has": len(drivers)})
    manner = prioritise.DOTS if len(drivers) > 1 else prioritise.CONSENT
    setup = prioritise.usual_setup(manner, len(drivers))
    return {**held, "items": [str(driver.pk) for driver in drivers], "setup": setup}
