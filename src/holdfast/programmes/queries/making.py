"""What a team makes of the toolkit: a shorter plan, differences, saved makes, and what a newer version would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.queries import newer_than, pack_of
from holdfast.people.models import Person, Role
from holdfast.people.queries import one_of
from holdfast.programmes import rules
from holdfast.programmes.models import Gathering, PlanItem, Programme, TeamMake
from holdfast.programmes.queries.plan import READERS, RunSheet, content_of, in_languages, programmes_as
from holdfast.programmes.rules import MakeKind

EVALUATORS = (*READERS, Role.Kind.EVALUATOR)
"""Who may read what teams changed in the toolkit: it says which activities, never who was there."""


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One activity in a proposal. change: what becomes of it, or None when it stays as it is. how: of its new make."""

    item: PlanItem
    change: rules.Change | None
    how: str


@dataclass(frozen=True, slots=True)
class Making:
    """What a team can do with its plan as a whole.

    differs: from the toolkit, now. newest: what it saved last for this section. is_saved: the plan is exactly that.
    may_start_over: nothing has been held, so that the saved make may take the place of this plan.
    """

    differs: Sequence[rules.Difference]
    newest: TeamMake | None
    is_saved: bool
    may_start_over: bool
    has_record: bool
    took: int


def toolkit_plan(programme: Programme, number: int) -> tuple[list[list[rules.Planned]], int]:
    """Return each activity of a section in every language, those a plan begins with first, and how many these are."""
    return plan_in(in_languages(programme.pack, programme.setting), number)


def plan_in(languages: Sequence[packs.Pack], number: int) -> tuple[list[list[rules.Planned]], int]:
    """Return the same from a toolkit that was read in several languages."""
    sections = [section for one in languages if (section := one.section(number))]
    if not sections:
        return [], 0
    keys = [activity.key for activity in sorted(sections[0].activities, key=lambda one: not one.in_plan)]
    return [[_planned(section, key) for section in sections] for key in keys], len(sections[0].plan)


def _planned(section: packs.Section, key: str) -> rules.Planned:
    activity = section.activity(key)
    assert activity is not None
    _kind, mode = rules.as_it_runs(str(activity.kind), str(activity.mode))
    return rules.Planned(key, activity.title, activity.prompt, activity.minutes, mode)


def planned(item: PlanItem) -> rules.Planned:
    """Return a planned activity as the rules see it."""
    make = MakeKind(item.make)
    return rules.Planned(item.activity_key, item.title, item.prompt, item.minutes, item.mode, make)


def differences_of(gathering: Gathering, items: Sequence[PlanItem]) -> list[rules.Difference]:
    """Return in which ways a plan is not the toolkit's."""
    toolkit, usual = toolkit_plan(gathering.programme, gathering.section)
    return rules.differences(toolkit, [planned(item) for item in items], usual=usual)


def pieces_of(gathering: Gathering, items: Sequence[PlanItem]) -> list[rules.Piece]:
    """Return a plan as time: what opens or closes it, what was held, and the team's own words stay."""
    toolkit, _usual = toolkit_plan(gathering.programme, gathering.section)
    texts = {each[0].key: {(one.title, one.prompt) for one in each} for each in toolkit}
    section = content_of(gathering.programme).section(gathering.section)
    pieces = []
    for place, item in enumerate(items):
        activity = section.activity(item.activity_key) if section else None
        held = item.came == PlanItem.Came.HELD
        own = (item.title, item.prompt) not in texts.get(item.activity_key, set())
        shorter = {} if held else {m: n for m, (n, _how) in rules.makes_of(activity).items() if n < item.minutes}
        ends = place in {0, len(items) - 1}
        pieces.append(rules.Piece(item.pk, item.minutes, item.kind, shorter, stays=held or own or ends))
    return pieces


def proposal_for(gathering: Gathering, minutes: int) -> tuple[rules.Proposal, list[ProposedLine]]:
    """Return how a plan would come down to some minutes, activity by activity."""
    items = list(gathering.plan.order_by("position", "pk"))
    proposal = rules.make_it_fit(pieces_of(gathering, items), minutes)
    changes = {change.key: change for change in proposal.changes}
    section = content_of(gathering.programme).section(gathering.section)
    lines = []
    for item in items:
        change = changes.get(item.pk)
        makes = rules.makes_of(section.activity(item.activity_key) if section else None)
        how = makes[change.make][1] if change and change.make is not None else ""
        lines.append(ProposedLine(item, change, how))
    return proposal, lines


def making_of(gathering: Gathering, sheet: RunSheet) -> Making:
    """Return what a team can do with its plan as a whole."""
    items = [line.item for line in sheet.lines]
    newest = makes_of_section(gathering).first()
    return Making(
        differs=differences_of(gathering, items),
        newest=newest,
        is_saved=newest is not None and newest.activities == [as_kept(item) for item in items],
        may_start_over=not any(item.came for item in items),
        has_record=any(item.came for item in items),
        took=sum(item.took or 0 for item in items),
    )


def as_kept(item: PlanItem) -> dict[str, object]:
    """Return the field values of a planned activity, as a team's make keeps them."""
    return {name: getattr(item, name) for name in KEPT}


KEPT = ("activity_key", "title", "prompt", "minutes", "kind", "mode", "columns", "make")


def makes_of_section(gathering: Gathering) -> QuerySet[TeamMake]:
    """Return what the team of a session saved for its section, in any version of the toolkit, the newest first."""
    programme = gathering.programme
    found = TeamMake.objects.filter(group=programme.group_id, pack__key=programme.pack.key, section=gathering.section)
    return found.select_related("pack").defer("pack__content").order_by("-number", "pk")


