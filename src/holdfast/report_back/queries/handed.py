"""What a session has handed to leadership, for its desk and its wall."""

from holdfast.gatherings.afterwards import Handed
from holdfast.programmes.models import Gathering
from holdfast.report_back.models import Concern


def handed_from(gathering: Gathering) -> Handed | None:
    """Return which drivers of a session were handed over and when answers are expected; None before."""
    rows = Concern.objects.filter(driver__gathering=gathering).order_by("pk").values_list("driver_id", "due_on")
    known = dict(rows)
    return Handed(frozenset(known), max(known.values())) if known else None
