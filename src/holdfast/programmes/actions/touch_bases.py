"""Writing touch-bases: days, what was talked about, and what was agreed."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.people.queries import leads
from holdfast.programmes.models import Agreed, Gathering, Programme, TouchBase
from holdfast.programmes.queries import today_at
from holdfast.programmes.rules.touch_bases import Agreement
from holdfast.refusals import Refused


@transaction.atomic
def plan_touch_bases(programme: Programme, *, leader: Person, days: Mapping[int, date], by: Person) -> list[TouchBase]:
    """Plan a touch-base before each of some sessions, on its day; one that is planned already stays. Raises Refused.

    days: by session.
    """
    _check_leads(leader, programme)
    today, made = today_at(programme), []
    for gathering in Gathering.objects.filter(programme=programme, pk__in=list(days)).order_by("starts_at", "pk"):
        if days[gathering.pk] < today:
            raise Refused("programmes.touch_base_day_is_over", status=422)
        planned = {"planned_on": days[gathering.pk], "programme": programme}
        touch_base, new = TouchBase.objects.get_or_create(leader=leader, gathering=gathering, defaults=planned)
        made += [touch_base] if new else []
    record("programmes.touch_bases_planned", by=by.pk, on=programme.pk)
    return made


@transaction.atomic
def move_touch_base(touch_base: TouchBase, *, planned_on: date, by: Person) -> TouchBase:
    """Meet on another day. Raises Refused."""
    touch_base = _locked(touch_base)
    if touch_base.held_on:
        raise Refused("programmes.touch_base_was_held")
    if planned_on < today_at(touch_base.programme):
        raise Refused("programmes.touch_base_day_is_over", status=422)
    touch_base.planned_on, touch_base.left_out = planned_on, False
    touch_base.save(update_fields=["planned_on", "left_out"])
    record("programmes.touch_base_moved", by=by.pk, on=touch_base.pk)
    return touch_base


@transaction.atomic
def keep_touch_base(touch_base: TouchBase, *, notes: str, agreed: Sequence[Agreement] = (), by: Person) -> TouchBase:
    """Keep what was talked about and agreed; the first time, it was held today."""
    touch_base = _locked(touch_base)
    touch_base.notes, touch_base.left_out = notes, False
    touch_base.held_on = touch_base.held_on or today_at(touch_base.programme)
    touch_base.save(update_fields=["notes", "left_out", "held_on"])
    Agreed.objects.bulk_create(Agreed(touch_base=touch_base, **one._asdict()) for one in agreed)
    record("programmes.touch_base_kept", by=by.pk, on=touch_base.pk)
    return touch_base


@transaction.atomic
def catch_up(touch_base: TouchBase, *, by: Person) -> TouchBase:
    """Say that it has been made up for today: one step, nothing to fill in."""
    return keep_touch_base(touch_base, notes=touch_base.notes, by=by)


@transaction.atomic
def leave_out(touch_base: TouchBase, *, on: bool, by: Person) -> TouchBase:
    """Say “not this time” about a touch-base, without a reason, or take that back. Raises Refused."""
    touch_base = _locked(touch_base)
    if touch_base.held_on:
        raise Refused("programmes.touch_base_was_held")
    touch_base.left_out = on
    touch_base.save(update_fields=["left_out"])
    record("programmes.touch_base_left_out", by=by.pk, on=touch_base.pk)
    return touch_base


@transaction.atomic
def settle(agreed: Agreed, *, done: bool, by: Person) -> Agreed:
    """Say that something that was agreed is done, or is not after all."""
    agreed.done_on = today_at(agreed.touch_base.programme) if done else None
    agreed.save(update_fields=["done_on"])
    record("programmes.agreed_settled", by=by.pk, on=agreed.pk)
    return agreed


def _check_leads(leader: Person, programme: Programme) -> None:
    if not leads(leader, programme.group):
        raise Refused("programmes.leads_no_more", {"name": leader.name})


def _locked(touch_base: TouchBase) -> TouchBase:
    together = TouchBase.objects.select_related("programme__group__site")
    return together.select_for_update(of=("self",)).get(pk=touch_base.pk)
