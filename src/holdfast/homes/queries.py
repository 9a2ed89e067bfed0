"""What meets a person on arrival, one view for each role they hold; read from what the other apps offer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from holdfast.gatherings.attending import open_sheets_of, own_certificates
from holdfast.gatherings.models import Certificate, Room, SignInSheet
from holdfast.homes import rules
from holdfast.homes.met import as_they_met
from holdfast.homes.overview import Row, Totals, rows_of, totals_of
from holdfast.notifications.queries import Outbox, outbox_of
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.people.queries import groups_for, may_coordinate_organisation, people_for, sites_for
from holdfast.programmes import queries as plans
from holdfast.programmes.models import CheckIn, CommunicateLater, Gathering, Programme
from holdfast.programmes.queries.check_ins import check_ins_due
from holdfast.programmes.queries.companion import Asked, Briefing, briefing_of, unsaid_by
from holdfast.programmes.queries.touch_bases import Met, open_for
from holdfast.programmes.rules import Step as SectionState
from holdfast.programmes.rules.companion import TAKES_PART
from holdfast.report_back import queries as answers
from holdfast.report_back.models import Concern, OursItem, ReportBack, StaffLink
from holdfast.report_back.queries.leading import LED
from holdfast.report_back.rules import NOT_TAKEN_ON
from holdfast.support import queries as support
from holdfast.support.models import HelpRequest, Invitation
from holdfast.surveys.queries import programmes_with_shared
from holdfast.web.pathway import Step, StepState

MOST = 5
"""How many further sessions an arrival lists; the programme has them all."""

LATE = timedelta(hours=12)
"""How long after its planned end a session whose room is still open comes first."""

STRIP = {SectionState.HELD: StepState.DONE, SectionState.NOW: StepState.NOW}


@dataclass(frozen=True, slots=True)
class Facilitating:
    """A facilitator's arrival: the next session with its plan, what comes up in it, and what comes later.

    ours: what the group has taken on itself and looks at again. offers: groups to whom leadership said an honest no,
    with how much of that they have not decided about. talks: touch-bases to come, and those that were missed.
    """

    session: Gathering | None
    is_open: bool
    sheet: plans.RunSheet | None
    later: Sequence[Gathering]
    ours: Sequence[OursItem]
    offers: Sequence[tuple[Programme, int]]
    talks: Sequence[Met]


@dataclass(frozen=True, slots=True)
class Leading:
    """A leader's arrival: what the next session asks of them, what is ready, what waits.

    activities: how many the next session's plan has. briefing, followed: of the next session, and of the one held
    last. handed: what groups wait for, by programme.
    prepared: sets of answers to be said and published. unsaid: what the leader meant to say more clearly, and has not.
    talks: touch-bases to come, and those that were missed.
    barriers: programmes in which something keeps people from coming, with how much of it.
    """

    session: Gathering | None
    activities: int
    steps: Sequence[Step]
    briefing: Briefing | None
    held: Sequence[Gathering]
    followed: Briefing | None
    later: Sequence[Gathering]
    handed: Sequence[rules.Handed]
    prepared: Sequence[ReportBack]
    unsaid: Sequence[CommunicateLater]
    talks: Sequence[Met]
    barriers: Sequence[tuple[Programme, int]]

    @property
    def missed(self) -> Sequence[Met]:
        """Touch-bases whose day has gone by."""
        return [met for met in self.talks if met.is_missed]

    @property
    def talk_ahead(self) -> Met | None:
        """The next touch-base."""
        return next((met for met in self.talks if not met.is_missed), None)

    @property
    def takes_part(self) -> bool:
        """Tell whether the leader sits in the circle of the next session."""
        return self.briefing is not None and self.briefing.part == TAKES_PART

    @property
    def before(self) -> Sequence[Asked]:
        """What the next session asks beforehand and the leader has said nothing about."""
        return self.briefing.open_at("before") if self.briefing else []

    @property
    def after(self) -> Sequence[Asked]:
        """What the last session asks afterwards and the leader has said nothing about."""
        return self.followed.open_at("after") if self.followed else []


@dataclass(frozen=True, slots=True)
class Coordinating:
    """A coordinator's arrival: sites with their groups, and how many people there are.

    inherited: what groups without a leader wait for. mails: how the outbox stands, for a whole organisation only.
    """

    organisation: Organisation
    sites: Sequence[tuple[Site, Sequence[Row]]]
    people: int
    inherited: Sequence[rules.Handed]
    mails: Outbox | None

    @property
    def leaderless(self) -> Sequence[Group]:
        """The groups nobody leads."""
        return [meeting.group for _site, meetings in self.sites for meeting in meetings if not meeting.led]

    @property
    def has_groups(self) -> bool:
        """Tell whether there is a group a programme could be for."""
        return any(meetings for _site, meetings in self.sites)

    @property
    def totals(self) -> Totals:
        """All groups in numbers."""
        return totals_of([row for _site, rows in self.sites for row in rows])


@dataclass(frozen=True, slots=True)
class Coaching:
    """A coach's arrival: what waits for a word, and each organisation with its sites and groups side by side.

    invitations: organisations that ask whether one would coach.
    """

    invitations: Sequence[Invitation]
    waiting: Sequence[HelpRequest]
    organisations: Sequence[tuple[Organisation, Sequence[tuple[Site, Totals, Sequence[Row]]], Invitation | None]]


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A participant's arrival: dates, the pages of their groups, and their programmes, to say whether they come.

    said: what they answered for the next session. sheets: where they can write down now that they are there.
    shared: where others shared something. reads: the next session has a page to read beforehand.
    """

    session: Gathering | None
    later: Sequence[Gathering]
    pages: Sequence[StaffLink]
    programmes: Sequence[Programme]
    shared: Sequence[Programme]
    said: str
    sheets: Sequence[SignInSheet]
    certificates: Sequence[Certificate]
    reads: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Everything a person meets; a role they do not hold is None.

    evaluating: programmes somebody evaluates. cancelled: what nobody should come to in vain. looks: check-ins that
    come up where somebody facilitates or leads.
    """

    facilitating: Facilitating | None
    leading: Leading | None
    coordinating: Coordinating | None
    coaching: Coaching | None
    taking_part: TakingPart | None
    cancelled: Sequence[Gathering]
    evaluating: Sequence[Programme]
    looks: Sequence[CheckIn]

    @property
    def next(self) -> Gathering | None:
        """The soonest session in any role."""
        views = (self.facilitating, self.leading, self.taking_part)
        found = [view.session for view in views if view and view.session]
        return min(found, key=lambda session: (session.starts_at, session.pk), default=None)

    @property
    def has_dates(self) -> bool:
        """Tell whether somebody comes to sessions; whoever coordinates, coaches or evaluates has none of their own."""
        return bool(self.facilitating or self.leading or self.taking_part)

    @property
    def is_empty(self) -> bool:
        """Tell whether none of the person's roles has an arrival."""
        views = (self.facilitating, self.leading, self.coordinating, self.coaching, self.taking_part, self.evaluating)
        return not any(views)


