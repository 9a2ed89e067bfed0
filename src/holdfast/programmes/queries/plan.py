"""What a person may see of programmes and plans; what is not theirs looks as if it were not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import F, Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.queries import newest_packs, pack_of
from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes import rules
from holdfast.programmes.models import CommunicateLater, Gathering, PlanItem, Programme, Why
from holdfast.programmes.queries.archiving import check_not_archived
from holdfast.programmes.queries.history import usual_of
from holdfast.programmes.queries.over import (
    as_it_meets,
    fetch_sessions,
    meeting_again,
    meets_again,
    sessions_of,
)
from holdfast.programmes.rules.history import Usual

T = TypeVar("T", bound=Model)
PLANNERS = (Role.Kind.FACILITATOR, Role.Kind.COORDINATOR)
"""Who may change plans. Leaders read them; participants see dates; coaches and evaluators see no plans of people."""
READERS = (*PLANNERS, Role.Kind.LEADER)
EVERYBODY = (*READERS, Role.Kind.PARTICIPANT)
"""Who reads what a programme gives: whoever reads its plans, and whoever takes part."""

ON = Q(cancelled_at__isnull=True)
"""Sessions that are not cancelled."""

LATELY = timedelta(days=366)
"""Within what sessions held are looked for first."""
GROUP_AND_PLACE = "group__site__organisation"


@dataclass(frozen=True, slots=True)
class Stop:
    """One section on the pathway of a programme, with the sessions that have a date."""

    number: int
    state: rules.Step
    section: packs.Section | None
    gatherings: Sequence[Gathering]


@dataclass(frozen=True, slots=True)
class Line:
    """One activity in a run sheet: the plan's words, the clock, and what the pack says about holding it.

    title: in the reader's language where it is the toolkit's own, else as the team wrote it. usual: how long it took
    before, in this group or its organisation.
    """

    item: PlanItem
    slot: rules.Slot
    activity: packs.Activity | None
    title: str
    usual: Usual | None = None

    @property
    def makes(self) -> list[tuple[str, int, bool]]:
        """The makes the toolkit has of it, as (make, minutes, whether it is planned now); empty when only one."""
        known = rules.makes_of(self.activity)
        return [(m, n, m == self.item.make) for m, (n, _how) in known.items()] if len(known) > 1 else []

    @property
    def how(self) -> str:
        """How the shorter or longer make is held that is planned; empty for the usual one."""
        return rules.makes_of(self.activity).get(rules.MakeKind(self.item.make), (0, ""))[1]


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The plan of one session with running clock times. spare: activities of the pack that are not in the plan."""

    lines: Sequence[Line]
    fit: rules.Fit
    spare: Sequence[packs.Activity]


def content_of(programme: Programme) -> packs.Pack:
    """Return the toolkit of a programme in the words of its setting and of the active language."""
    return pack_of(programme.pack, setting=programme.setting)


def in_languages(version: PackVersion, setting: str) -> list[packs.Pack]:
    """Return a toolkit in every language of the interface, the active one first."""
    codes = dict.fromkeys([get_language() or "", *(code for code, _name in settings.LANGUAGES)])
    return [pack_of(version, setting=setting, language=code) for code in codes]


def section_titles(programme: Programme, number: int) -> dict[str, str]:
    """Return the title of a section in every language of the interface, by their codes."""
    codes = [code for code, _name in settings.LANGUAGES]
    each = {code: pack_of(programme.pack, setting=programme.setting, language=code).section(number) for code in codes}
    return {code: section.title for code, section in each.items() if section}


def may_read_plans(person: Person) -> bool:
    """Tell whether somebody has plans to read at all."""
    return Role.objects.filter(person=person, kind__in=READERS).exists()


def check_reads_plans(person: Person) -> None:
    """Let only those pass who have plans to read. Raises Http404."""
    if not may_read_plans(person):
        raise Http404


def may_plan(person: Person, group: Group) -> bool:
    """Tell whether somebody may change the plans of a group."""
    return groups_to_plan(person).filter(pk=group.pk).exists()


def groups_to_plan(person: Person) -> QuerySet[Group]:
    """Return the groups whose programmes somebody may start and change."""
    return groups_for(person, PLANNERS)


def some_groups_to_plan(person: Person) -> QuerySet[Group]:
    """Return the groups somebody plans for. Raises Http404 when there is none."""
    groups = groups_to_plan(person)
    if not groups.exists():
        raise Http404
    return groups


