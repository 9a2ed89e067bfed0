"""The way of one programme through its sections, as one role sees it: what was, what is next, what would help."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.http import Http404

from holdfast.curriculum.pack import Consideration, LeaderMode, Section, When
from holdfast.homes import rules
from holdfast.homes.met import as_they_met
from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, may_coordinate
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Gathering, HelpWanted, Idea, LeaderPart, Practice, Programme
from holdfast.programmes.rules import Step as SectionState
from holdfast.report_back import queries as answers
from holdfast.report_back.models import StaffLink
from holdfast.support.queries import coached_groups
from holdfast.web.pathway import Step, StepState

MOST = 3
"""How many things of one sort a card names; the page they stand on has them all."""

ROLES = (Role.Kind.LEADER, Role.Kind.FACILITATOR, Role.Kind.PARTICIPANT, Role.Kind.COORDINATOR)
"""Whose page there is, in the order in which one is shown to somebody who holds several roles."""

STRIP = {SectionState.HELD: StepState.DONE, SectionState.NOW: StepState.NOW}


@dataclass(frozen=True, slots=True)
class Way:
    """What every role sees of the way. held: the session that was last, upcoming: the next one with a date."""

    programme: Programme
    role: Role.Kind
    roles: Sequence[Role.Kind]
    stops: Sequence[plans.Stop]
    held: Gathering | None
    upcoming: Gathering | None

    @property
    def steps(self) -> list[Step]:
        """The sections as stations of the path."""
        return [
            Step(
                number=stop.number,
                label=stop.section.short_title if stop.section else "",
                state=STRIP.get(stop.state, StepState.AHEAD),
                dated=bool(stop.gatherings),
            )
            for stop in self.stops
        ]

    @property
    def been(self) -> int:
        """How many sections were held."""
        return sum(stop.state is SectionState.HELD for stop in self.stops)

    @property
    def undated(self) -> int:
        """How many sections of the toolkit have no date yet."""
        return sum(stop.state is SectionState.UNDATED for stop in self.stops)

    def section(self, gathering: Gathering | None) -> Section | None:
        """Return the section a session is about."""
        return next((s.section for s in self.stops if gathering and s.number == gathering.section), None)


@dataclass(frozen=True, slots=True)
class TakingPartWay:
    """A participant's part: pages to read, and what is kept. answered: whether they said that they come."""

    before: Section | None
    after: Section | None
    answered: bool
    practices: Sequence[Practice]
    ideas: Sequence[Idea]
    page: StaffLink | None


@dataclass(frozen=True, slots=True)
class FacilitatingWay:
    """A facilitator's part. due: what comes up around the sessions. activities: how many the next plan holds."""

    due: Sequence[tuple[Section, plans.Cell]]
    activities: int
    help_wanted: bool


@dataclass(frozen=True, slots=True)
class LeadingWay:
    """A leader's part: what the toolkit asks before the next and after the last session, and what waits."""

    before: Sequence[Consideration]
    after: Sequence[Consideration]
    due: Sequence[tuple[Section, plans.Cell]]
    waiting: rules.Handed | None


@dataclass(frozen=True, slots=True)
class CoordinatingWay:
    """A coordinator's part: where help is wanted, and whether somebody leads and enough facilitate."""

    wanted: Sequence[HelpWanted]
    leaders: int
    facilitators: int


def way_of(person: Person, programme: Programme, *, asked: str = "") -> Way:
    """Return the way of a programme somebody may read. asked: as which of their roles they want to see it."""
    roles = _roles(person, programme)
    role = next((role for role in roles if role == asked), roles[0])
    stops = plans.pathway(programme, plans.content_of(programme))
    sessions = plans.sessions_of(programme)
    met = as_they_met(sessions.over)
    at_its_hour = {session.pk: session for session in met}
    return Way(
        programme=programme,
        role=role,
        roles=roles,
        stops=[replace(stop, gatherings=[at_its_hour.get(one.pk, one) for one in stop.gatherings]) for stop in stops],
        held=met[-1] if met else None,
        upcoming=plans.as_it_meets(sessions.ahead[0]) if sessions.ahead else None,
    )