def arrival(person: Person) -> Arrival:
    """Return what meets this person."""
    asked = support.asked_to_coach(person)
    roles = list(Role.objects.filter(person=person).annotate(asked=Exists(asked)).order_by("kind", "pk"))
    kinds = {role.kind for role in roles}
    talks = open_for(person) if kinds & {Role.Kind.FACILITATOR, Role.Kind.LEADER} else []
    # Asked along with the roles: most people coach nobody, and nobody should wait for a question that says so.
    coaches = Role.Kind.COACH in kinds or (roles[0].asked if roles else asked.exists())
    return Arrival(
        facilitating=_facilitating(person, talks) if Role.Kind.FACILITATOR in kinds else None,
        leading=_leading(person, [met for met in talks if met.one.leader_id == person.pk])
        if Role.Kind.LEADER in kinds
        else None,
        coordinating=_coordinating(person) if Role.Kind.COORDINATOR in kinds else None,
        coaching=_coaching(person) if coaches else None,
        taking_part=_taking_part(person) if Role.Kind.PARTICIPANT in kinds else None,
        cancelled=list(plans.cancelled_ahead(person)) if kinds & set(plans.MEMBERS) else [],
        evaluating=list(plans.programmes_evaluated(person)) if Role.Kind.EVALUATOR in kinds else [],
        looks=check_ins_due(person) if kinds & {Role.Kind.FACILITATOR, Role.Kind.LEADER} else [],
    )


