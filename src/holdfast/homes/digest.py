"""The mail of the week: on a Monday morning, what is ahead and what waits; nothing where there is neither."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.homes import rules
from holdfast.homes.queries import Arrival, arrival
from holdfast.notifications.actions import post, work_through
from holdfast.notifications.letters import as_body
from holdfast.notifications.queries import worked_through
from holdfast.people.models import Person, Role, Site
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Gathering
from holdfast.programmes.telling import said, zone_of
from holdfast.web.days import day_in_full
from holdfast.web.language import spoken_by

AHEAD = timedelta(days=14)
AT_ONCE = 200
"""How many people are looked at in one round; the next one goes on from there."""


def post_what_is_due(now: datetime) -> int:
    """Write to everybody with something ahead or waiting, once a week; return how many mails that made."""
    made = looked = 0
    for zone in Site.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct():
        week = rules.week_of_digest(now.astimezone(ZoneInfo(zone)))
        if week is None or looked >= AT_ONCE:
            continue
        done = worked_through(f"digest.{week}.")
        keys = {f"digest.{week}.{pk}": pk for pk in _reached_at(zone).values_list("pk", flat=True)}
        todo = [key for key in keys if key not in done][: AT_ONCE - looked]
        people = Person.objects.select_related("organisation").in_bulk([keys[key] for key in todo])
        made += sum(_write(people[keys[key]], key, zone) for key in todo if keys[key] in people)
        looked += len(todo)
    return made


@transaction.atomic
def _write(person: Person, key: str, zone: str) -> int:
    if not work_through(key) or not person.email:
        return 0
    with spoken_by(person.language):
        return _post(person, person.email, key, zone)


def _post(person: Person, address: str, key: str, zone: str) -> int:
    now = timezone.now()
    coming = [plans.as_it_meets(one) for one in plans.meeting_again(plans.dates_of(person), now)]
    ahead = [_one(one) for one in coming if one.starts_at < now + AHEAD]
    waiting = list(_waiting(arrival(person)))
    if not ahead and not waiting:
        return 0
    parts = []
    if ahead:
        parts += [_("Ahead in the next two weeks:"), "\n".join(ahead)]
    if waiting:
        parts += [_("Waiting, whenever you have a moment:"), "\n".join(waiting)]
    page = f"{settings.PUBLIC_URL}{reverse('homes.desk')}"
    parts += [_("All of it is on your first page: %(address)s") % {"address": page}]
    subject = _("Your week")
    return int(post(key, address=address, subject=subject, body=as_body(parts), zone=zone))


def _one(gathering: Gathering) -> str:
    words = {"title": gathering.title_now, "group": gathering.programme.group.name}
    words["when"] = said(gathering, zone_of(gathering))
    if gathering.cancelled_at:
        return _("- cancelled: %(title)s (%(group)s), %(when)s") % words
    return _("- %(title)s (%(group)s), %(when)s") % words


def _waiting(found: Arrival) -> Iterator[str]:
    """Say in a line each what waits for somebody, in whichever role; never what was written."""
    leading, facilitating, coordinating = found.leading, found.facilitating, found.coordinating
    for one in (*(leading.handed if leading else ()), *(coordinating.inherited if coordinating else ())):
        words = {"group": one.group, "n": one.waiting, "day": day_in_full(one.due_on)}
        yield (
            ngettext(
                "- %(group)s waits for one answer, by %(day)s",
                "- %(group)s waits for %(n)s answers, the first by %(day)s",
                one.waiting,
            )
            % words
        )
    for prepared in leading.prepared if leading else ():
        yield _("- answers for %(group)s are prepared, to be said and published") % {"group": prepared.programme.group}
    for look in found.looks:
        words = {"group": look.programme.group.name, "day": day_in_full(look.planned_on)}
        yield _("- %(group)s: look whether it is still going, %(day)s") % words
    for programme, count in facilitating.offers if facilitating else ():
        words = {"group": programme.group.name, "n": count}
        yield (
            ngettext(
                "- %(group)s can decide about one honest no", "- %(group)s can decide about %(n)s honest noes", count
            )
            % words
        )
    if coordinating and coordinating.mails and coordinating.mails.failing:
        n = coordinating.mails.failing
        yield ngettext("- one mail could not be sent", "- %(n)s mails could not be sent", n) % {"n": n}


def _reached_at(zone: str) -> QuerySet[Person]:
    """Return who has a mail address and a role where clocks show the time of this zone."""
    here = (
        Q(group__site__time_zone=zone)
        | Q(site__time_zone=zone)
        | Q(organisation__in=Site.objects.filter(time_zone=zone).values("organisation"))
    )
    role = Role.objects.filter(here, person=OuterRef("pk"))
    return Person.objects.filter(Exists(role), is_active=True, email__isnull=False).exclude(email="").order_by("pk")