def likely_group(groups: QuerySet[Group], asked: str) -> Group | None:
    """Return the group somebody asked for, or the only one there is to choose."""
    chosen = groups.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 20 else None
    return chosen or (groups[0] if len(groups) == 1 else None)


def packs_to_start() -> QuerySet[PackVersion]:
    """Return the newest version of each loaded pack."""
    newest = [version.pk for version in newest_packs()]
    return PackVersion.objects.defer("content").filter(pk__in=newest).order_by("title", "key", "pk")


def programmes_as(person: Person, kinds: Sequence[Role.Kind]) -> QuerySet[Programme]:
    """Return the programmes of the groups somebody's roles of these kinds cover."""
    together = Programme.objects.filter(group__in=groups_for(person, kinds).order_by())
    together = together.select_related(GROUP_AND_PLACE, "pack").defer("pack__content")
    return together.order_by("group__site__name", "group__name", "-started_on", "pk")


def programmes_for(person: Person) -> QuerySet[Programme]:
    """Return the programmes whose plans a person may read."""
    return programmes_as(person, READERS)


def programme_for(person: Person, programme_id: int) -> Programme:
    """Return one programme whose plans a person may read, with its sessions. Raises Http404."""
    return with_sessions(programmes_for(person).filter(pk=programme_id))


def programmes_to_plan(person: Person) -> QuerySet[Programme]:
    """Return the programmes a person may change."""
    return programmes_for(person).filter(group__in=groups_to_plan(person).order_by())


def programme_to_plan(person: Person, programme_id: int) -> Programme:
    """Return one programme a person may change, with its sessions. Raises Http404."""
    return _unarchived(with_sessions(programmes_to_plan(person).filter(pk=programme_id)), programme_id)


def gathering_for(person: Person, gathering_id: int) -> Gathering:
    """Return one session a person may read. Raises Http404."""
    return one_of(_gatherings(groups_for(person, READERS)).filter(pk=gathering_id))


def gathering_to_plan(person: Person, gathering_id: int) -> Gathering:
    """Return one session a person may change. Raises Http404."""
    gathering = one_of(_gatherings(groups_to_plan(person)).filter(pk=gathering_id))
    return _unarchived(gathering, gathering.programme_id)


def activity_to_plan(person: Person, item_id: int) -> PlanItem:
    """Return one planned activity a person may change. Raises Http404."""
    together = PlanItem.objects.select_related("gathering__programme__pack", f"gathering__programme__{GROUP_AND_PLACE}")
    together = together.defer("gathering__programme__pack__content")
    item = one_of(together.filter(pk=item_id, gathering__programme__group__in=groups_to_plan(person).order_by()))
    return _unarchived(item, item.gathering.programme_id)


def coming_sessions(person: Person, kinds: Sequence[Role.Kind]) -> QuerySet[Gathering]:
    """Return the sessions, not over yet, of the groups somebody's roles of these kinds cover, soonest first.

    meets_at, meets_until: their next sitting, which is not the first where that is over.
    """
    found = _gatherings(groups_for(person, kinds)).filter(ON, programme__archiving__isnull=True)
    return meeting_again(found, timezone.now())


def latest_sessions_held(person: Person, kinds: Sequence[Role.Kind], *, most: int) -> list[Gathering]:
    """Return sessions that are over, the latest first: of this last year, and of all years where it had none.

    Whoever leads forty groups for years has thousands behind them; nobody should wait for all of them to be looked at.
    """
    now = timezone.now()
    over = _gatherings(groups_for(person, kinds)).filter(ON, ~meets_again(now)).order_by("-starts_at", "pk")
    return list(over.filter(ends_at__gt=now - LATELY)[:most]) or list(over[:most])


def next_gathering(programme: Programme, *, but: Gathering | None = None) -> Gathering | None:
    """Return a programme's next session that is on, at the hours of its next sitting. but: not this one."""
    found = programme.gatherings.filter(ON)
    session = meeting_again(found.exclude(pk=but.pk) if but else found, timezone.now()).first()
    return as_it_meets(session) if session else None


def programmes_led(person: Person) -> QuerySet[Programme]:
    """Return the programmes of the groups somebody leads."""
    return programmes_for(person).filter(group__in=groups_for(person, (Role.Kind.LEADER,)).order_by())