def _coming(person: Person, kind: Role.Kind) -> tuple[Gathering | None, list[Gathering]]:
    coming = list(plans.coming_sessions(person, (kind,))[: MOST + 1])
    coming = [plans.as_it_meets(session) for session in coming]  # a date on a home is the one to come to
    return (coming[0], coming[1:]) if coming else (None, [])


def _facilitating(person: Person, talks: Sequence[Met]) -> Facilitating:
    session, later = _coming(person, Role.Kind.FACILITATOR)
    now_held = _open(person)
    if now_held and now_held != session:
        ahead = [session, *later] if session else []
        session, later = now_held, [other for other in ahead if other != now_held]
    section = plans.content_of(session.programme).section(session.section) if session else None
    return Facilitating(
        session=session,
        is_open=bool(now_held),
        sheet=plans.run_sheet(session, section) if session else None,
        later=later,
        ours=answers.ours_to_look_at(session.programme) if session else [],
        offers=_offers(person),
        talks=talks,
    )


def _offers(person: Person) -> list[tuple[Programme, int]]:
    groups = groups_for(person, (Role.Kind.FACILITATOR,)).order_by()
    undecided = Concern.objects.filter(programme=OuterRef("pk"), let_go_item__isnull=True, struck=False)
    refused = undecided.annotate(stands=Subquery(answers.newest_published("pk").values("verdict")[:1]))
    counted = refused.filter(stands__in=NOT_TAKEN_ON).order_by().values("programme").annotate(n=Count("pk"))
    theirs = Programme.objects.filter(group__in=groups, archiving__isnull=True).annotate(
        offers=Subquery(counted.values("n"))
    )
    theirs = theirs.filter(offers__gt=0).select_related("group").order_by("group__name", "pk")
    return [(programme, programme.offers) for programme in theirs]


def _open(person: Person) -> Gathering | None:
    rooms = Room.objects.filter(
        ended_at=None,
        rehearsal=False,
        gathering__programme__group__in=groups_for(person, (Role.Kind.FACILITATOR,)),
        gathering__ends_at__gt=timezone.now() - LATE,
    ).select_related("gathering__programme__group__site", "gathering__programme__pack")
    latest = rooms.order_by("-gathering__starts_at", "pk").first()
    return latest.gathering if latest else None


def _leading(person: Person, talks: Sequence[Met]) -> Leading:
    session, later = _coming(person, Role.Kind.LEADER)
    held = plans.latest_sessions_held(person, (Role.Kind.LEADER,), most=3)
    latest = session or (held[0] if held else None)
    plans.fetch_sessions([one.programme for one in (session, *held[:1]) if one])
    return Leading(
        session=session,
        activities=session.plan.count() if session else 0,
        steps=_strip(latest.programme) if latest else [],
        briefing=_briefing(session, person),
        held=as_they_met(held),
        followed=_briefing(held[0] if held else None, person),
        later=later,
        handed=_handed(groups_for(person, (Role.Kind.LEADER,))),
        prepared=_prepared(person),
        unsaid=list(unsaid_by(person)),
        talks=[met for met in talks if met.one.leader_id == person.pk],
        barriers=plans.open_barriers_led(person),
    )


def _briefing(session: Gathering | None, leader: Person) -> Briefing | None:
    """Return a leader's briefing for a session; a section the toolkit no longer has asks nothing."""
    if session is None or plans.content_of(session.programme).section(session.section) is None:
        return None
    return briefing_of(session.programme, leader, session.section)


