"""What a person may see of the organisation; what is not theirs looks as if it were not there."""

import hashlib
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from holdfast.people.models import Group, Organisation, Person, Role, SignInLink, Site
from holdfast.people.rules import Place

T = TypeVar("T", bound=Model)
Kinds = Collection[Role.Kind]
EVERY_KIND: Kinds = tuple(Role.Kind)
COORDINATORS: Kinds = (Role.Kind.COORDINATOR,)


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def groups_for(person: Person, kinds: Kinds = EVERY_KIND) -> QuerySet[Group]:
    """Return the groups a person's roles of these kinds cover; a role at a site or organisation covers those below."""
    role = Role.objects.filter(person=person, kind__in=kinds).filter(
        Q(group=OuterRef("pk")) | Q(site=OuterRef("site")) | Q(organisation=OuterRef("site__organisation"))
    )
    return (
        Group.objects.filter(Exists(role), site__organisation=person.organisation_id)
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
    return _one(groups_for(person, kinds).filter(pk=group_id))


def site_for(person: Person, site_id: int, kinds: Kinds = EVERY_KIND) -> Site:
    """Return one site that is the person's in one of these roles. Raises Http404."""
    return _one(sites_for(person, kinds).filter(pk=site_id))


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
    return Role.objects.filter(
        person=person, kind=Role.Kind.COORDINATOR, organisation=person.organisation_id
    ).exists()


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
    return Person.objects.filter(Exists(Role.objects.filter(person=OuterRef("pk"), group=group)), is_active=True).order_by(
        "name", "pk"
    )


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


def person_for(coordinator: Person, person_id: int) -> Person:
    """Return somebody a coordinator looks after. Raises Http404."""
    return _one(people_for(coordinator).filter(pk=person_id))


def role_for(coordinator: Person, role_id: int) -> Role:
    """Return a role of somebody a coordinator looks after. Raises Http404."""
    return _one(Role.objects.filter(pk=role_id, person__in=people_for(coordinator).order_by()))


def roles_of(person: Person) -> QuerySet[Role]:
    """Return a person's roles with their places."""
    return person.roles.select_related("group__site", "site", "organisation").order_by("kind", "pk")


def link_for(coordinator: Person, link_id: int) -> SignInLink:
    """Return a sign-in link of somebody a coordinator looks after. Raises Http404."""
    return _one(SignInLink.objects.filter(pk=link_id, person__in=people_for(coordinator).order_by()))


def links_of(person: Person) -> QuerySet[SignInLink]:
    """Return a person's sign-in links that would still work."""
    return person.sign_in_links.filter(
        used_at__isnull=True, revoked_at__isnull=True, ends_at__gt=timezone.now()
    ).order_by("-made_at", "pk")


def link_with(token: str) -> SignInLink | None:
    """Return the sign-in link with this token, whatever has become of it."""
    return SignInLink.objects.select_related("person").filter(token_hash=hash_of(token)).first()


def hash_of(token: str) -> str:
    """Return what is kept of a token: it has 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def place_of(role: Role) -> Place:
    """Return where a role holds."""
    if role.group:
        return place(role.group)
    held_at = role.site or role.organisation
    if held_at is None:
        raise ValueError(f"role {role.pk} is for nothing")
    return place(held_at)


def place(of: Organisation | Site | Group) -> Place:
    """Return a part of an organisation as a place."""
    if isinstance(of, Group):
        return Place(of.site.organisation_id, of.site_id, of.pk)
    if isinstance(of, Site):
        return Place(of.organisation_id, of.pk)
    return Place(of.pk)


def coordinated_by(person: Person) -> list[Place]:
    """Return the places somebody coordinates."""
    return [place_of(role) for role in roles_of(person).filter(kind=Role.Kind.COORDINATOR)]


def another_coordinator_remains(organisation_id: int, *, without: Person) -> bool:
    """Tell whether somebody else who is still here coordinates the whole organisation."""
    return (
        Role.objects.filter(kind=Role.Kind.COORDINATOR, organisation=organisation_id, person__is_active=True)
        .exclude(person=without)
        .exists()
    )


def _one(found: QuerySet[T]) -> T:
    one = found.first()
    if one is None:
        raise Http404
    return one
