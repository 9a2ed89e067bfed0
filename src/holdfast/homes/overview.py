"""Groups side by side, for who coordinates or coaches them: how far, what next, where it stalls; nothing of persons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from holdfast.homes.met import when_it_met
from holdfast.people.models import Group, Role, Site
from holdfast.people.queries import count_people
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import ON, as_it_meets, content_of, meeting_again
from holdfast.programmes.queries.over import meets_again
from holdfast.programmes.rules.stalling import PathSeen, Stall, stalls
from holdfast.report_back.models import PUBLISHED, Answer, Concern
from holdfast.report_back.queries.leading import HERE, LED

ARCHIVED = Exists(Programme.objects.filter(group=OuterRef("pk"), archiving__isnull=False))
RUN = Exists(Role.objects.filter(HERE, kind=Role.Kind.FACILITATOR, person__is_active=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One group in an overview.

    held, sections: how many sections were held, of how many. last: the day it met last, on its own clock. session: what
    meets next. is_archived: its programmes are all in the archive. past: how many things wait for an answer beyond the
    agreed day; since: the earliest of those days. people: how many there are, where they are counted.
    """

    group: Group
    programme: Programme | None
    led: bool
    held: int
    sections: int
    last: date | None
    session: Gathering | None
    past: int
    since: date | None
    stalls: Sequence[Stall]
    is_archived: bool = False
    people: int = 0

    @property
    def days(self) -> int:
        """How many days ago the earliest agreed day was."""
        return (_day_at(self.group.site, timezone.now()) - self.since).days if self.since else 0

    @property
    def shown(self) -> tuple[object, ...]:
        """Everything its line on a page is written from, and nothing else: the same again is the same line again.

        A day is written with its year when that is not the year of the server’s calendar, so the year is part of it.
        """
        group = self.group
        named = (group.pk, group.name, group.site.name, group.site.time_zone, self.people, get_language())
        run = (self.programme.pk, str(self.programme.pack)) if self.programme else ()
        meets = (self.session.pk, self.session.starts_at) if self.session else ()
        path = (self.held, self.sections, self.last, self.is_archived, tuple(self.stalls))
        return (*named, *run, *meets, *path, self.past, self.since, self.days, timezone.localdate().year)

    @property
    def how_far(self) -> str:
        """Say how many sections were held, of how many."""
        return _("%(held)s of %(of)s sections held") % {"held": self.held, "of": self.sections}

    @property
    def is_through(self) -> bool:
        """Tell whether every section was held."""
        return 0 < self.sections <= self.held


@dataclass(frozen=True, slots=True)
class Totals:
    """A site or an organisation in numbers."""

    groups: int
    under_way: int
    through: int
    stalled: int


def totals_of(rows: Sequence[Row]) -> Totals:
    """Sum up what stands side by side."""
    return Totals(
        groups=len(rows),
        under_way=sum(row.programme is not None and not row.is_through for row in rows),
        through=sum(row.is_through for row in rows),
        stalled=sum(bool(row.stalls) for row in rows),
    )


def rows_of(groups: QuerySet[Group], *, counted: bool = False) -> list[Row]:
    """Return one row for each group, in the order of the groups; the number of questions does not grow with them.

    counted: with how many people there are.
    """
    now = timezone.now()
    found = list(groups.annotate(is_led=LED, is_run=RUN, has_archived=ARCHIVED))
    programmes = _programmes([group.pk for group in found])
    keys = [programme.pk for programme in programmes.values()]
    held, sessions, past = _held(keys, now), _next_sessions(keys, now), _past_answers(keys)
    rows = [_row(group, programmes.get(group.pk), held, sessions, past) for group in found]
    people = count_people([group.pk for group in found]) if counted else {}
    return [replace(row, people=people.get(row.group.pk, 0)) for row in rows] if counted else rows


def _programmes(groups: Sequence[int]) -> dict[int, Programme]:
    """Return the newest programme of each group that is not archived."""
    found = Programme.objects.filter(group__in=groups, archiving__isnull=True).select_related("pack")
    return {one.group_id: one for one in found.defer("pack__content").order_by("started_on", "pk")}


def _held(programmes: Sequence[int], now: datetime) -> dict[int, tuple[int, datetime]]:
    """Return for each programme how many sections were held, and when it met last."""
    over = Gathering.objects.filter(ON, ~meets_again(now), programme__in=programmes).order_by()
    over = over.annotate(met_at=when_it_met(now))
    counted = over.values("programme").annotate(n=Count("section", distinct=True), last=Max("met_at"))
    return {one["programme"]: (one["n"], one["last"]) for one in counted}


def _next_sessions(programmes: Sequence[int], now: datetime) -> dict[int, Gathering]:
    """Return the next session of each programme that has one."""
    ahead = meeting_again(Gathering.objects.filter(ON, programme__in=programmes), now)
    found: dict[int, Gathering] = {}
    for session in ahead:
        found.setdefault(session.programme_id, as_it_meets(session))
    return found


def _past_answers(programmes: Sequence[int]) -> dict[int, tuple[date, int]]:
    """Return for each programme the earliest agreed day that has gone by without an answer, and how many wait."""
    answered = Exists(Answer.objects.filter(PUBLISHED, concern=OuterRef("pk")))
    before = timezone.localdate() + timedelta(days=1)  # in some zones it is tomorrow already
    waiting = Concern.objects.filter(~answered, struck=False, programme__in=programmes, due_on__lt=before)
    counted = waiting.order_by().values("programme", "due_on", "programme__group__site__time_zone")
    found: dict[int, tuple[date, int]] = {}
    for one in counted.annotate(n=Count("pk")).order_by("programme", "due_on"):
        today = timezone.now().astimezone(ZoneInfo(one["programme__group__site__time_zone"])).date()
        if one["due_on"] < today:
            since, count = found.get(one["programme"], (one["due_on"], 0))
            found[one["programme"]] = since, count + one["n"]
    return found


def _row(
    group: Group,
    programme: Programme | None,
    all_held: dict[int, tuple[int, datetime]],
    sessions: dict[int, Gathering],
    past: dict[int, tuple[date, int]],
) -> Row:
    session = sessions.get(programme.pk) if programme else None
    since, waiting = past.get(programme.pk, (None, 0)) if programme else (None, 0)
    held, last = all_held.get(programme.pk, (0, None)) if programme else (0, None)
    sections = len(content_of(programme).sections) if programme else 0
    seen = PathSeen(
        has_programme=programme is not None,
        has_archived=group.has_archived,  # type: ignore[attr-defined]
        is_led=group.is_led,  # type: ignore[attr-defined]
        is_facilitated=group.is_run,  # type: ignore[attr-defined]
        held=held,
        sections=sections,
        has_next_date=session is not None,
        answers_since=since,
    )
    is_archived = seen.has_archived and programme is None
    met = _day_at(group.site, last) if last else None
    return Row(
        group, programme, seen.is_led, seen.held, sections, met, session, waiting, since, stalls(seen), is_archived
    )  # fmt: skip


def _day_at(site: Site, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(site.time_zone)).date()
