"""A made-up district and clinic to look around in; every name and number in it is invented."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.queries import newest_packs
from holdfast.gatherings.rehearsal.held import rest
from holdfast.homes.demo.around import keep_it_alive
from holdfast.homes.demo.attending import say_what_keeps_them
from holdfast.homes.demo.beside import stand_beside
from holdfast.homes.demo.closed import be_over
from holdfast.homes.demo.companion import accompany
from holdfast.homes.demo.dates import cancel_one
from holdfast.homes.demo.drawn import ask_for_slips
from holdfast.homes.demo.large import make_large
from holdfast.homes.demo.making import make_it_their_own
from holdfast.homes.demo.otherwise import leave_traces
from holdfast.homes.demo.second_year import live_on
from holdfast.homes.demo.starting import get_ready
from holdfast.homes.demo.unplanned import go_otherwise, wait_for_a_sitting
from holdfast.homes.demo.weighing import weigh_first
from holdfast.notifications import actions as outbox
from holdfast.people import actions as people
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.people.slips import address_with
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Gathering, Programme, Setting
from holdfast.refusals import Refused
from holdfast.report_back.models import StaffLink

PACK = "compassion-resilience"
DOMAIN = "demo.example"
"""Demo people are known by this mail domain, which nobody real can have: no one else is ever signed in by a press."""

LENGTH = timedelta(minutes=75)
HELP_CARD = """Every number on this card is invented for the demo.
Employee assistance, day and night: 555 0123.
Somebody to talk to here: the nurse’s room, extension 14."""
DANGER = "Rae Whitfield, room 3, 555 0145 (an invented number)"
STEPS = """Tell Rae Whitfield today that there was such a note; not its words.
Say to everyone that the nurse’s room is open until five, and that you stay here.
Write in the book at the office that it happened and what you did."""


class DemoLink(NamedTuple):
    """One way into the demo: what somebody is, who, and an address that signs in once."""

    role: str
    person: Person
    url: str

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name


def make_demo(*, size: str = "small") -> list[DemoLink]:
    """Make the demo, or bring it up to today; return role, person and a fresh one-time sign-in address for each.

    Done again it adds nothing: only a session 4 that is over moves to now. Raises Refused when no pack can be loaded.
    """
    with transaction.atomic():
        cast, pack = make_people(), _pack()
        by_name = {role.person.name: role for role in cast}
        maple, night = by_name["Bo Lindqvist"], by_name["Hana Weiss"]
        if not by_name["Ines Duarte"].person.language:
            people.choose_language(by_name["Ines Duarte"].person, language="es")
        assert maple.group
        assert night.group
        first_year = _meet(maple.group, pack, by=maple.person)
        clinic_year = _programme(night.group, pack, by=night.person, setting=Setting.HEALTH)
    birch, noor = by_name["Uma Feld"], by_name["Noor Haddad"]
    assert birch.group
    second_year = live_on(birch.group, pack, leader=noor.person, by=birch.person)
    cancel_one(second_year, section=2, by=birch.person)
    get_ready(second_year, leader=noor.person, by=birch.person, again=True)
    make_it_their_own(second_year, by=birch.person)
    leave_traces(second_year, by=birch.person)
    go_otherwise(second_year, by=birch.person)
    say_what_keeps_them(second_year, leader=noor.person)
    get_ready(first_year, leader=by_name["Amara Obi"].person, by=maple.person)
    for programme, leader, by in ((first_year, "Amara Obi", maple.person), (second_year, "Noor Haddad", birch.person)):
        accompany(programme, leader=by_name[leader].person, by=by)
        keep_it_alive(programme, leader=by_name[leader].person, by=by)
    asked = {name.split(maxsplit=1)[0].lower(): role.person for name, role in by_name.items()}
    over = _group(birch.group.site, "Library and lab")
    team = {Role.Kind.LEADER: noor.person, Role.Kind.FACILITATOR: birch.person, Role.Kind.PARTICIPANT: asked["wes"]}
    be_over(over, pack, team=team, archived_by=asked["dee"])
    stand_beside(first_year, second_year, cast=asked, clinic=night.group.site.organisation)
    wait_for_a_sitting(clinic_year, by=night.person)
    weigh_first(clinic_year, by=night.person)
    ask_for_slips(second_year, by=birch.person)
    if size == "large":
        make_large(maple.group.site.organisation, pack)
    rest()
    outbox.discard_waiting(domain=DOMAIN)
    return [DemoLink(str(role.get_kind_display()), role.person, _way_in(role.person)) for role in cast]


@transaction.atomic
def make_people() -> list[Role]:
    """Make the two organisations and return the roles of everybody who has a way in."""
    kind = Role.Kind
    district, clinic = _organisation("Maple County Schools"), _organisation("Harbour Clinic (demo)")
    maple = _group(_site(district, "Maple Street School", "America/Chicago"), "Grade team")
    birch = _group(_site(district, "Birch Lane School", "America/Chicago"), "Office and aides")
    night = _group(_site(clinic, "Harbour ward", "Europe/London"), "Night team")
    _group(_site(district, "Birch Lane School", "America/Chicago"), "Kitchen and buses")  # nobody leads it yet
    return [
        _somebody("Amara Obi", kind.LEADER, maple),
        _somebody("Bo Lindqvist", kind.FACILITATOR, maple),
        _somebody("Chi Nakamura", kind.FACILITATOR, maple),
        _somebody("Dee Alvarez", kind.COORDINATOR, district),
        _somebody("Cole Brandt", kind.COACH, district),
        _somebody("Eve Marsh", kind.EVALUATOR, district),
        *(_somebody(name, kind.PARTICIPANT, maple) for name in ("Pat Oduya", "Rosa Lindgren", "Tia Makoa")),
        _somebody("Noor Haddad", kind.LEADER, birch),
        _somebody("Uma Feld", kind.FACILITATOR, birch),
        *(_somebody(name, kind.PARTICIPANT, birch) for name in ("Wes Albright", "Ines Duarte")),
        _somebody("Gil Torres", kind.LEADER, night),
        _somebody("Hana Weiss", kind.FACILITATOR, night),
    ]


def staff_pages_of_the_demo() -> list[tuple[str, str]]:
    """Return the groups whose page everybody who works there may read, each with its address."""
    links = StaffLink.objects.filter(scope=StaffLink.Scope.STAFF, ended_at__isnull=True)
    theirs = links.select_related("programme__group").order_by("programme__group__name", "pk")
    address = f"{settings.PUBLIC_URL}/s/"
    return [(link.programme.group.name, f"{address}{link.token}/") for link in theirs]


def roles_of_the_demo() -> list[Role]:
    """Return the made-up people's roles with their places, by organisation and role."""
    together = Role.objects.select_related("person__organisation", "group__site", "site", "organisation")
    theirs = together.filter(person__email__endswith=f"@{DOMAIN}", person__is_active=True)
    kind = Role.Kind
    order = [kind.LEADER, kind.FACILITATOR, kind.COORDINATOR, kind.PARTICIPANT, kind.COACH, kind.EVALUATOR]
    roles = theirs.order_by("person__organisation__name", "person__name", "pk")
    return sorted(
        roles, key=lambda r: (r.person.organisation.name != "Maple County Schools", order.index(kind(r.kind)))
    )