def programme_led(person: Person, programme_id: int) -> Programme:
    """Return one programme of a group somebody leads, with its sessions. Raises Http404."""
    return with_sessions(programmes_led(person).filter(pk=programme_id))


def with_sessions(programmes: QuerySet[Programme]) -> Programme:
    """Return the one programme that is left, with its sessions. Raises Http404."""
    programme = one_of(programmes)
    fetch_sessions([programme])
    return programme


def whys_of(programme: Programme) -> dict[str, list[Why]]:
    """Return every version of both statements, the newest first, by kind; a kind nobody wrote yet is empty."""
    found: dict[str, list[Why]] = {kind: [] for kind in Why.Kind.values}
    for why in programme.whys.select_related("written_by").order_by("-version", "pk"):
        found[why.kind].append(why)
    return found


def newest_whys(programme: Programme) -> list[Why]:
    """Return the statements staff see: the newest of each kind, the organisation's first; a struck one is not shown."""
    return [versions[0] for versions in whys_of(programme).values() if versions and versions[0].text]


def why_written(person: Person, why_id: int) -> Why:
    """Return one version of a statement of a group somebody leads. Raises Http404."""
    return one_of(Why.objects.filter(pk=why_id, programme__in=programmes_led(person).order_by()))


def later_list(person: Person, programme: Programme) -> QuerySet[CommunicateLater]:
    """Return somebody's own notes of what to say more clearly later: what is still to be said first."""
    own = person.communicate_later.filter(programme=programme)
    return own.order_by(F("said_on").desc(nulls_first=True), "-noted_on", "pk")


def later_note(person: Person, note_id: int) -> CommunicateLater:
    """Return one of somebody's own notes, as long as they lead the group. Raises Http404."""
    own = person.communicate_later.filter(pk=note_id, programme__in=programmes_led(person).order_by())
    return one_of(own.select_related("programme__group__site"))


def pathway(programme: Programme, pack: packs.Pack) -> list[Stop]:
    """Return every section of a programme in order, filled or not, with where the group stands."""
    fetch_sessions([programme])
    gatherings, sessions = list(programme.gatherings.all()), sessions_of(programme)
    filled = {section.number: section for section in pack.sections}
    past = {session.section for session in sessions.over}
    states = rules.steps(filled.keys(), past, [session.section for session in sessions.ahead])
    return [Stop(n, state, filled.get(n), [g for g in gatherings if g.section == n]) for n, state in states.items()]


def run_sheet(gathering: Gathering, section: packs.Section | None, *, history: bool = False) -> RunSheet:
    """Return the plan of a session, activity by activity, with the clock; history: and how long each usually takes."""
    items = list(gathering.plan.order_by("position", "pk"))
    minutes = [item.minutes for item in items]
    slots = rules.running_clock(gathering.starts_at, minutes)
    known = {activity.key: activity for activity in section.activities} if section else {}
    usual = usual_of(gathering, [item.activity_key for item in items]) if history else {}
    planned, said = {item.activity_key for item in items}, _toolkit_titles(gathering) if section else {}
    return RunSheet(
        lines=[
            Line(
                item,
                slot,
                known.get(item.activity_key),
                said.get((item.activity_key, item.title), item.title),
                usual.get(item.activity_key),
            )
            for item, slot in zip(items, slots, strict=True)
        ],
        fit=rules.fit(gathering.starts_at, gathering.ends_at, minutes, budget=gathering.budget),
        spare=[activity for key, activity in known.items() if key not in planned],
    )


def _toolkit_titles(gathering: Gathering) -> dict[tuple[str, str], str]:
    """Return each activity's title as it is now, by its key and by its title in whatever language."""
    programme, number = gathering.programme, gathering.section
    found = [one.section(number) for one in in_languages(programme.pack, programme.setting)]
    now = {activity.key: activity.title for activity in found[0].activities} if found[0] else {}
    each = [activity for section in found if section for activity in section.activities]
    return {(one.key, one.title): now[one.key] for one in each if one.key in now}


def _unarchived(found: T, programme_id: int) -> T:
    check_not_archived(programme_id)
    return found


def _gatherings(groups: QuerySet[Group]) -> QuerySet[Gathering]:
    return (
        Gathering.objects.filter(programme__group__in=groups.order_by())
        .select_related("programme__pack", f"programme__{GROUP_AND_PLACE}")
        .defer("programme__pack__content")
    )
