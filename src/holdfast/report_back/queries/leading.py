"""What a leader works through: concerns of their groups with drafts, which nobody else may see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.report_back import rules
from holdfast.report_back.models import PUBLISHED, Answer, Concern, Progress, ReportBack
from holdfast.report_back.queries.public import PublicAnswer, as_public

HERE = Q(group=OuterRef("pk")) | Q(site=OuterRef("site")) | Q(organisation=OuterRef("site__organisation"))
LED = Exists(Role.objects.filter(HERE, kind=Role.Kind.LEADER, person__is_active=True))
PLACE = "programme__group__site__organisation"


@dataclass(frozen=True, slots=True)
class Worked:
    """A concern as its leaders see it. past: days since the agreed date, None before it or once it is answered."""

    concern: Concern
    draft: Answer | None
    published: tuple[PublicAnswer, ...]
    owner: Person | None
    past: int | None

    @property
    def standing(self) -> rules.Standing:
        """Open, draft or answered."""
        return rules.standing(published=bool(self.published), drafted=self.draft is not None)

    @property
    def newest(self) -> PublicAnswer | None:
        """The answer that stands, if there is one."""
        return self.published[0] if self.published else None

    @property
    def verdict(self) -> str:
        """What the draft says, else what is published, else nothing."""
        return self.draft.verdict if self.draft else self.newest.verdict if self.newest else ""


@dataclass(frozen=True, slots=True)
class Theme:
    """Concerns under one word of leadership's; the word is empty for those without one."""

    name: str
    concerns: Sequence[Worked]

    @property
    def waiting(self) -> list[Worked]:
        """What needs a word: no answer yet, or another one begun beside it."""
        return [one for one in self.concerns if one.draft or not one.published]

    @property
    def answered(self) -> list[Worked]:
        """What has its answer."""
        return [one for one in self.concerns if one.published and not one.draft]


def groups_to_answer(person: Person) -> QuerySet[Group]:
    """Return whose concerns somebody answers: groups they lead, and groups they coordinate while nobody leads them."""
    led = groups_for(person, (Role.Kind.LEADER,)).order_by()
    inherited = groups_for(person, (Role.Kind.COORDINATOR,)).exclude(LED).order_by()
    return Group.objects.filter(Q(pk__in=led.values("pk")) | Q(pk__in=inherited.values("pk")))


def programmes_to_answer(person: Person) -> QuerySet[Programme]:
    """Return the programmes whose concerns somebody answers."""
    return (
        Programme.objects.filter(group__in=groups_to_answer(person))
        .select_related("group__site__organisation", "pack")
        .defer("pack__content")
        .order_by("group__site__name", "group__name", "-started_on", "pk")
    )


def programme_to_answer(person: Person, programme_id: int) -> Programme:
    """Return one programme whose concerns somebody answers. Raises Http404."""
    return one_of(programmes_to_answer(person).filter(pk=programme_id))


def may_answer(person: Person, programme: Programme) -> bool:
    """Tell whether somebody answers what this group hands over."""
    return groups_to_answer(person).filter(pk=programme.group_id).exists()


def concern_to_answer(person: Person, concern_id: int) -> Concern:
    """Return one concern somebody answers. Raises Http404."""
    return one_of(_concerns(groups_to_answer(person)).filter(pk=concern_id))


def answer_to_follow(person: Person, answer_id: int) -> Answer:
    """Return one published answer of somebody's groups. Raises Http404."""
    answers = Answer.objects.filter(PUBLISHED, concern__programme__group__in=groups_to_answer(person))
    return one_of(answers.select_related("concern__programme__group__site").filter(pk=answer_id))


def report_back_to_prepare(person: Person, report_back_id: int) -> ReportBack:
    """Return one set of answers of somebody's groups, published or not. Raises Http404."""
    sets = ReportBack.objects.filter(programme__group__in=groups_to_answer(person))
    return one_of(sets.select_related("programme__group__site", "published_by").filter(pk=report_back_id))


def worked(concern: Concern) -> Worked:
    """Return one concern with its draft and everything published about it."""
    return _worked([concern], concern.programme)[0]


def themes(programme: Programme) -> list[Theme]:
    """Return a programme's concerns by theme, each in the group's order; what has no theme comes last."""
    lines: dict[str, list[Worked]] = defaultdict(list)
    for one in _worked(list(programme.concerns.order_by("position", "pk").select_related("owner")), programme):
        lines[one.concern.theme].append(one)
    return [Theme(name, lines[name]) for name in sorted(lines, key=lambda name: not name)]


def alike(person: Person, concern: Concern) -> list[Concern]:
    """Return what else waits without a word yet, in all of somebody's groups, the likest first."""
    untouched = _concerns(groups_to_answer(person)).filter(answers__isnull=True, struck=False).exclude(pk=concern.pk)
    near = {one.pk: rules.likeness(concern.wording, one.wording) for one in untouched}
    return sorted(untouched, key=lambda one: (one.theme != concern.theme or not one.theme, -near[one.pk]))