def programme_changed_by_team(person: Person, programme_id: int) -> Programme:
    """Return a programme whose team's makes somebody may read. Raises Http404."""
    return one_of(programmes_as(person, EVALUATORS).filter(pk=programme_id))


def programmes_evaluated(person: Person) -> QuerySet[Programme]:
    """Return the programmes somebody evaluates."""
    return programmes_as(person, (Role.Kind.EVALUATOR,))


def makes_of(programme: Programme) -> list[tuple[TeamMake, list[rules.Difference]]]:
    """Return everything a team saved from this toolkit, the newest first, with what was changed each time."""
    found = TeamMake.objects.filter(group=programme.group_id, pack__key=programme.pack.key)
    found = found.select_related("pack", "saved_by").defer("pack__content")
    return [(make, differs_in(make)) for make in found.order_by("-saved_on", "-number", "section", "pk")]


def differs_in(make: TeamMake) -> list[rules.Difference]:
    """Return what a saved make changed, as it was kept."""
    kept: list[dict[str, Any]] = make.differs
    return [rules.Difference(**{**one, "what": rules.Differs(one["what"])}) for one in kept]


# --- a newer version of the toolkit ---


@dataclass(frozen=True, slots=True)
class SectionNews:
    """What a newer version says otherwise about one section. around: words beside its activities differ."""

    number: int
    title: str
    is_new: bool
    is_gone: bool
    added: Sequence[str]
    gone: Sequence[str]
    changed: Sequence[str]
    around: bool


@dataclass(frozen=True, slots=True)
class PlanNews:
    """What switching would do to one session that is still to come."""

    gathering: Gathering
    renewed: Sequence[str]
    own_from_now: Sequence[str]


def newer_version(programme: Programme) -> PackVersion | None:
    """Return the newest loaded version of a programme's toolkit, when that is a newer one."""
    return newer_than(programme.pack)


def news_of(programme: Programme, newer: PackVersion) -> list[SectionNews]:
    """Return section by section what a newer version says otherwise."""
    old, new = content_of(programme), pack_of(newer, setting=programme.setting)
    before, after = ({s.number: s for s in one.sections} for one in (old, new))
    found = [_section_news(before.get(n), after.get(n)) for n in sorted({*before, *after})]
    return [one for one in found if one]


def _section_news(old: packs.Section | None, new: packs.Section | None) -> SectionNews | None:
    section = new or old
    if old == new or section is None:
        return None
    before, after = ({a.key: a for a in one.activities} if one else {} for one in (old, new))
    return SectionNews(
        number=section.number,
        title=section.title,
        is_new=old is None,
        is_gone=new is None,
        added=[a.title for key, a in after.items() if key not in before],
        gone=[a.title for key, a in before.items() if key not in after],
        changed=[a.title for key, a in after.items() if key in before and before[key] != a],
        around=bool(old and new and _around(old) != _around(new)),
    )


def _around(section: packs.Section) -> tuple[object, ...]:
    return (
        section.title, section.concept, section.aim, section.considerations, section.components, section.words,
        section.resources, section.share, section.visual,
    )  # fmt: skip


def still_to_come(programme: Programme) -> list[Gathering]:
    """Return the sessions a newer toolkit would reach: not over, and nothing of them held yet."""
    coming = programme.gatherings.filter(ends_at__gt=timezone.now()).exclude(plan__in=PlanItem.objects.exclude(came=""))
    return list(coming.prefetch_related("plan").order_by("starts_at", "pk"))


def plan_news(programme: Programme, newer: PackVersion) -> list[PlanNews]:
    """Return for every session still to come what switching would do to its plan."""
    found = []
    for gathering in still_to_come(programme):
        items = sorted(gathering.plan.all(), key=lambda item: (item.position, item.pk))
        after = [(item, item_in(item, gathering.section, programme, newer)) for item in items]
        renewed = [item.title for item, into in after if into is not None and into != as_carried(item)]
        own = [item.title for item, into in after if into is None and item.activity_key]
        if renewed or own:
            found.append(PlanNews(gathering, renewed, own))
    return found


def as_carried(item: PlanItem) -> rules.Carried:
    """Return a planned activity as the rule about newer versions sees it."""
    return rules.Carried(item.title, item.prompt, item.minutes, item.mode, item.kind, _columns(item.columns))


def item_in(item: PlanItem, number: int, programme: Programme, newer: PackVersion) -> rules.Carried | None:
    """Return what a planned activity becomes in a newer version; None when that does not have it."""
    old = [_content(one, number, item.activity_key) for one in in_languages(programme.pack, programme.setting)]
    new = [_content(one, number, item.activity_key) for one in in_languages(newer, programme.setting)]
    both = [(o, n) for o, n in zip(old, new, strict=True) if o and n]
    if not both:
        return None
    return rules.carried(as_carried(item), MakeKind(item.make), old=[o for o, _ in both], new=[n for _, n in both])


def _content(pack: packs.Pack, number: int, key: str) -> rules.Content | None:
    section = pack.section(number)
    activity = section.activity(key) if section and key else None
    if activity is None:
        return None
    kind, mode = rules.as_it_runs(str(activity.kind), str(activity.mode))
    columns = [column.for_plan() for column in activity.columns] if kind == packs.Kind.GATHER else []
    minutes = {make: n for make, (n, _how) in rules.makes_of(activity).items()}
    return rules.Content(activity.title, activity.prompt, kind, mode, _columns(columns), minutes)


def _columns(columns: Sequence[dict[str, str]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(tuple(sorted(column.items())) for column in columns)
