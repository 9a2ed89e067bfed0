"""What has become of a session's drivers, for its desk and its wall."""

from holdfast.gatherings.afterwards import Handed
from holdfast.programmes.models import Gathering
from holdfast.report_back.models import Concern, LetGoItem, OursItem


def handed_from(gathering: Gathering) -> Handed | None:
    """Return which drivers of a session were handed over and when answers are expected; None before."""
    rows = Concern.objects.filter(driver__gathering=gathering).order_by("pk").values_list("driver_id", "due_on")
    known = dict(rows)
    return Handed(frozenset(known), max(known.values())) if known else None


def listed_from(gathering: Gathering) -> frozenset[int]:
    """Return which drivers of a session stand on the group's own list or its let-go list; not what it took back."""
    ours = OursItem.objects.filter(driver__gathering=gathering).exclude(state=OursItem.State.LET_GO)
    let_go = LetGoItem.objects.filter(driver__gathering=gathering, taken_back_on__isnull=True)
    either = [*ours.order_by("pk").values_list("driver_id", flat=True), *let_go.values_list("driver_id", flat=True)]
    return frozenset(key for key in either if key)
