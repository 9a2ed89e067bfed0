"""What a person may see of touch-bases: the facilitators of the group, and the leader they meet; nobody else."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.models import Agreed, Gathering, LeaderTakesPart, Programme, TouchBase
from holdfast.programmes.queries.calendar import closed_days
from holdfast.programmes.queries.over import sessions_of
from holdfast.programmes.queries.plan import GROUP_AND_PLACE, programmes_for, with_sessions
from holdfast.programmes.queries.starting import leaders_of, today_at
from holdfast.programmes.rules import part_of
from holdfast.programmes.rules import touch_bases as rules

BY_DAY = ("planned_on", "pk")


@dataclass(frozen=True, slots=True)
class Met:
    """A touch-base with where it stands."""

    one: TouchBase
    standing: rules.Standing

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be held."""
        return self.standing in {rules.Standing.AHEAD, rules.Standing.TODAY, rules.Standing.MISSED}

    @property
    def is_missed(self) -> bool:
        """Tell whether its day has gone by."""
        return self.standing is rules.Standing.MISSED


@dataclass(frozen=True, slots=True)
class Between:
    """A session before which no touch-base is planned. day: the one proposed. part: how the leader is there."""

    gathering: Gathering
    day: date
    part: str


def meets_in(person: Person, programme: Programme) -> bool:
    """Tell whether somebody has touch-bases in a programme: they facilitate its group or lead it."""
    kinds = (Role.Kind.FACILITATOR, Role.Kind.LEADER)
    return groups_for(person, kinds).filter(pk=programme.group_id).exists()


def programme_to_meet_in(person: Person, programme_id: int) -> Programme:
    """Return one programme whose group somebody facilitates or leads. Raises Http404."""
    kinds = (Role.Kind.FACILITATOR, Role.Kind.LEADER)
    theirs = programmes_for(person).filter(group__in=groups_for(person, kinds).order_by())
    return with_sessions(theirs.filter(pk=programme_id))


def touch_bases_for(person: Person) -> QuerySet[TouchBase]:
    """Return the touch-bases of the groups somebody facilitates, and those in which they are the leader."""
    facilitated = groups_for(person, (Role.Kind.FACILITATOR,)).order_by()
    led = groups_for(person, (Role.Kind.LEADER,)).order_by()
    mine = Q(programme__group__in=facilitated) | Q(leader=person, programme__group__in=led)
    together = TouchBase.objects.filter(mine)
    together = together.select_related("leader", "gathering", "programme__pack", f"programme__{GROUP_AND_PLACE}")
    return together.defer("programme__pack__content").order_by(*BY_DAY)


def touch_base_for(person: Person, touch_base_id: int) -> TouchBase:
    """Return one touch-base somebody takes part in. Raises Http404."""
    return one_of(touch_bases_for(person).filter(pk=touch_base_id))


def agreed_to_change(person: Person, agreed_id: int) -> Agreed:
    """Return one thing that was agreed where somebody takes part. Raises Http404."""
    theirs = touch_bases_for(person).order_by().values("pk")
    return one_of(Agreed.objects.filter(pk=agreed_id, touch_base__in=theirs).select_related("touch_base"))


def as_met(touch_base: TouchBase) -> Met:
    """Return a touch-base with where it stands today, on the calendar of its site."""
    today = today_at(touch_base.programme)
    held, left_out = touch_base.held_on is not None, touch_base.left_out
    return Met(touch_base, rules.standing(touch_base.planned_on, today, held=held, left_out=left_out))


def open_for(person: Person) -> list[Met]:
    """Return what somebody still has to hold, of programmes that go on: missed ones first, then the soonest."""
    open_ones = {"held_on__isnull": True, "left_out": False, "programme__archiving__isnull": True}
    found = touch_bases_for(person).filter(**open_ones)
    return [as_met(one) for one in found]


def touch_bases_of(person: Person, programme: Programme) -> list[Met]:
    """Return the touch-bases of a programme that somebody takes part in, with what was agreed."""
    agreed = Prefetch("agreed", Agreed.objects.order_by("due_on", "pk"))
    found = touch_bases_for(person).filter(programme=programme).prefetch_related(agreed)
    return [as_met(one) for one in found]


def still_agreed(person: Person, programme: Programme, leader: Person) -> QuerySet[Agreed]:
    """Return what was agreed with a leader and is not done, the soonest day first."""
    theirs = touch_bases_for(person).order_by().filter(programme=programme, leader=leader).values("pk")
    open_ones = Agreed.objects.filter(touch_base__in=theirs, done_on__isnull=True)
    return open_ones.select_related("touch_base").order_by("due_on", "pk")


def leaders_to_meet(person: Person, programme: Programme) -> list[Person]:
    """Return the leaders somebody may plan a touch-base with: a leader only themselves."""
    leaders = list(leaders_of(programme.group))
    if groups_for(person, (Role.Kind.FACILITATOR,)).filter(pk=programme.group_id).exists():
        circle = set(
            Role.objects.filter(group=programme.group_id, kind=Role.Kind.LEADER).values_list("person", flat=True)
        )
        return sorted(leaders, key=lambda one: (one.pk not in circle, one.name, one.pk))
    return [one for one in leaders if one == person]


def days_to_propose(programme: Programme, leader: Person) -> list[Between]:
    """Return the sessions ahead before which this leader is not met yet, each with a day."""
    today, zone = today_at(programme), ZoneInfo(programme.group.site.time_zone)
    sessions, now = sessions_of(programme), timezone.now()
    dated = sorted([*sessions.over, *sessions.ahead], key=lambda session: (session.starts_at, session.pk))
    met = set(TouchBase.objects.filter(programme=programme, leader=leader).values_list("gathering", flat=True))
    closed, found = closed_days(programme.group.site), []
    for before, gathering in zip([None, *dated], dated, strict=False):
        if gathering.pk in met or gathering.starts_at <= now or gathering in sessions.over:
            continue
        earlier = before.starts_at.astimezone(zone).date() if before else None
        day = rules.day_between(earlier, gathering.starts_at.astimezone(zone).date(), today=today, closed=closed)
        if day is not None:
            found.append((gathering, day))
    parts = _parts(programme, leader, {gathering.section for gathering, _day in found})
    return [Between(gathering, day, parts[gathering.section]) for gathering, day in found]


def _parts(programme: Programme, leader: Person, sections: set[int]) -> dict[int, str]:
    said = LeaderTakesPart.objects.filter(programme=programme, leader=leader).order_by("section", "pk")
    chosen = dict(said.values_list("section", "part"))
    circle = Role.objects.filter(group=programme.group_id, kind=Role.Kind.LEADER, person=leader).exists()
    return {section: part_of(chosen, section, of_this_group=circle) for section in sections}