def drafts_of(programme: Programme) -> list[Answer]:
    """Return what is drafted for a group and not published, in the group's order."""
    drafts = Answer.objects.filter(concern__programme=programme, published_on__isnull=True)
    return list(drafts.select_related("concern").order_by("concern__position", "pk"))


def answers_in(report_back: ReportBack) -> list[Answer]:
    """Return the answers of a set in the order in which they are said: the group's own."""
    answers = report_back.answers.select_related("concern").prefetch_related("progress")
    return list(answers.order_by("concern__position", "pk"))


def report_backs_of(programme: Programme) -> list[ReportBack]:
    """Return the sets of a programme: the one in preparation first, then the newest."""
    return list(programme.report_backs.order_by(F("published_on").desc(nulls_first=True), "pk"))


def who_answers(group: Group) -> list[Person]:
    """Return who leads a group, its site or its organisation and is here; while nobody does, who coordinates it."""
    here = Q(group=group) | Q(site=group.site_id) | Q(organisation=group.site.organisation_id)
    both = Role.objects.filter(here, kind__in=(Role.Kind.LEADER, Role.Kind.COORDINATOR), person__is_active=True)
    roles = list(both.select_related("person").order_by("person__name", "pk"))
    leaders = {role.person_id: role.person for role in roles if role.kind == Role.Kind.LEADER}
    return list((leaders or {role.person_id: role.person for role in roles}).values())


def has_leader(group: Group) -> bool:
    """Tell whether somebody who is here leads a group, its site or its organisation."""
    return Group.objects.filter(LED, pk=group.pk).exists()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A concern that waits for an answer by somebody. past: days since the agreed date, None before it."""

    concern: Concern
    drafted: bool
    past: int | None


@dataclass(frozen=True, slots=True)
class Handed:
    """The bare date of something that waits for an answer: enough to count by. programme: its plain key."""

    programme: int
    name: str
    due_on: date
    drafted: bool
    is_past: bool


def waiting_for(person: Person) -> list[Waiting]:
    """Return what somebody has been handed and not answered yet, of programmes that go on, the soonest date first."""
    programmes = Prefetch("programme", Programme.objects.select_related("group__site"))  # one for all of its concerns
    return [
        Waiting(one, one.drafted, rules.days_past(one.due_on, today_at(one.programme)))  # type: ignore[attr-defined]
        for one in _unanswered(groups_to_answer(person)).prefetch_related(programmes)
    ]


def handed_by(groups: QuerySet[Group]) -> list[Handed]:
    """Return the dates of what these groups wait for, and no word of it."""
    group, now = "programme__group", timezone.now()
    columns = ("programme", f"{group}__name", "due_on", "drafted", f"{group}__site__time_zone")
    return [
        Handed(
            programme, name, due_on, drafted,
            is_past=rules.days_past(due_on, now.astimezone(ZoneInfo(zone)).date()) is not None,
        )
        for programme, name, due_on, drafted, zone in _unanswered(groups).values_list(*columns)
    ]  # fmt: skip


def _unanswered(groups: QuerySet[Group]) -> QuerySet[Concern]:
    published = Answer.objects.filter(PUBLISHED, concern=OuterRef("pk"))
    drafted = Exists(Answer.objects.filter(concern=OuterRef("pk"), published_on__isnull=True))
    going_on = Concern.objects.filter(programme__group__in=groups.order_by(), programme__archiving__isnull=True)
    return going_on.filter(~Exists(published)).annotate(drafted=drafted).order_by("due_on", "position", "pk")


def without_a_leader(person: Person) -> list[Programme]:
    """Return the programmes with open concerns that a coordinator has inherited, because nobody leads the group."""
    published = Answer.objects.filter(PUBLISHED, concern=OuterRef("pk"))
    waiting = Concern.objects.filter(~Exists(published), programme=OuterRef("pk"))
    inherited = groups_for(person, (Role.Kind.COORDINATOR,)).exclude(LED).order_by()
    return list(programmes_to_answer(person).filter(Exists(waiting), group__in=inherited))


def _concerns(groups: QuerySet[Group]) -> QuerySet[Concern]:
    together = Concern.objects.filter(programme__group__in=groups).select_related(PLACE, "owner")
    return together.order_by("position", "pk")


def _worked(concerns: Sequence[Concern], programme: Programme) -> list[Worked]:
    here, today = {person.pk for person in who_answers(programme.group)}, today_at(programme)
    drafts: dict[int, Answer] = {}
    published: dict[int, list[PublicAnswer]] = defaultdict(list)
    progress = Prefetch("progress", Progress.objects.order_by("-on", "-pk"))
    answers = Answer.objects.filter(concern__in=concerns).select_related("drafted_by").prefetch_related(progress)
    for answer in answers.order_by("-version", "pk"):
        if answer.published_on is None:
            drafts[answer.concern_id] = answer
        else:
            published[answer.concern_id].append(as_public(answer))
    return [
        Worked(
            concern=concern,
            draft=drafts.get(concern.pk),
            published=tuple(published[concern.pk]),
            # Whoever has left looks after nothing any more: the concern is there for the next.
            owner=concern.owner if concern.owner_id in here else None,
            past=None if published[concern.pk] else rules.days_past(concern.due_on, today),
        )
        for concern in concerns
    ]
