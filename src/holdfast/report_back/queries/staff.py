"""The desk of a staff page: its addresses, what may hang in common areas, and who may decide about what."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, has_role, one_of
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import programmes_as
from holdfast.refusals import Refused
from holdfast.report_back.models import PUBLISHED, Answer, Concern, LetGoItem, OursItem, Progress, StaffLink

LOOKS_AFTER_THE_PAGE = (Role.Kind.FACILITATOR, Role.Kind.LEADER, Role.Kind.COORDINATOR)
T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Sides:
    """For whom somebody may mark things for common areas: the group, its leaders, both or neither."""

    group: bool
    leader: bool


@dataclass(frozen=True, slots=True)
class Strikes:
    """Whose words somebody may remove: the group's, leadership's, both or neither. A coordinator may remove all."""

    group: bool
    leader: bool


def programme_to_show(person: Person, programme_id: int) -> Programme:
    """Return a programme whose staff page somebody looks after. Raises Http404."""
    return one_of(programmes_as(person, LOOKS_AFTER_THE_PAGE).filter(pk=programme_id))


def address_of(programme: Programme, *, scope: str) -> StaffLink | None:
    """Return the address in use, if there is one."""
    return programme.staff_links.filter(scope=scope, ended_at__isnull=True).first()


def sides_of(person: Person, group: Group) -> Sides:
    """Tell for which side somebody speaks."""
    facilitates, leads = (has_role(person, kind, group=group) for kind in (Role.Kind.FACILITATOR, Role.Kind.LEADER))
    return Sides(group=facilitates, leader=leads)


def strikes_of(person: Person, group: Group) -> Strikes:
    """Tell whose words somebody may remove: a leader who removed what the group said would be judge of it."""
    coordinates = has_role(person, Role.Kind.COORDINATOR, group=group)
    sides = sides_of(person, group)
    return Strikes(group=coordinates or sides.group, leader=coordinates or sides.leader)


def check_strikes(person: Person, group: Group, *, leader: bool) -> None:
    """Let only those pass who may remove words of this side; who looks after the page otherwise is told whom to ask.

    Raises Refused.
    """
    may = strikes_of(person, group)
    if leader and not may.leader:
        raise Refused("report_back.words_of_leadership", status=403)
    if not leader and not may.group:
        raise Refused("report_back.words_of_the_group", status=403)


def concern_to_show(person: Person, concern_id: int) -> Concern:
    """Return something handed over, for those who look after the page. Raises Http404."""
    return one_of(_with_place(Concern.objects.filter(pk=concern_id, programme__group__in=_groups(person))))


def ours_to_show(person: Person, item_id: int) -> OursItem:
    """Return one thing of a group's own list, for those who look after the page. Raises Http404."""
    return one_of(_with_place(OursItem.objects.filter(pk=item_id, programme__group__in=_groups(person))))


def let_go_to_show(person: Person, item_id: int) -> LetGoItem:
    """Return one thing of a group's let-go list, for those who look after the page. Raises Http404."""
    return one_of(_with_place(LetGoItem.objects.filter(pk=item_id, programme__group__in=_groups(person))))


def answer_to_show(person: Person, answer_id: int) -> Answer:
    """Return a published answer, for those who look after the page. Raises Http404."""
    answers = Answer.objects.filter(PUBLISHED, pk=answer_id, concern__programme__group__in=_groups(person))
    return one_of(answers.select_related("concern__programme__group__site"))


def progress_to_show(person: Person, progress_id: int) -> Progress:
    """Return something that has moved, for those who look after the page. Raises Http404."""
    steps = Progress.objects.filter(pk=progress_id, answer__concern__programme__group__in=_groups(person))
    return one_of(steps.select_related("answer__concern__programme__group__site"))


def check_speaks_for(person: Person, group: Group, *, leader: bool) -> None:
    """Let only those pass who speak for this side. Raises Http404."""
    sides = sides_of(person, group)
    if not (sides.leader if leader else sides.group):
        raise Http404


def _groups(person: Person) -> QuerySet[Group]:
    return groups_for(person, LOOKS_AFTER_THE_PAGE).order_by()


def _with_place(found: QuerySet[T]) -> QuerySet[T]:
    return found.select_related("programme__group__site")
