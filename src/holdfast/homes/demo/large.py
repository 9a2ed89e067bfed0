"""A large installation: forty groups with five years of history beside a thousand organisations, always the same."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from holdfast.audit.models import Entry
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.pack import Section
from holdfast.curriculum.queries import pack_of
from holdfast.gatherings.models import Attendance
from holdfast.notifications.models import Mail, Recipient
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.programmes.models import Gathering, PlanItem, Programme
from holdfast.report_back.models import Answer, Concern, OursItem, Progress, ReportBack
from holdfast.support.models import HelpMessage, HelpRequest, Link
from holdfast.support.rules import LinkState, State

T = TypeVar("T", bound=Model)
GROUPS, SITES, YEARS, ORGANISATIONS = 40, 8, 5, 1000
AT_ONCE = 2000
LENGTH = timedelta(minutes=75)
ZONE = ZoneInfo("America/Chicago")
FIRST_NAMES = ("Ana", "Ben", "Cay", "Dov", "Eli", "Fen", "Gus", "Hal", "Ida", "Jo", "Kai", "Lea", "Mio", "Nan", "Oda")
LAST_NAMES = ("Abel", "Boone", "Cruz", "Dahl", "Eder", "Fox", "Grau", "Hale", "Iyer", "Jung", "Kern", "Lund", "Moss")
THINGS = (
    "Cover with no notice", "Meetings that end without an end", "Forms nobody reads", "A door that does not close",
    "Praise for staying late", "Two calendars that disagree", "News that comes last to aides", "Noise at lunch",
)  # fmt: skip
WIDE = (
    ("Olu Mensah", Role.Kind.LEADER, "olu@demo.example"),
    ("Vera Stone", Role.Kind.FACILITATOR, "vera@demo.example"),
    ("Ngozi Eze", Role.Kind.PARTICIPANT, "ngozi@demo.example"),
)
"""Whoever leads, facilitates or takes part in all forty groups: their pages are the longest there can be."""


@transaction.atomic
def make_large(district: Organisation, pack: PackVersion, *, seed: int = 5) -> None:
    """Fill in forty groups of a district and a thousand organisations, once; the same seed gives the same rows."""
    if district.sites.filter(name="Large school 1").exists():
        return
    maker = _Maker(pack, Random(seed))  # noqa: S311 - made-up people; nothing is protected by it
    maker.district(district)
    for number in range(ORGANISATIONS):
        maker.stranger(number)
        if number % 100 == 99:
            maker.write()
    maker.write()


class _Maker:
    """Draws rows and saves them many at a time, in the order in which they need each other."""

    order: tuple[type[Model], ...] = (
        Organisation, Site, Group, Person, Role, Programme, Gathering, PlanItem, Attendance, Concern, ReportBack,
        Answer, Progress, OursItem, HelpRequest, HelpMessage, Link, Recipient, Mail, Entry,
    )  # fmt: skip

    def __init__(self, pack: PackVersion, rng: Random) -> None:
        self.pack, self.rng = pack, rng
        self.sections: list[Section] = list(pack_of(pack).sections)
        self.today = timezone.localdate()
        self.rows: dict[type[Model], list[Model]] = {model: [] for model in self.order}

    def put(self, row: T) -> T:
        """Keep a row for saving, under a key that the same seed draws again."""
        row.pk = self.rng.getrandbits(62) + 1
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        """Save what was drawn so far."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
            rows.clear()

    def person(self, organisation: Organisation, email: str | None = None, name: str = "") -> Person:
        """Draw somebody."""
        name = name or f"{self.rng.choice(FIRST_NAMES)} {self.rng.choice(LAST_NAMES)}"
        # Nobody signs in as them with a password; the value only has to be there.
        return self.put(Person(organisation=organisation, name=name, email=email, password="!"))  # noqa: S106

    def district(self, district: Organisation) -> None:
        """Draw sites, groups, people and their five years."""
        sites = [
            self.put(Site(organisation=district, name=f"Large school {n + 1}", time_zone=ZONE.key))
            for n in range(SITES)
        ]
        wide = [(self.person(district, email, name), kind) for name, kind, email in WIDE]
        for number in range(GROUPS):
            group = self.put(Group(site=sites[number % SITES], name=f"Team {number + 1}"))
            for person, kind in wide:
                self.put(Role(person=person, kind=kind, group=group))
            members = [self.person(district) for _ in range(10)]
            for place, person in enumerate(members):
                kind = {0: Role.Kind.LEADER, 1: Role.Kind.FACILITATOR}.get(place, Role.Kind.PARTICIPANT)
                self.put(Role(person=person, kind=kind, group=group))
            self.history(group, members, number)
        for number in range(len(self.sections) * 2):
            self.link(district, number)
        self.write()

    def history(self, group: Group, members: list[Person], number: int) -> None:
        """Draw five years of monthly sessions, what was handed over and answered, and requests for help."""
        began = self.today - timedelta(days=365 * YEARS)
        programme = self.put(Programme(group=group, pack=self.pack, setting="schools", started_on=began))
        ahead = 0 if number % 7 == 0 else 2
        for place, day in enumerate(self.days(began, ahead)):
            gathering = self.gathering(programme, self.sections[place % len(self.sections)], day)
            if day < self.today:
                for person in members[2:]:
                    self.put(Attendance(gathering=gathering, person=person))
                self.put(Entry(act="room.opened", by=members[1].pk, on=gathering.pk, at=gathering.starts_at))
        said = self.put(ReportBack(programme=programme, said_on=began, published_on=began, published_by=members[0]))
        for position in range(30):
            self.concern(programme, said, position, members[0])
        for position in range(10):
            self.put(OursItem(programme=programme, wording=self.rng.choice(THINGS), position=position))
        for position in range(12):
            self.request(programme, members, position)

    def days(self, began: date, ahead: int) -> Iterator[date]:
        """Yield a Thursday in each month, from the first to those ahead."""
        months = YEARS * 12
        for month in range(months + ahead):
            day = began + timedelta(days=round(30.4 * month))
            yield day + timedelta(days=(3 - day.weekday()) % 7)

    def gathering(self, programme: Programme, section: Section, day: date, *, items: int = 8) -> Gathering:
        """Draw a session with its plan."""
        starts_at = datetime.combine(day, time(15, 30), ZONE)
        gathering = self.put(
            Gathering(
                programme=programme,
                section=section.number,
                title=section.title[:120],
                starts_at=starts_at,
                ends_at=starts_at + LENGTH,
                place="Library",
                zone=ZONE.key,
            )
        )
        for position, activity in enumerate(section.plan[:items], start=1):
            self.put(
                PlanItem(
                    gathering=gathering,
                    position=position,
                    activity_key=activity.key,
                    title=activity.title,
                    prompt=activity.prompt,
                    minutes=activity.minutes,
                    kind="talk",
                    mode="spoken",
                )
            )
        return gathering

    def concern(self, programme: Programme, said: ReportBack, position: int, leader: Person) -> None:
        """Draw something that was handed over; nine of ten are answered, some of these moved."""
        day = self.today - timedelta(days=self.rng.randrange(10, 365 * YEARS))
        concern = self.put(
            Concern(
                programme=programme,
                wording=f"{self.rng.choice(THINGS)} ({position + 1})",
                position=position,
                handed_over_on=day,
                due_on=day + timedelta(days=self.rng.choice((14, 28, 400))),
            )
        )
        if position % 10:
            answer = self.put(
                Answer(
                    concern=concern,
                    report_back=said,
                    verdict=Answer.Verdict.THIS_YEAR,
                    reason="We begin with two days a week.",
                    drafted_by=leader,
                    drafted_on=day,
                    published_on=day,
                )
            )
            if position % 4 == 1:
                self.put(Progress(answer=answer, text="It has begun.", on=day, by=leader))

    def request(self, programme: Programme, members: list[Person], position: int) -> None:
        """Draw a thread with the coach."""
        at = timezone.now() - timedelta(days=position * 150 + 1)
        state = State.ASKED if position == 0 else State.CLOSED
        asked = self.put(
            HelpRequest(
                programme=programme, title=self.rng.choice(THINGS), state=state, asked_by=members[1], moved_at=at
            )
        )
        for number in range(1, 4):
            self.put(
                HelpMessage(
                    request=asked,
                    number=number,
                    text="What would you try?",
                    from_coach=number == 2,
                    written_by=members[1],
                    written_at=at,
                )
            )

    def link(self, district: Organisation, number: int) -> None:
        """Draw a link for all groups."""
        self.put(
            Link(
                organisation=district,
                pack_key=self.pack.key,
                section=self.sections[number % len(self.sections)].number,
                title=f"Something to read ({number + 1})",
                url=f"https://example.org/reading/{number + 1}",
                recommended_by="The district office",
                state=LinkState.WORKS,
                checked_on=self.today,
                working_on=self.today,
                added_on=self.today,
            )
        )

    def stranger(self, number: int) -> None:
        """Draw another organisation with two groups, one of them a year on its way, and mails it was sent."""
        organisation = self.put(Organisation(name=f"Elsewhere {number + 1}"))
        site = self.put(Site(organisation=organisation, name="The house", time_zone=ZONE.key))
        groups = [self.put(Group(site=site, name=name)) for name in ("Day", "Night")]
        people = [self.person(organisation, f"p{n}@elsewhere{number + 1}.example") for n in range(6)]
        kinds = [Role.Kind.LEADER, Role.Kind.FACILITATOR, *[Role.Kind.PARTICIPANT] * 3]
        for person, kind in zip(people, kinds, strict=False):
            self.put(Role(person=person, kind=kind, group=groups[0]))
        self.put(Role(person=people[5], kind=Role.Kind.COORDINATOR, organisation=organisation))
        began = self.today - timedelta(days=330)
        programme = self.put(Programme(group=groups[0], pack=self.pack, started_on=began))
        for place, section in enumerate(self.sections):
            self.gathering(programme, section, began + timedelta(days=30 * place), items=4)
        said = self.put(ReportBack(programme=programme, said_on=began, published_on=began))
        for position in range(6):
            self.concern(programme, said, position, people[0])
        for person in people:
            address = person.email or ""
            self.put(Recipient(address=address))
            now = timezone.now()
            words = {"subject": "News", "body": "There is something new.", "made_at": now, "next_try_at": now}
            self.put(Mail(key=f"large.{number}", address=address, sent_at=now, tries=1, **words))
