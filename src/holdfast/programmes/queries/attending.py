"""What a person may see of coming and of what keeps people from it; whoever sent an unnamed message, nobody knows."""

from collections.abc import Sequence

from django.core.signing import BadSignature, Signer
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for, one_of, people_who
from holdfast.privacy.rounding import coarse
from holdfast.programmes.models import Barrier, Coming, Gathering, Programme
from holdfast.programmes.queries.over import meets_again
from holdfast.programmes.queries.plan import GROUP_AND_PLACE, programmes_as, programmes_led

SIGNER = Signer(salt="holdfast.programmes.barrier", sep=".")
"""Without a time: an address that differed from one reader to the next would tell them apart."""


def gathering_to_answer(person: Person, gathering_id: int) -> Gathering:
    """Return a session, not over yet, of a group in which somebody takes part. Raises Http404."""
    theirs = groups_for(person, (Role.Kind.PARTICIPANT,)).order_by()
    coming = Gathering.objects.filter(meets_again(timezone.now()), pk=gathering_id, programme__group__in=theirs)
    return one_of(coming.select_related(f"programme__{GROUP_AND_PLACE}"))


def programme_to_name_in(person: Person, programme_id: int) -> Programme:
    """Return one programme of a group in which somebody takes part or which they facilitate. Raises Http404."""
    kinds = (Role.Kind.PARTICIPANT, Role.Kind.FACILITATOR)
    return one_of(programmes_as(person, kinds).filter(pk=programme_id))


def own_coming(person: Person, gatherings: Sequence[Gathering]) -> dict[int, str]:
    """Return what somebody said about these sessions, for themselves alone."""
    said = Coming.objects.filter(member=person, gathering__in=[gathering.pk for gathering in gatherings])
    return dict(said.values_list("gathering", "answer"))


def say_they_come(gathering: Gathering) -> int:
    """Return how many members say that they come, rounded down to fives. Who does not is not counted at all."""
    still_here = people_who(Role.Kind.PARTICIPANT, gathering.programme.group).order_by()
    return coarse(gathering.coming.filter(answer=Coming.Answer.YES, member__in=still_here).count())


def people_who_take_part(group: Group) -> int:
    """Return how many take part in a group: it is said before anybody writes without a name."""
    return people_who(Role.Kind.PARTICIPANT, group).count()


def barrier_token(programme: Programme) -> str:
    """Return the end of the address at which a barrier is named without a name: the same for everybody, always."""
    return SIGNER.sign(str(programme.pk))


def programme_behind(token: str) -> Programme:
    """Return the programme of such an address. Raises Http404."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        key = "0"
    going_on = Programme.objects.filter(closed_on__isnull=True, archiving__isnull=True)
    together = going_on.filter(pk=int(key)).select_related(GROUP_AND_PLACE, "pack")
    return one_of(together.defer("pack__content"))


def own_barriers(person: Person, programme: Programme) -> QuerySet[Barrier]:
    """Return what somebody named with their name, the newest first."""
    return programme.barriers.filter(sender=person).order_by("-named_on", "pk")


def cleared_for_group(programme: Programme) -> QuerySet[Barrier]:
    """Return what was done and the group may read, the newest first: kind and deed, never what was written."""
    told = programme.barriers.filter(told_group=True).only("programme", "kind", "done", "done_on")
    return told.order_by("-done_on", "pk")


def barriers_for_leader(programme: Programme) -> QuerySet[Barrier]:
    """Return everything that was named, open ones first, for those who lead the group."""
    found = programme.barriers.select_related("sender")
    return found.order_by(F("closed_on").desc(nulls_first=True), "-named_on", "pk")


def barrier_to_act_on(person: Person, barrier_id: int) -> Barrier:
    """Return one barrier of a group somebody leads. Raises Http404."""
    theirs = Barrier.objects.filter(pk=barrier_id, programme__in=programmes_led(person).order_by())
    return one_of(theirs.select_related(f"programme__{GROUP_AND_PLACE}", "sender"))


def open_barriers_led(person: Person) -> list[tuple[Programme, int]]:
    """Return the programmes somebody leads in which something keeps people from coming, with how much of it."""
    led = groups_for(person, (Role.Kind.LEADER,)).order_by()
    waiting = Barrier.objects.filter(
        closed_on__isnull=True, programme__group__in=led, programme__archiving__isnull=True
    )
    counted = dict(waiting.values_list("programme").annotate(n=Count("pk")).order_by("programme"))
    if not counted:
        return []
    together = Programme.objects.filter(pk__in=counted).select_related("group").order_by("group__name", "pk")
    return [(programme, counted[programme.pk]) for programme in together]