def _handed(groups: QuerySet[Group]) -> list[rules.Handed]:
    """Sum up what groups wait for, the soonest date first."""
    by_programme: dict[tuple[int, str], list[rules.OneHanded]] = defaultdict(list)
    for one in answers.handed_by(groups):
        due = rules.OneHanded(one.due_on, drafted=one.drafted, past=one.is_past)
        by_programme[one.programme, one.name].append(due)
    return [rules.sum_up(programme, name, each) for (programme, name), each in by_programme.items()]


def _prepared(person: Person) -> list[ReportBack]:
    groups = groups_for(person, (Role.Kind.LEADER,)).order_by()
    going_on = {"programme__group__in": groups, "programme__archiving__isnull": True}
    sets = ReportBack.objects.filter(**going_on, published_on__isnull=True)
    return list(sets.select_related("programme__group").order_by("programme__group__name", "pk"))


def _strip(programme: Programme) -> list[Step]:
    stops = plans.pathway(programme, plans.content_of(programme))
    return [
        Step(
            stop.number, stop.section.short_title if stop.section else "", STRIP.get(stop.state, StepState.AHEAD)
        )
        for stop in stops
    ]  # fmt: skip


def _coordinating(person: Person) -> Coordinating:
    mine = groups_for(person, (Role.Kind.COORDINATOR,))
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in rows_of(mine, counted=True):
        rows[row.group.site_id].append(row)
    places = {each[0].group.site for each in rows.values()} | set(sites_for(person, (Role.Kind.COORDINATOR,)))
    sites = [(site, rows[site.pk]) for site in sorted(places, key=lambda site: (site.name, site.pk))]
    whole = may_coordinate_organisation(person)
    return Coordinating(
        organisation=person.organisation,
        sites=sites,
        people=people_for(person).filter(is_active=True).count(),
        inherited=_handed(mine.exclude(LED)),
        mails=mails_of(person.organisation) if whole else None,
    )


def mails_of(organisation: Organisation) -> Outbox:
    """Return how the outbox stands for the addresses of an organisation's people."""
    return outbox_of(addresses_in(organisation))


def addresses_in(organisation: Organisation) -> "QuerySet[Person, str | None]":
    """Return the mail addresses of an organisation's people."""
    return Person.objects.filter(organisation=organisation, email__isnull=False).values_list("email", flat=True)


def _coaching(person: Person) -> Coaching:
    accepted = {one.organisation_id: one for one in support.accepted_by(person)}
    by_organisation: dict[Organisation, dict[Site, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(support.coached_groups(person)):
        by_organisation[row.group.site.organisation][row.group.site].append(row)
    return Coaching(
        invitations=list(support.invitations_for(person)),
        waiting=list(support.waiting_for_coach(person)),
        organisations=[
            (one, [(site, totals_of(rows), rows) for site, rows in sites.items()], accepted.get(one.pk))
            for one, sites in by_organisation.items()
        ],
    )


def _taking_part(person: Person) -> TakingPart:
    session, later = _coming(person, Role.Kind.PARTICIPANT)
    groups = groups_for(person, (Role.Kind.PARTICIPANT,)).order_by()
    pages = StaffLink.objects.filter(
        programme__group__in=groups, scope=StaffLink.Scope.STAFF, ended_at__isnull=True
    ).select_related("programme__group")
    return TakingPart(
        session=session,
        later=later,
        pages=list(pages.order_by("programme__group__name", "pk")),
        programmes=list(plans.programmes_to_join(person).filter(archiving__isnull=True)),
        shared=list(programmes_with_shared(person)),
        said=plans.own_coming(person, [session]).get(session.pk, "") if session else "",
        sheets=open_sheets_of(person),
        certificates=own_certificates(person),
        reads=session is not None and _is_read_before(session),
    )


def _is_read_before(session: Gathering) -> bool:
    section = plans.content_of(session.programme).section(session.section)
    has_page = section is not None and section.share is not None
    return has_page and plans.timing_of(session.programme, session.section) != "after"
