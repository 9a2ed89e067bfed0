"""Who coaches whom: by a role in their own organisation, or because another organisation invited them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from holdfast.people.models import Group, Organisation, Person, Role
from holdfast.people.queries import groups_for, one_of, people_who, whole_organisation_of
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import GROUP_AND_PLACE
from holdfast.support.models import OPEN, Invitation

ACCEPTED = OPEN & Q(accepted_by__isnull=False, accepted_by__is_active=True)
TEAM = (Role.Kind.LEADER, Role.Kind.FACILITATOR)


def coached_groups(person: Person) -> QuerySet[Group]:
    """Return the groups somebody coaches; what ended is not among them."""
    invited = Invitation.objects.filter(ACCEPTED, accepted_by=person, organisation=OuterRef("site__organisation"))
    own = Q(pk__in=groups_for(person, (Role.Kind.COACH,)).order_by().values("pk"))
    return (
        Group.objects.filter(own | Q(Exists(invited)))
        .select_related("site__organisation")
        .order_by("site__organisation__name", "site__name", "name", "pk")
    )


def asked_to_coach(person: Person) -> QuerySet[Invitation]:
    """Return the invitations that somebody accepted, or could."""
    waiting = Q(accepted_by__isnull=True, address=person.email or "")
    return Invitation.objects.filter(OPEN & (Q(accepted_by=person) | waiting))


def accepted_by(person: Person) -> QuerySet[Invitation]:
    """Return the invitations somebody accepted and has not ended."""
    return Invitation.objects.filter(OPEN, accepted_by=person).order_by("accepted_on", "pk")


def coached_programme(person: Person, programme_id: int) -> Programme:
    """Return one programme of a group somebody coaches. Raises Http404."""
    together = Programme.objects.select_related(GROUP_AND_PLACE, "pack").defer("pack__content")
    return one_of(together.filter(pk=programme_id, group__in=coached_groups(person).order_by()))


def coaches_of(group: Group) -> QuerySet[Person]:
    """Return who coaches a group and is still here."""
    invited = Invitation.objects.filter(ACCEPTED, accepted_by=OuterRef("pk"), organisation=group.site.organisation_id)
    own = Q(pk__in=people_who(Role.Kind.COACH, group).order_by().values("pk"))
    return Person.objects.filter(own | Q(Exists(invited)), is_active=True).order_by("name", "pk")


def team_of(group: Group) -> QuerySet[Person]:
    """Return who leads or facilitates a group, at whatever height, and is still here."""
    leads, facilitates = (people_who(kind, group).order_by().values("pk") for kind in TEAM)
    return Person.objects.filter(Q(pk__in=leads) | Q(pk__in=facilitates)).order_by("name", "pk")


def role_coaches_of(organisation: Organisation) -> QuerySet[Role]:
    """Return the roles of coaches that were given in the organisation itself, with their places."""
    roles = Role.objects.filter(kind=Role.Kind.COACH, person__organisation=organisation, person__is_active=True)
    return roles.select_related("person", "group__site", "site", "organisation").order_by("person__name", "pk")


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Return whom an organisation has invited and not let go, accepted or not."""
    return organisation.invitations.filter(OPEN).select_related("accepted_by").order_by("address", "pk")


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Return the invitations that wait for somebody's answer: those that went to the address they sign in with."""
    waiting = Invitation.objects.filter(OPEN, accepted_by__isnull=True, address=person.email or "")
    return waiting.select_related("organisation").order_by("organisation__name", "pk")


def invitation_to_accept(person: Person, invitation_id: int) -> Invitation:
    """Return one invitation that waits for this person's answer. Raises Http404."""
    return one_of(invitations_for(person).filter(pk=invitation_id))


def invitation_to_end(person: Person, invitation_id: int) -> Invitation:
    """Return an invitation its coach or a coordinator of the whole organisation may end. Raises Http404."""
    theirs = Invitation.objects.filter(OPEN, pk=invitation_id).select_related("organisation")
    coach = theirs.filter(Q(accepted_by=person) | Q(accepted_by__isnull=True, address=person.email or "")).first()
    return coach or one_of(theirs.filter(organisation=whole_organisation_of(person)))