def person_of_the_demo(person_id: int) -> Person | None:
    """Return one made-up person, or None for everybody else."""
    return Person.objects.filter(pk=person_id, email__endswith=f"@{DOMAIN}", is_active=True).first()


def _way_in(person: Person) -> str:
    return address_with(people.make_sign_in_link(person))


def _organisation(name: str) -> Organisation:
    return Organisation.objects.filter(name=name).order_by("pk").first() or people.add_organisation(name)


def _site(organisation: Organisation, name: str, zone: str) -> Site:
    site = organisation.sites.filter(name=name).first() or people.add_site(organisation, name=name, time_zone=zone)
    if not site.help_card:
        site.help_card, site.danger_contact = HELP_CARD, DANGER
        site.help_card_checked_on = timezone.localdate()
        site.danger_steps = STEPS
        site.save(update_fields=["help_card", "danger_contact", "danger_steps", "help_card_checked_on"])
    return site


def _group(site: Site, name: str) -> Group:
    return site.groups.filter(name=name).first() or people.add_group(site, name=name)


def _somebody(name: str, kind: Role.Kind, at: Organisation | Group) -> Role:
    organisation = at.site.organisation if isinstance(at, Group) else at
    email = f"{name.split(maxsplit=1)[0].lower()}@{DOMAIN}"
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = people.add_person(organisation, name=name, email=email)
    elif not person.is_active:
        people.restore_access(person, by=person)
    return people.give_role(person, kind=kind, at=at)


def _pack() -> PackVersion:
    """Load the bundled pack; one that was changed under the same version gives way to what is loaded already."""
    try:
        return load_pack(settings.PACKS_DIR / PACK)
    except Refused:
        loaded = next((version for version in newest_packs() if version.key == PACK), None)
        if loaded is None:
            raise
        return loaded


def _programme(group: Group, pack: PackVersion, *, by: Person, setting: Setting = Setting.SCHOOLS) -> Programme:
    known = group.programmes.order_by("-started_on", "pk").first()
    started_on = timezone.localdate() - timedelta(days=35)
    return known or plans.start_programme(group, pack=pack, started_on=started_on, setting=setting, by=by)


def _meet(group: Group, pack: PackVersion, *, by: Person) -> Programme:
    programme = _programme(group, pack, by=by)
    now = timezone.now().replace(second=0, microsecond=0)
    now -= timedelta(minutes=now.minute % 5)
    first = datetime.combine(now.date() - timedelta(days=21), datetime.min.time(), ZoneInfo(group.site.time_zone))
    if not programme.gatherings.filter(section=1).exists():
        _add(programme, 1, first + timedelta(hours=15, minutes=30), by=by)
    latest = programme.gatherings.filter(section=4).order_by("-starts_at", "pk").first()
    if latest is None:
        _add(programme, 4, now, by=by)
    elif latest.ends_at <= now:
        with suppress(Refused):  # somebody planned another session for now: theirs is the one to look at
            plans.move_gathering(latest, starts_at=now, ends_at=now + LENGTH, place=latest.place, by=by)
    return programme


def _add(programme: Programme, section: int, starts_at: datetime, *, by: Person) -> Gathering:
    place = "Library, circle of chairs"
    return plans.add_gathering(
        programme, section=section, starts_at=starts_at, ends_at=starts_at + LENGTH, place=place, by=by
    )