def part_of(person: Person, way: Way) -> TakingPartWay | FacilitatingWay | LeadingWay | CoordinatingWay:
    """Return what a role sees beside the path."""
    match way.role:
        case Role.Kind.LEADER:
            return _leading(person, way)
        case Role.Kind.FACILITATOR:
            return _facilitating(way)
        case Role.Kind.COORDINATOR:
            return _coordinating(way)
        case _:
            return _taking_part(person, way)


def groups_watched(person: Person) -> QuerySet[Group]:
    """Return the groups somebody coordinates or coaches. Raises Http404 for who does neither."""
    coached = coached_groups(person).order_by()
    if not may_coordinate(person) and not coached.exists():
        raise Http404
    coordinated = groups_for(person, (Role.Kind.COORDINATOR,)).order_by()
    return Group.objects.filter(Q(pk__in=coordinated.values("pk")) | Q(pk__in=coached.values("pk")))


def _roles(person: Person, programme: Programme) -> list[Role.Kind]:
    site = programme.group.site
    here = Q(group=programme.group_id) | Q(site=site) | Q(organisation=site.organisation_id)
    held = set(Role.objects.filter(here, person=person, kind__in=ROLES).values_list("kind", flat=True))
    return [role for role in ROLES if role in held]


def _taking_part(person: Person, way: Way) -> TakingPartWay:
    programme = way.programme
    pages = StaffLink.objects.filter(programme=programme, scope=StaffLink.Scope.STAFF, ended_at__isnull=True)
    return TakingPartWay(
        before=_to_read(way, way.upcoming, but="after"),
        after=_to_read(way, way.held, but="ahead"),
        answered=bool(plans.own_answer(programme, person)),
        practices=list(plans.practices_of(programme)[:MOST]),
        ideas=list(plans.ideas_of(programme)[:MOST]),
        page=pages.order_by("pk").first(),
    )


def _to_read(way: Way, session: Gathering | None, *, but: str) -> Section | None:
    """Return the section of a session when its page may be read now. but: what the team may not have said of it."""
    section = way.section(session)
    if section is None or section.share is None or plans.timing_of(way.programme, section.number) == but:
        return None
    return section


def _facilitating(way: Way) -> FacilitatingWay:
    around = plans.around(way.programme)
    activities = way.upcoming.plan.count() if way.upcoming else 0
    return FacilitatingWay(around.due[:MOST], activities, around.help_wanted)


def _leading(person: Person, way: Way) -> LeadingWay:
    programme = way.programme
    theirs = answers.groups_to_answer(person).filter(pk=programme.group_id)
    each = [
        rules.OneHanded(one.due_on, drafted=one.drafted, past=one.is_past)
        for one in answers.handed_by(theirs)
        if one.programme == programme.pk
    ]
    return LeadingWay(
        before=_asked(person, way, way.upcoming, When.BEFORE),
        after=_asked(person, way, way.held, When.AFTER),
        due=plans.around(programme).due[:MOST],
        waiting=rules.sum_up(programme.pk, str(programme.group), each) if each else None,
    )


def _asked(person: Person, way: Way, session: Gathering | None, when: When) -> list[Consideration]:
    section = way.section(session)
    if section is None:
        return []
    takes_part = plans.leaders_part(way.programme, person, section.number) == LeaderPart.TAKING_PART
    mode = LeaderMode.TAKING_PART if takes_part else LeaderMode.SUPPORTING
    return [asked for asked in section.considerations_for(mode) if asked.when is when][:MOST]


def _coordinating(way: Way) -> CoordinatingWay:
    programme = way.programme
    return CoordinatingWay(
        wanted=list(programme.help_wanted.order_by("section", "component", "pk")),
        leaders=plans.leaders_of(programme.group).count(),
        facilitators=plans.facilitators_of(programme.group).count(),
    )
