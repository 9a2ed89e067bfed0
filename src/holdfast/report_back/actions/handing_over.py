"""Handing to leadership what a group has agreed to hand over."""

from collections.abc import Collection
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from holdfast.audit.actions import record
from holdfast.gatherings.afterwards import on_a_list
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Driver
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import today_at
from holdfast.refusals import Refused
from holdfast.report_back import rules
from holdfast.report_back.models import Concern
from holdfast.report_back.news import ForLeaders, tell_leaders


@transaction.atomic
def hand_over(
    gathering: Gathering, *, driver_ids: Collection[int], due_on: date, on_wall: Collection[int] = (), by: Person
) -> list[Concern]:
    """Open a concern for each chosen wording the group agreed to, and return the new ones. Raises Refused.

    One that was handed over before stays as it is, so that pressing twice or from two desks does it once.
    due_on: the day both sides expect the answers. on_wall: what the group allows in common areas.
    """
    programme = Programme.objects.select_for_update().get(pk=gathering.programme_id)
    today = today_at(gathering.programme)
    if not rules.may_be_due(due_on, today):
        raise Refused("report_back.no_such_due_date", status=422)
    if gathering.rooms.filter(rehearsal=True).exists():
        raise Refused("report_back.only_practice")
    new = _agreed(gathering, driver_ids)
    last = programme.concerns.aggregate(last=Max("position"))["last"] or 0
    made = [
        Concern.objects.create(
            programme=programme,
            driver=driver,
            tone=driver.tone,
            wording=driver.wording,
            sources=driver.sources,
            position=position,
            handed_over_on=today,
            due_on=due_on,
            wall_by_group=driver.pk in on_wall,
        )
        for position, driver in enumerate(new, start=last + 1)
    ]
    for concern in made:
        record("report_back.handed_over", by=by.pk, on=concern.pk)
    if made:
        path = reverse("report_back.concerns", kwargs={"programme_id": programme.pk})
        news = ForLeaders.HANDED_OVER
        tell_leaders(gathering.programme, news=news, about=made[0].pk, due_on=due_on, path=path, by=by)
        if room := gathering.rooms.filter(ended_at__isnull=True).order_by("pk").first():
            transaction.on_commit(partial(HUB.refresh, room.pk))  # its wall says so
    return made


def _agreed(gathering: Gathering, driver_ids: Collection[int]) -> list[Driver]:
    """Return what of this is still to be handed over, in the group's order. Raises Refused for what nobody agreed."""
    drivers = gathering.drivers.filter(pk__in=driver_ids, concern__isnull=True).order_by("position", "pk")
    listed = on_a_list(gathering)
    for driver in drivers:
        if driver.pk in listed:
            raise Refused("gatherings.is_on_a_list")
        if driver.retired or not driver.agreed:
            raise Refused("report_back.not_agreed", {"wording": driver.wording})
    return list(drivers)
