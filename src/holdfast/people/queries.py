"""What a person may see of the organisation; what is not theirs looks as if it were not there."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import TypeVar

from allauth.account.authentication import get_authentication_records
from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.http import Http404, HttpRequest
from django.utils import timezone

from holdfast.people.models import Group, Organisation, Person, Role, SignInLink, Site
from holdfast.people.rules import Place, tidy_email

T = TypeVar("T", bound=Model)
Kinds = Collection[Role.Kind]
EVERY_KIND: Kinds = tuple(Role.Kind)
COORDINATORS: Kinds = (Role.Kind.COORDINATOR,)
PLACES = ("group__site", "site", "organisation")
UNUSED = Q(used_at__isnull=True, revoked_at__isnull=True)
WAITING_LINK = SignInLink.objects.filter(UNUSED, person=OuterRef("pk"), ends_at__gt=Now()).order_by("-made_at", "pk")
PEOPLE_IN_GROUP = Count("roles__person", filter=Q(roles__person__is_active=True), distinct=True)


def one_of(found: QuerySet[T]) -> T:
    """Return the one thing a query finds; what is not theirs looks as if it were not there. Raises Http404."""
    one = found.first()
    if one is None:
        raise Http404
    return one


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def reads_their_mail(request: PersonRequest) -> bool:
    """Tell whether whoever is here signed in with a code from the mailbox they have now, not with a link."""
    held = get_authentication_records(request, request.user)
    read = {tidy_email(str(one.get("email") or "")) for one in held if one["method"] == "code"}
    return bool(request.user.email) and request.user.email in read


def groups_for(person: Person, kinds: Kinds = EVERY_KIND) -> QuerySet[Group]:
    """Return the groups a person's roles of these kinds cover; a role at a site or organisation covers those below."""
    return _groups_covered(person.pk, person.organisation_id, tuple(kinds)).all()


@lru_cache(maxsize=1024)
def _groups_covered(person: int, organisation: int, kinds: tuple[Role.Kind, ...]) -> QuerySet[Group]:
    """Write the question once; it is asked anew each time. A first page begins with it a dozen times."""
    role = Role.objects.filter(person=person, kind__in=kinds).filter(
        Q(group=OuterRef("pk")) | Q(site=OuterRef("site")) | Q(organisation=OuterRef("site__organisation"))
    )
    return (
        Group.objects.filter(Exists(role), site__organisation=organisation)
        .select_related("site__organisation")
        .order_by("site__name", "name", "pk")
    )


