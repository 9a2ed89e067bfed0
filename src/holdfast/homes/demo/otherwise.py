"""What sessions that did not go as planned have left: lines kept for later, and own notes of whoever held them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from holdfast.gatherings.actions.parking import deal_with, park
from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person
from holdfast.programmes.actions import write_aside
from holdfast.programmes.models import Programme

OWN_NOTES = (
    "Two minutes of silence first: then the quiet ones speak too.",
    "The question was too large. Next time ask about this week only.",
    "Chairs in a circle before they come in; we lost four minutes.",
)
KEPT = ("The copier contract: who can we ask?", "Fridays: whether the last ten minutes could be free of news.")
DEALT = "Who has the key to the small meeting room."


def leave_traces(programme: Programme, *, by: Person) -> None:
    """Let the sessions a programme has held leave what sessions leave, once."""
    held = list(programme.gatherings.filter(ends_at__lt=timezone.now(), cancelled_at=None).order_by("starts_at", "pk"))
    if not held or programme.parked.exists():
        return
    zone = programme.group.site.time_zone
    for gathering, text in zip(held, OWN_NOTES, strict=False):
        with on_day(gathering.starts_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), zone):
            for item in gathering.plan.order_by("position", "pk")[:1]:
                write_aside(item, text=text, seen=0, by=by)
    last = held[-1]
    with on_day(last.starts_at.astimezone(ZoneInfo(zone)).date(), zone):
        for text in KEPT:
            park(last, text=text, by=by)
        deal_with(park(last, text=DEALT, by=by), by=by)
