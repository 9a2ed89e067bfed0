"""What a person may see of what surrounds the sessions; coordinators and coaches see totals, never who or how."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise

from holdfast.curriculum import pack as packs
from holdfast.curriculum.words import COMPONENTS as NAMES
from holdfast.people.models import Group, Person, Site
from holdfast.people.queries import one_of
from holdfast.programmes import rules
from holdfast.programmes.component_words import SHORT, STATES
from holdfast.programmes.models import ComponentPlan, HelpWanted, Idea, Practice, Programme
from holdfast.programmes.queries.over import sessions_of
from holdfast.programmes.queries.plan import GROUP_AND_PLACE, content_of, programmes_for
from holdfast.programmes.queries.starting import today_at
from holdfast.programmes.rules import ComponentState


@dataclass(frozen=True, slots=True)
class Cell:
    """One component of one section. day: when it is due, by the team's word or as it mostly helps."""

    section: int
    key: str
    state: ComponentState
    plan: ComponentPlan | None
    day: date | None
    help_wanted: bool

    @property
    def name(self) -> Promise:
        """What the component is."""
        return NAMES[self.key]

    @property
    def short(self) -> Promise:
        """The same in two words."""
        return SHORT[self.key]

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return STATES[self.state][1]

    @property
    def sign(self) -> str:
        """Its sign in the grid."""
        return STATES[self.state][2]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section with its seven components. session: the day of its session, if it has a date."""

    section: packs.Section
    session: date | None
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around the sessions of a programme. due: what comes up in the next two weeks, the soonest first."""

    rows: Sequence[SectionRow]
    due: Sequence[tuple[packs.Section, Cell]]
    help_wanted: bool


@dataclass(frozen=True, slots=True)
class SiteTotals:
    """One site in numbers of components, and what its teams would like help with; nothing about persons."""

    site: Site
    programmes: int
    rows: Sequence[tuple[str, Promise, Mapping[str, int]]]
    wanted: Sequence[tuple[HelpWanted, Promise | str]]


def around(programme: Programme) -> Around:
    """Return every section of a programme with its seven components, and what comes up."""
    plans = {(plan.section, plan.component): plan for plan in programme.component_plans.all()}
    helped = set(programme.help_wanted.values_list("section", "component"))
    days, today = _session_days(programme), today_at(programme)
    rows = [
        SectionRow(
            section,
            days.get(section.number),
            [_cell(section.number, key, plans, days.get(section.number), helped) for key in rules.COMPONENTS],
        )
        for section in content_of(programme).sections
    ]
    due = [(r.section, cell) for r in rows for cell in r.cells if rules.comes_up(cell.state, cell.day, today)]
    due.sort(key=lambda one: (one[1].day or today, one[1].section, one[1].key))
    return Around(rows, due, help_wanted=(0, "") in helped)


def section_around(programme: Programme, number: int) -> SectionRow:
    """Return one section with its seven components. Raises Http404."""
    row = next((row for row in around(programme).rows if row.section.number == number), None)
    if row is None:
        raise Http404
    return row


def cell_of(programme: Programme, number: int, key: str) -> tuple[packs.Section, Cell]:
    """Return one component of one section. Raises Http404."""
    row = section_around(programme, number)
    cell = next((cell for cell in row.cells if cell.key == key), None)
    if cell is None:
        raise Http404
    return row.section, cell


def timing_of(programme: Programme, section: int) -> str:
    """Return whether the page to read is handed out before or after the session; empty while nobody has said."""
    said = programme.component_plans.filter(section=section, component="C1").values_list("timing", flat=True)
    return said.first() or ""


def ideas_of(programme: Programme) -> QuerySet[Idea]:
    """Return the running list of ideas, the latest first."""
    return programme.ideas.select_related("practice").order_by("-noted_on", "pk")


def idea_to_change(person: Person, idea_id: int) -> Idea:
    """Return one idea of a programme somebody may read plans of. Raises Http404."""
    theirs = Idea.objects.filter(pk=idea_id, programme__in=programmes_for(person).order_by())
    return one_of(theirs.select_related(f"programme__{GROUP_AND_PLACE}", "programme__pack", "practice"))


def practices_of(programme: Programme) -> QuerySet[Practice]:
    """Return what became how this group's place does it, the latest first."""
    return programme.practices.order_by("-since", "pk")


def practice_to_change(person: Person, practice_id: int) -> Practice:
    """Return one practice of a programme somebody may read plans of. Raises Http404."""
    theirs = Practice.objects.filter(pk=practice_id, programme__in=programmes_for(person).order_by())
    return one_of(theirs.select_related(f"programme__{GROUP_AND_PLACE}", "programme__pack"))


def site_totals(groups: QuerySet[Group]) -> list[SiteTotals]:
    """Return the sites of some groups, each in numbers. groups: those somebody coordinates or coaches."""
    programmes: dict[Site, list[Programme]] = defaultdict(list)
    for programme in (
        Programme.objects.filter(group__in=groups.order_by())
        .select_related(GROUP_AND_PLACE, "pack")
        .defer("pack__content")
        .order_by("group__site__name", "group__name", "pk")
    ):
        programmes[programme.group.site].append(programme)
    keys = [programme.pk for each in programmes.values() for programme in each]
    states: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for key, component, state in ComponentPlan.objects.filter(programme__in=keys).values_list(
        "programme", "component", "state"
    ):
        states[key][component, state] += 1
    wanted: dict[int, list[HelpWanted]] = defaultdict(list)
    for one in HelpWanted.objects.filter(programme__in=keys).order_by("section", "component", "pk"):
        wanted[one.programme_id].append(one)
    return [_totals(site, each, states, wanted) for site, each in programmes.items()]


def _totals(
    site: Site,
    programmes: Sequence[Programme],
    states: Mapping[int, Counter[tuple[str, str]]],
    wanted: Mapping[int, Sequence[HelpWanted]],
) -> SiteTotals:
    together = sum((states[programme.pk] for programme in programmes if programme.pk in states), Counter())
    places = sum(len(content_of(programme).sections) for programme in programmes)
    rows = []
    for key in rules.COMPONENTS:
        said = {state.value: together[key, state.value] for state in ComponentState if state is not ComponentState.OPEN}
        rows.append((key, NAMES[key], said | {"open": max(0, places - sum(said.values()))}))
    asked = []
    for programme in programmes:
        for one in wanted.get(programme.pk, ()):
            one.programme = programme
            asked.append((one, NAMES[one.component] if one.component else ""))
    return SiteTotals(site, len(programmes), rows, asked)


def _session_days(programme: Programme) -> dict[int, date]:
    """Return the day of each section's session on the clock of the site: the next one, else the last."""
    zone, sessions = ZoneInfo(programme.group.site.time_zone), sessions_of(programme)
    latest_first = [*sessions.over, *reversed(sessions.ahead)]
    return {session.section: session.starts_at.astimezone(zone).date() for session in latest_first}


def _cell(
    section: int,
    key: str,
    plans: Mapping[tuple[int, str], ComponentPlan],
    session: date | None,
    helped: set[tuple[int, str]],
) -> Cell:
    plan = plans.get((section, key))
    state = ComponentState(plan.state) if plan else ComponentState.OPEN
    named = plan.due_on if plan else None
    after = plan is not None and plan.timing == ComponentPlan.Timing.AFTER
    day = named or rules.usual_day(key, session, after=after)
    return Cell(section, key, state, plan, day, help_wanted=(section, key) in helped)
