"""What a person may see of dates: their own in all their groups, whose address one is, and whom a change concerns."""

from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, one_of, people_nearest
from holdfast.programmes.models import DatesAddress, Gathering, Programme, Sitting
from holdfast.programmes.queries.over import meets_again
from holdfast.programmes.queries.plan import EVERYBODY, GROUP_AND_PLACE

MEMBERS = (Role.Kind.PARTICIPANT, Role.Kind.FACILITATOR, Role.Kind.LEADER)
"""Whose sessions these are: coordinators read plans, but do not come."""

KEPT_PAST = timedelta(days=120)
"""How long what is over stays in the calendar of a phone."""

FURTHER = Prefetch("further_sittings", Sitting.objects.order_by("starts_at", "pk"))


def dates_of(person: Person) -> QuerySet[Gathering]:
    """Return the sessions of the groups somebody takes part in, facilitates or leads, cancelled ones included."""
    mine = groups_for(person, MEMBERS).order_by()
    going_on = {"programme__group__in": mine, "programme__archiving__isnull": True}
    return _dated().filter(**going_on).order_by("starts_at", "pk")


def belongs_to(person: Person, programme: Programme) -> bool:
    """Tell whether somebody takes part in the group of a programme, facilitates it or leads it."""
    return groups_for(person, MEMBERS).filter(pk=programme.group_id).exists()


def coming_dates_of(person: Person) -> QuerySet[Gathering]:
    """Return those of somebody's dates that are not over yet, a further sitting included."""
    return dates_of(person).filter(meets_again(timezone.now()))


def cancelled_ahead(person: Person) -> QuerySet[Gathering]:
    """Return the sessions somebody might still come to in vain: cancelled, and not over yet."""
    return dates_of(person).filter(cancelled_at__isnull=False, ends_at__gt=timezone.now())


def dates_to_keep(person: Person) -> QuerySet[Gathering]:
    """Return what stands in the calendar of somebody's phone: what comes, and what was in the last months."""
    now = timezone.now()
    return dates_of(person).filter(Q(ends_at__gt=now - KEPT_PAST, ends_at__lte=now) | meets_again(now))


def gathering_to_note(person: Person, gathering_id: int) -> Gathering:
    """Return one session whose date somebody may know: a member's, or a reader's of its plan. Raises Http404."""
    theirs = groups_for(person, EVERYBODY).order_by()
    return one_of(_dated().filter(pk=gathering_id, programme__group__in=theirs))


def dates_address_of(person: Person) -> DatesAddress | None:
    """Return the address under which somebody's dates can be read now."""
    return DatesAddress.objects.filter(person=person, ended_at__isnull=True).first()


def person_at(token: str) -> Person:
    """Return whose dates stand at an address that has not ended. Raises Http404; somebody who left has none."""
    standing = DatesAddress.objects.filter(token=token, ended_at__isnull=True, person__is_active=True)
    return one_of(standing.select_related("person")).person


def told_about(group: Group) -> list[Person]:
    """Return whom a change of a date concerns: of each kind of member those nearest to the group."""
    return list({person.pk: person for kind in MEMBERS for person in people_nearest(kind, group)}.values())


def _dated() -> QuerySet[Gathering]:
    programmes = Programme.objects.select_related("pack", GROUP_AND_PLACE).defer("pack__content")
    return Gathering.objects.prefetch_related(FURTHER, Prefetch("programme", programmes))  # one for all its sessions