def sites_for(person: Person, kinds: Kinds = EVERY_KIND) -> QuerySet[Site]:
    """Return the sites a person's roles of these kinds cover as a whole."""
    role = Role.objects.filter(person=person, kind__in=kinds).filter(
        Q(site=OuterRef("pk")) | Q(organisation=OuterRef("organisation"))
    )
    return (
        Site.objects.filter(Exists(role), organisation=person.organisation_id)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def group_for(person: Person, group_id: int, kinds: Kinds = EVERY_KIND) -> Group:
    """Return one group that is the person's in one of these roles. Raises Http404."""
    return one_of(groups_for(person, kinds).filter(pk=group_id))


def count_people(groups: Collection[int]) -> dict[int, int]:
    """Return how many people each group has who are here; a group without any is left out."""
    here = Role.objects.filter(group__in=groups, person__is_active=True).order_by()
    return dict(here.values_list("group").annotate(n=Count("person", distinct=True)))


def site_for(person: Person, site_id: int, kinds: Kinds = EVERY_KIND) -> Site:
    """Return one site that is the person's in one of these roles. Raises Http404."""
    return one_of(sites_for(person, kinds).filter(pk=site_id))


def has_role(person: Person, *kinds: Role.Kind, group: Group | None = None) -> bool:
    """Tell whether somebody holds one of these roles for a group, or anywhere when no group is named."""
    if group is not None:
        return groups_for(person, kinds).filter(pk=group.pk).exists()
    return Role.objects.filter(person=person, kind__in=kinds).exists()


def leads(person: Person, group: Group) -> bool:
    """Tell whether somebody leads this group, its site or its organisation."""
    return has_role(person, Role.Kind.LEADER, group=group)


def facilitates(person: Person, group: Group) -> bool:
    """Tell whether somebody may run this group's meetings."""
    return has_role(person, Role.Kind.FACILITATOR, group=group)


def may_coordinate(person: Person) -> bool:
    """Tell whether somebody coordinates anything at all."""
    return has_role(person, Role.Kind.COORDINATOR)


def may_coordinate_organisation(person: Person) -> bool:
    """Tell whether somebody coordinates the whole organisation."""
    return Role.objects.filter(person=person, kind=Role.Kind.COORDINATOR, organisation=person.organisation_id).exists()


def organisation_of(person: Person) -> Organisation:
    """Return the organisation of somebody who coordinates anything in it. Raises Http404."""
    if not may_coordinate(person):
        raise Http404
    return person.organisation


def whole_organisation_of(person: Person) -> Organisation:
    """Return the organisation of somebody who coordinates all of it. Raises Http404."""
    if not may_coordinate_organisation(person):
        raise Http404
    return person.organisation


def people_of(group: Group) -> QuerySet[Person]:
    """Return who has a role in this very group and is still here."""
    return Person.objects.filter(
        Exists(Role.objects.filter(person=OuterRef("pk"), group=group)), is_active=True
    ).order_by("name", "pk")


def people_who(kind: Role.Kind, group: Group) -> QuerySet[Person]:
    """Return who is still here and holds a role of this kind for a group, its site or its organisation."""
    here = Q(group=group) | Q(site=group.site_id) | Q(organisation=group.site.organisation_id)
    return _people_with(kind, group, here)


def people_nearest(kind: Role.Kind, group: Group) -> list[Person]:
    """Return who is still here and holds a role of this kind for the group itself, else its site, else all of it.

    Whoever leads a whole district is not told about every group there, as long as somebody leads the group or its site.
    """
    at = (Q(group=group), Q(site=group.site_id), Q(organisation=group.site.organisation_id))
    return next((found for place in at if (found := list(_people_with(kind, group, place)))), [])


def people_for(coordinator: Person) -> QuerySet[Person]:
    """Return whom a coordinator looks after: everybody, or those whose roles all lie inside the coordinator's part."""
    people = Person.objects.filter(organisation=coordinator.organisation_id).order_by("name", "pk")
    if may_coordinate_organisation(coordinator):
        return people
    theirs = Role.objects.filter(person=OuterRef("pk"))
    inside = Q(group__in=groups_for(coordinator, COORDINATORS).order_by()) | Q(
        site__in=sites_for(coordinator, COORDINATORS).order_by()
    )
    outside = theirs.exclude(pk__in=Role.objects.filter(inside).values("pk"))
    return people.filter(Exists(theirs.filter(inside)) & ~Exists(outside))


def people_with_roles(coordinator: Person, *, called: str = "") -> QuerySet[Person]:
    """Return whom a coordinator looks after, with their roles and where these hold; `called` narrows by name."""
    return (
        people_for(coordinator)
        .filter(name__icontains=called.strip())
        .prefetch_related(Prefetch("roles", Role.objects.select_related(*PLACES).order_by("kind", "pk")))
        .annotate(link_until=Subquery(WAITING_LINK.values("ends_at")[:1]))
    )


def places_for(coordinator: Person) -> list[Organisation | Site | Group]:
    """Return the places a coordinator may give roles for, the widest first."""
    whole = [coordinator.organisation] if may_coordinate_organisation(coordinator) else []
    return [*whole, *sites_for(coordinator, COORDINATORS), *groups_for(coordinator, COORDINATORS)]


def sites_with_groups(coordinator: Person) -> list[tuple[Site, bool, list[Group]]]:
    """Return what a coordinator looks after: each site, whether it is theirs as a whole, and its groups."""
    groups: dict[int, list[Group]] = defaultdict(list)
    partly: dict[int, Site] = {}
    for group in groups_for(coordinator, COORDINATORS).annotate(people=PEOPLE_IN_GROUP):
        groups[group.site_id].append(group)
        partly[group.site_id] = group.site
    whole = {site.pk: site for site in sites_for(coordinator, COORDINATORS)}
    sites = sorted({**partly, **whole}.values(), key=lambda site: (site.name, site.pk))
    return [(site, site.pk in whole, groups[site.pk]) for site in sites]


def person_for(coordinator: Person, person_id: int) -> Person:
    """Return somebody a coordinator looks after. Raises Http404."""
    return one_of(people_for(coordinator).filter(pk=person_id))


def role_for(coordinator: Person, role_id: int) -> Role:
    """Return a role of somebody a coordinator looks after. Raises Http404."""
    return one_of(Role.objects.filter(pk=role_id, person__in=people_for(coordinator).order_by()))


def roles_of(person: Person) -> QuerySet[Role]:
    """Return a person's roles with their places."""
    return person.roles.select_related(*PLACES).order_by("kind", "pk")


def link_for(coordinator: Person, link_id: int) -> SignInLink:
    """Return a sign-in link of somebody a coordinator looks after. Raises Http404."""
    return one_of(SignInLink.objects.filter(pk=link_id, person__in=people_for(coordinator).order_by()))


def roles_in(group: Group) -> "Prefetch[str, QuerySet[Role], str]":
    """Name the roles people hold in this very group, to fetch them along with the people."""
    return Prefetch("roles", Role.objects.filter(group=group).order_by("kind", "pk"))


def groups_at(site: Site) -> QuerySet[Group]:
    """Return the groups of a place with how many people each has."""
    return site.groups.annotate(people=PEOPLE_IN_GROUP).order_by("name", "pk")


def site_values(site: Site) -> dict[str, object]:
    """Return what a place's form begins with."""
    return {
        "name": site.name,
        "time_zone": site.time_zone,
        "help_card": site.help_card,
        "help_card_checked_on": site.help_card_checked_on,
        "danger_contact": site.danger_contact,
        "danger_steps": site.danger_steps,
    }


def usual_time_zone(organisation: Organisation) -> str:
    """Return the time zone a further place most likely has."""
    first = organisation.sites.order_by("name", "pk").first()
    return first.time_zone if first else str(timezone.get_default_timezone())


def help_site_of(person: Person) -> Site | None:
    """Return the place whose help card a person should see: that of their first group, else of their organisation."""
    group = groups_for(person).first()
    return group.site if group else person.organisation.sites.order_by("name", "pk").first()


def links_of(person: Person) -> QuerySet[SignInLink]:
    """Return a person's sign-in links that would still work."""
    return person.sign_in_links.filter(UNUSED, ends_at__gt=timezone.now()).order_by("-made_at", "pk")


def link_with(token: str) -> SignInLink | None:
    """Return the sign-in link with this token, whatever has become of it."""
    return SignInLink.objects.select_related("person").filter(token_hash=hash_of(token)).first()


def hash_of(token: str) -> str:
    """Return what is kept of a token: it has 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def place(of: Organisation | Site | Group) -> Place:
    """Return a part of an organisation as a place."""
    if isinstance(of, Group):
        return Place(of.site.organisation_id, of.site_id, of.pk)
    if isinstance(of, Site):
        return Place(of.organisation_id, of.pk)
    return Place(of.pk)


def coordinated_by(person: Person) -> list[Place]:
    """Return the places somebody coordinates."""
    return [place(role.place) for role in roles_of(person).filter(kind=Role.Kind.COORDINATOR)]


def another_coordinator_remains(organisation_id: int, *, without: Person) -> bool:
    """Tell whether somebody else who is still here coordinates the whole organisation."""
    return (
        Role.objects.filter(kind=Role.Kind.COORDINATOR, organisation=organisation_id, person__is_active=True)
        .exclude(person=without)
        .exists()
    )


def _people_with(kind: Role.Kind, group: Group, where: Q) -> QuerySet[Person]:
    role = Role.objects.filter(where, person=OuterRef("pk"), kind=kind)
    here = Person.objects.filter(Exists(role), organisation=group.site.organisation_id, is_active=True)
    return here.order_by("name", "pk")
