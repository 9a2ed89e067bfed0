"""What a person may see of what others chose to share, and the pages they look at alone."""

from dataclasses import replace

from django.db.models import Q, QuerySet
from django.http import Http404

from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for, one_of, people_who
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import MEMBERS, leaders_of, programme_led, programmes_as
from holdfast.programmes.queries.companion import briefing_of, questions_of
from holdfast.surveys.models import Shared
from holdfast.surveys.reflections import FOR_EVERYBODY, REFLECTIONS, SHARING, Ask, Kind, Reflection


def reflection(programme: Programme, leader: Person, kind: str, section: int) -> Reflection:
    """Return one page to look at alone; what one would share is asked question by question. Raises Http404."""
    if kind == Kind.SHARING:
        asked = questions_of(briefing_of(programme, leader, section))
        if not asked:
            raise Http404
        return replace(SHARING, asks=[Ask(one.key, one.prompt, one.hints) for one in asked])
    if section or kind not in set(REFLECTIONS):
        raise Http404
    return REFLECTIONS[Kind(kind)]


def shared_of(programme: Programme, owner: Person, kind: str, section: int) -> Shared | None:
    """Return what somebody chose to share of one reflection."""
    return Shared.objects.filter(programme=programme, owner=owner, kind=kind, section=section).first()


def programme_of_member(person: Person, programme_id: int) -> Programme:
    """Return one programme whose group somebody facilitates, leads or takes part in. Raises Http404."""
    return one_of(programmes_as(person, MEMBERS).filter(pk=programme_id))


def programme_to_reflect_in(person: Person, programme_id: int, kind: str) -> Programme:
    """Return one programme in which somebody may look at this alone: a member of its group, or its leader.

    Raises Http404.
    """
    if kind in set(FOR_EVERYBODY):
        return programme_of_member(person, programme_id)
    return programme_led(person, programme_id)


def shared_with(person: Person, programme: Programme) -> QuerySet[Shared]:
    """Return what people of a group shared with somebody: the group's part, the facilitators' part, and their own.

    Whoever has left the group is no longer read there.
    """
    seen = Q(audience=Shared.Audience.GROUP) | Q(owner=person)
    if groups_for(person, (Role.Kind.FACILITATOR,)).filter(pk=programme.group_id).exists():
        seen |= Q(audience=Shared.Audience.FACILITATORS)
    kinds = (Role.Kind.PARTICIPANT, Role.Kind.FACILITATOR)
    here = Q(owner__in=leaders_of(programme.group).order_by())
    for kind in kinds:
        here |= Q(owner__in=people_who(kind, programme.group).order_by())
    theirs = Shared.objects.filter(seen, here, programme=programme)
    return theirs.select_related("owner").order_by("-shared_on", "owner__name", "pk")


def programmes_with_shared(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which somebody shared something with the group one takes part in."""
    theirs = groups_for(person, (Role.Kind.PARTICIPANT,)).order_by()
    told = Shared.objects.filter(audience=Shared.Audience.GROUP).values("programme")
    found = Programme.objects.filter(group__in=theirs, pk__in=told)
    return found.select_related("group").order_by("group__name", "pk")
