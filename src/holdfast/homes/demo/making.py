"""What a made-up team changed in the toolkit's plan, and how long things really took with it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Gathering, PlanItem, Programme

LONGER_THAN_PLANNED = (2, 0, 4, -1, 3, 0, -2, 1)
"""Minutes by which one activity after the other took longer than it was planned."""


def make_it_their_own(programme: Programme, *, by: Person) -> None:
    """Give a programme's past sessions a team's make and what really happened, once."""
    if programme.group.makes.exists():
        return
    zone = programme.group.site.time_zone
    for gathering in programme.gatherings.filter(ends_at__lt=timezone.now()).order_by("starts_at", "pk"):
        day = gathering.starts_at.astimezone(ZoneInfo(zone)).date()
        with on_day(day - timedelta(days=3), zone):
            if gathering.section == 1:
                _change(gathering, by=by)
                plans.save_make(gathering, by=by)
        with on_day(day + timedelta(days=1), zone):
            _record(gathering, by=by)


def _change(gathering: Gathering, *, by: Person) -> None:
    items = list(gathering.plan.order_by("position", "pk"))
    plans.choose_make(items[1], make=PlanItem.Make.SHORT, by=by)
    plans.add_activity(
        gathering, title="Who covers the phones today", prompt="Name who sits at the front desk now, and thank them.",
        minutes=3, kind="talk", mode="spoken", by=by,
    )  # fmt: skip
    own = gathering.plan.get(activity_key="")
    plans.place_activity(own, place=1, by=by)


def _record(gathering: Gathering, *, by: Person) -> None:
    items = list(gathering.plan.order_by("position", "pk"))
    left_out = items[-2].pk if gathering.section == 1 else 0
    happened: dict[int, tuple[str, int | None]] = {}
    for item, more in zip(items, LONGER_THAN_PLANNED, strict=False):
        is_held = item.pk != left_out
        came = PlanItem.Came.HELD if is_held else PlanItem.Came.SKIPPED
        happened[item.pk] = (came, max(1, item.minutes + more) if is_held else None)
    plans.write_record(gathering, happened=happened, by=by)
