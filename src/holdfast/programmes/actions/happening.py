"""What the room writes back into the plan while a session is held; who pressed stands in the room's own entries."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.rules import MINUTES


@transaction.atomic
def note_begun(item: PlanItem, *, at: datetime) -> None:
    """An activity begins now; whatever went on before is over."""
    note_over(item.gathering, at=at)
    PlanItem.objects.filter(pk=item.pk).update(came=PlanItem.Came.HELD, began_at=at)


@transaction.atomic
def note_over(gathering: Gathering, *, at: datetime) -> None:
    """What was going on is over: the minutes it took are added, unless nobody said so for hours."""
    for item in PlanItem.objects.select_for_update().filter(gathering=gathering, began_at__isnull=False):
        assert item.began_at is not None
        minutes = max(1, round((at - item.began_at).total_seconds() / 60))
        if minutes in MINUTES:
            item.took = (item.took or 0) + minutes
        item.began_at = None
        item.save(update_fields=["took", "began_at"])


@transaction.atomic
def note_left_out(item: PlanItem, *, left_out: bool) -> None:
    """An activity that was not held is left out today, or it is not."""
    came = PlanItem.Came.SKIPPED if left_out else PlanItem.Came.AHEAD
    PlanItem.objects.filter(pk=item.pk).exclude(came=PlanItem.Came.HELD).update(came=came)


@transaction.atomic
def note_left(item: PlanItem) -> None:
    """What had only just begun is left: it took no time, and was not held unless it took some before."""
    same = PlanItem.objects.filter(pk=item.pk)
    same.filter(took__isnull=True).update(came=PlanItem.Came.SKIPPED, began_at=None)
    same.update(began_at=None)


@transaction.atomic
def note_pause(gathering: Gathering, *, lasted: timedelta) -> None:
    """Everything stood still for a while: it does not count as time that what goes on took."""
    gathering.plan.filter(began_at__isnull=False).update(began_at=F("began_at") + lasted)


@transaction.atomic
def note_end(gathering: Gathering, *, at: datetime) -> None:
    """The session is over: what was not held by now was left out."""
    note_over(gathering, at=at)
    gathering.plan.filter(came=PlanItem.Came.AHEAD).update(came=PlanItem.Came.SKIPPED)
