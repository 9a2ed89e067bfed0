"""Threads between a team and its coach: read by the coach, and by the team or only by whoever asked."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from holdfast.people.models import Group, Person
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import GROUP_AND_PLACE, programmes_as
from holdfast.support.models import HelpMessage, HelpRequest
from holdfast.support.queries.coaching import TEAM, coached_groups
from holdfast.support.rules import State

TOGETHER = f"programme__{GROUP_AND_PLACE}"
COACH, TEAM_SIDE = "coach", "team"


def programmes_to_ask_for(person: Person) -> QuerySet[Programme]:
    """Return the programmes somebody may ask a coach about: of groups they lead or facilitate."""
    return programmes_as(person, TEAM).order_by("-started_on", "pk")


def programme_to_ask_for(person: Person, programme_id: int) -> Programme:
    """Return one programme somebody may ask a coach about. Raises Http404."""
    return one_of(programmes_to_ask_for(person).filter(pk=programme_id))


def may_ask(person: Person, group: Group) -> bool:
    """Tell whether somebody leads or facilitates this group."""
    return groups_for(person, TEAM).filter(pk=group.pk).exists()


def requests_for(person: Person) -> QuerySet[HelpRequest]:
    """Return the threads somebody reads: as a coach, or as one of the team; what waits first, the newest first."""
    coached = Q(Exists(coached_groups(person).order_by().filter(pk=OuterRef("programme__group"))))
    team = Q(Exists(groups_for(person, TEAM).order_by().filter(pk=OuterRef("programme__group"))))
    mine = Q(mine_alone=False) | Q(asked_by=person)
    return (
        HelpRequest.objects.filter(coached | (team & mine))
        .select_related(TOGETHER, "asked_by")
        .order_by("-moved_at", "pk")
    )


def check_sees_requests(person: Person) -> None:
    """Let only those pass who may ask or be asked. Raises Http404."""
    if not (groups_for(person, TEAM).exists() or coached_groups(person).exists()):
        raise Http404


def request_for(person: Person, request_id: int) -> HelpRequest:
    """Return one thread somebody reads. Raises Http404."""
    return one_of(requests_for(person).filter(pk=request_id))


def side_of(person: Person, request: HelpRequest) -> str:
    """Return on whose side somebody writes here; whoever is both writes as one of the team that asked."""
    return TEAM_SIDE if may_ask(person, request.programme.group) else COACH


def turns_of(request: HelpRequest) -> QuerySet[HelpMessage]:
    """Return what was written, in order."""
    return request.messages.select_related("written_by").order_by("number", "pk")


def waiting_for_coach(person: Person) -> QuerySet[HelpRequest]:
    """Return what waits for a coach's word, the longest first."""
    theirs = HelpRequest.objects.filter(
        Exists(coached_groups(person).order_by().filter(pk=OuterRef("programme__group"))), state=State.ASKED
    )
    return theirs.select_related(TOGETHER).order_by("moved_at", "pk")
