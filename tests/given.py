"""The named cast: a district with two schools, and a clinic that must never see any of it."""

from dataclasses import dataclass

from holdfast.people import actions
from holdfast.people.models import Group, Organisation, Person, Role, Site


@dataclass(frozen=True, slots=True)
class Ours:
    """A district. Everybody but the last three belongs to the team of Northgate school.

    amara leads the team, bo and chi facilitate it, pat takes part. dee coordinates the district, eve evaluates it and
    cole coaches it. fay facilitates the other school's team, sam coordinates the other school, nia has no role.
    """

    organisation: Organisation
    site: Site
    group: Group
    other_site: Site
    other_group: Group
    amara: Person
    bo: Person
    chi: Person
    pat: Person
    dee: Person
    eve: Person
    cole: Person
    fay: Person
    sam: Person
    nia: Person


@dataclass(frozen=True, slots=True)
class Theirs:
    """A clinic of another organisation, with the same roles: gil leads, hana facilitates, ivo takes part, and so on."""

    organisation: Organisation
    site: Site
    group: Group
    gil: Person
    hana: Person
    ivo: Person
    jun: Person
    kit: Person
    lou: Person


def somebody(organisation: Organisation, name: str, *, email: str = "") -> Person:
    """Add a person who has no role yet."""
    return actions.add_person(organisation, name=name, email=email)


def somebody_who(kind: Role.Kind, name: str, at: Organisation | Site | Group, *, email: str = "") -> Person:
    """Add a person with one role."""
    person = somebody(organisation_above(at), name, email=email)
    actions.give_role(person, kind=kind, at=at)
    return person


def organisation_above(at: Organisation | Site | Group) -> Organisation:
    """Return the organisation a place belongs to."""
    if isinstance(at, Group):
        return at.site.organisation
    return at.organisation if isinstance(at, Site) else at


def our_district() -> Ours:
    """Make the district."""
    kind = Role.Kind
    district = actions.add_organisation("Lakeside District")
    northgate = actions.add_site(district, name="Northgate School", time_zone="America/Chicago")
    northgate.help_card = "Employee assistance: 555 0100, day and night."
    northgate.danger_contact = "Ms Okafor, room 12, 555 0112"
    northgate.save(update_fields=["help_card", "danger_contact"])
    southgate = actions.add_site(district, name="Southgate School", time_zone="America/Chicago")
    team = actions.add_group(northgate, name="Northgate team")
    other_team = actions.add_group(southgate, name="Southgate team")
    return Ours(
        organisation=district,
        site=northgate,
        group=team,
        other_site=southgate,
        other_group=other_team,
        amara=somebody_who(kind.LEADER, "Amara", team, email="amara@lakeside.example"),
        bo=somebody_who(kind.FACILITATOR, "Bo", team, email="bo@lakeside.example"),
        chi=somebody_who(kind.FACILITATOR, "Chi", team),
        pat=somebody_who(kind.PARTICIPANT, "Pat", team),
        dee=somebody_who(kind.COORDINATOR, "Dee", district, email="dee@lakeside.example"),
        eve=somebody_who(kind.EVALUATOR, "Eve", district),
        cole=somebody_who(kind.COACH, "Cole", district),
        fay=somebody_who(kind.FACILITATOR, "Fay", other_team),
        sam=somebody_who(kind.COORDINATOR, "Sam", southgate),
        nia=somebody(district, "Nia"),
    )


def their_clinic() -> Theirs:
    """Make the clinic."""
    kind = Role.Kind
    clinic = actions.add_organisation("Harbour Clinic")
    ward = actions.add_site(clinic, name="Ward", time_zone="Europe/London")
    team = actions.add_group(ward, name="Night team")
    return Theirs(
        organisation=clinic,
        site=ward,
        group=team,
        gil=somebody_who(kind.LEADER, "Gil", team, email="gil@harbour.example"),
        hana=somebody_who(kind.FACILITATOR, "Hana", team),
        ivo=somebody_who(kind.PARTICIPANT, "Ivo", team),
        jun=somebody_who(kind.COORDINATOR, "Jun", clinic),
        kit=somebody_who(kind.COACH, "Kit", clinic),
        lou=somebody_who(kind.EVALUATOR, "Lou", clinic),
    )
