"""What a person may see and change of calendars: closed days of a site, when a group meets, and further sittings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.people.models import Person, Site
from holdfast.people.queries import one_of, sites_for
from holdfast.programmes import rules
from holdfast.programmes.models import Gathering, NoGo, Programme, Sitting
from holdfast.programmes.queries.over import still_ahead
from holdfast.programmes.queries.plan import ON, PLANNERS, content_of, groups_to_plan

OF_ONE_THAT_IS_ON = Q(gathering__cancelled_at__isnull=True)


@dataclass(frozen=True, slots=True)
class OneSitting:
    """One sitting of a session, the first or a further one. key: of the further sitting; None for the first."""

    label: str
    starts_at: datetime
    ends_at: datetime
    place: str
    key: int | None = None


def meets_then(
    group_id: int, starts_at: datetime, ends_at: datetime, *, but: Gathering | Sitting | None = None
) -> Gathering | None:
    """Return the session in whose time a group would meet twice, or None. but: not this one, nor its sittings."""
    at_once = Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    first = Gathering.objects.filter(at_once, ON, programme__group=group_id)
    further = Sitting.objects.filter(at_once, OF_ONE_THAT_IS_ON, gathering__programme__group=group_id)
    further = further.select_related("gathering")
    if isinstance(but, Gathering):
        first, further = first.exclude(pk=but.pk), further.exclude(gathering=but)
    elif but is not None:
        further = further.exclude(pk=but.pk)
    if found := first.order_by("starts_at", "pk").first():
        return found
    sitting = further.order_by("starts_at", "pk").first()
    if sitting is None:
        return None
    gathering = sitting.gathering
    gathering.starts_at, gathering.ends_at = sitting.starts_at, sitting.ends_at
    return gathering


def taken_by(programme: Programme) -> list[rules.Meeting]:
    """Return every time at which the group of a programme meets already, in this programme or another."""
    group = programme.group_id
    first = Gathering.objects.filter(ON, programme__group=group).values_list("starts_at", "ends_at")
    further = Sitting.objects.filter(OF_ONE_THAT_IS_ON, gathering__programme__group=group)
    return sorted([*first, *further.values_list("starts_at", "ends_at")])


def no_go_of(site: Site) -> QuerySet[NoGo]:
    """Return the days on which nobody at a site meets, in order."""
    return site.no_go.order_by("first_day", "last_day", "pk")


def closed_days(site: Site) -> list[rules.Span]:
    """Return the closed days of a site as spans."""
    return list(no_go_of(site).values_list("first_day", "last_day"))


def sites_to_plan(person: Person) -> QuerySet[Site]:
    """Return the sites whose closed days somebody may change: they coordinate it or facilitate a group there."""
    theirs = groups_to_plan(person).order_by().filter(site=OuterRef("pk"))
    whole = sites_for(person, PLANNERS).order_by().values("pk")
    return (
        Site.objects.filter(Q(pk__in=whole) | Exists(theirs), organisation=person.organisation_id)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def site_to_plan(person: Person, site_id: int) -> Site:
    """Return one site whose closed days somebody may change. Raises Http404."""
    return one_of(sites_to_plan(person).filter(pk=site_id))


def no_go_to_change(person: Person, no_go_id: int) -> NoGo:
    """Return one closed time somebody may change. Raises Http404."""
    theirs = NoGo.objects.filter(pk=no_go_id, site__in=sites_to_plan(person).order_by())
    return one_of(theirs.select_related("site__organisation"))


def sittings_of(gathering: Gathering) -> list[OneSitting]:
    """Return every sitting of a session, the first one first."""
    first = OneSitting(gathering.sitting, gathering.starts_at, gathering.ends_at, gathering.place)
    further = gathering.further_sittings.order_by("starts_at", "pk")
    return [first, *(OneSitting(one.label, one.starts_at, one.ends_at, one.place, one.pk) for one in further)]


def sitting_to_plan(person: Person, sitting_id: int) -> Sitting:
    """Return one further sitting somebody may change. Raises Http404."""
    theirs = Sitting.objects.filter(pk=sitting_id, gathering__programme__group__in=groups_to_plan(person).order_by())
    return one_of(theirs.select_related("gathering__programme__group__site__organisation"))


def on_another_clock(programme: Programme) -> QuerySet[Gathering]:
    """Return the sessions to come whose time was written on the clock of another zone than the site now has."""
    zone, now = programme.group.site.time_zone, timezone.now()
    coming = programme.gatherings.filter(ON, still_ahead(now), starts_at__gt=now).exclude(zone__in=("", zone))
    return coming.order_by("starts_at", "pk")


def sections_of(programme: Programme) -> Sequence[packs.Section]:
    """Return the sections of a programme's toolkit."""
    return content_of(programme).sections


def sections_to_date(programme: Programme) -> list[packs.Section]:
    """Return the sections that have no date yet, in order."""
    dated = set(programme.gatherings.filter(ON).values_list("section", flat=True))
    return [section for section in sections_of(programme) if section.number not in dated]


def dated_of(programme: Programme) -> QuerySet[Gathering]:
    """Return the sessions of a programme with their further sittings, the first one first."""
    further = Prefetch("further_sittings", Sitting.objects.order_by("starts_at", "pk"))
    return programme.gatherings.order_by("starts_at", "pk").prefetch_related(further)


def latest_date(programme: Programme) -> dict[str, Any]:
    """Return day, start, length in minutes and place of the last session on the clock of the site, or nothing."""
    latest = programme.gatherings.order_by("starts_at", "pk").last()
    if latest is None:
        return {}
    there = ZoneInfo(programme.group.site.time_zone)
    start = latest.starts_at.astimezone(there)
    minutes = (latest.ends_at - latest.starts_at) // timedelta(minutes=1)
    return {"day": start.date(), "starts": start.time(), "minutes": minutes, "place": latest.place}


def usual_of_next(programme: Programme) -> dict[str, Any]:
    """Return place and hours of the last session, as a new session's form begins with them; nothing for a first one."""
    usual = latest_date(programme)
    if not usual:
        return {}
    ends = datetime.combine(usual["day"], usual["starts"]) + timedelta(minutes=usual["minutes"])
    return {"starts": usual["starts"], "ends": ends.time(), "place": usual["place"]}


def meets_when_closed(person: Person, site: Site) -> list[tuple[Gathering, str]]:
    """Return the sessions to come that somebody plans at a site and that fall on closed days, with why."""
    spans = list(no_go_of(site))
    mine = groups_to_plan(person).order_by().filter(site=site)
    coming = Gathering.objects.filter(ON, still_ahead(timezone.now()), programme__group__in=mine)
    there, hit = ZoneInfo(site.time_zone), []
    for gathering in coming.select_related("programme__group").order_by("starts_at", "pk"):
        days = {gathering.starts_at.astimezone(there).date(), gathering.ends_at.astimezone(there).date()}
        why = next((span.label for span in spans if any(span.first_day <= day <= span.last_day for day in days)), None)
        if why is not None:
            hit.append((gathering, why))
    return hit


def coming_of(programme: Programme) -> QuerySet[Gathering]:
    """Return a programme's sessions that are not over, with their further sittings, the soonest first."""
    coming = programme.gatherings.filter(ON, still_ahead(timezone.now())).order_by("starts_at", "pk")
    return coming.prefetch_related(Prefetch("further_sittings", Sitting.objects.order_by("starts_at", "pk")))
