"""What a person may see of getting ready; what single members said about taking part is for themselves alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils import timezone

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import leads, one_of, people_who
from holdfast.privacy.rounding import coarse
from holdfast.programmes import rules
from holdfast.programmes.models import (
    CircleAgreement,
    Commitment,
    Gap,
    HandOver,
    LeaderTakesPart,
    Pledge,
    Programme,
    Readiness,
    Values,
)
from holdfast.programmes.queries.calendar import sections_of
from holdfast.programmes.queries.plan import ON, programmes_as, programmes_for, programmes_to_plan
from holdfast.programmes.starting_words import ANSWERS, STATES, STEPS, StepWords

BY_DAY = ("looked_on", "pk")


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of getting ready as it is listed. mark: what somebody said about it, or nothing."""

    key: str
    words: StepWords
    state: rules.StepState
    mark: str

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class LeaderView:
    """One leader of a group with their part. differs: sections in which it is another, with the part."""

    person: Person
    whole: str
    chosen: bool
    differs: Sequence[tuple[int, str]]
    pledge: Pledge | None


def today_at(programme: Programme) -> date:
    """Return the day it is where a group meets."""
    return timezone.localdate(timezone=ZoneInfo(programme.group.site.time_zone))


def leaders_of(group: Group) -> QuerySet[Person]:
    """Return who leads a group now."""
    return people_who(Role.Kind.LEADER, group)


def facilitators_of(group: Group) -> QuerySet[Person]:
    """Return who facilitates a group now."""
    return people_who(Role.Kind.FACILITATOR, group)


def programme_to_join(person: Person, programme_id: int) -> Programme:
    """Return one programme of a group in which somebody takes part. Raises Http404."""
    return one_of(programmes_to_join(person).filter(pk=programme_id))


def programmes_to_join(person: Person) -> QuerySet[Programme]:
    """Return the programmes of the groups in which somebody takes part."""
    return programmes_as(person, (Role.Kind.PARTICIPANT,))


def values_of(programme: Programme) -> Values | None:
    """Return the organisation's values as they were written for a programme."""
    return Values.objects.filter(programme=programme).select_related("written_by").first()


def gaps_of(programme: Programme) -> QuerySet[Gap]:
    """Return what the team lacks: what is open first, the soonest day to look again first."""
    return programme.gaps.order_by(F("closed_on").desc(nulls_first=True), "look_again_on", "pk")


def gap_to_change(person: Person, gap_id: int) -> Gap:
    """Return one gap of a programme somebody may read. Raises Http404."""
    theirs = Gap.objects.filter(pk=gap_id, programme__in=programmes_for(person).order_by())
    return one_of(theirs.select_related("programme__group__site__organisation"))


def looks_of(programme: Programme) -> list[Readiness]:
    """Return every look at readiness, the first one first."""
    return list(programme.readiness.select_related("looked_by").order_by(*BY_DAY))


def answer_in(look: Readiness, question: str) -> str:
    """Return the word with which one look answered a question; a dash where it was not asked then."""
    said = look.answers.get(question)
    return str(ANSWERS[rules.Ready(said)]) if said in set(rules.Ready) else "–"


def hand_over_of(programme: Programme) -> HandOver | None:
    """Return the page for whoever comes next."""
    return HandOver.objects.filter(programme=programme).select_related("written_by").first()


def circle_of(programme: Programme) -> QuerySet[CircleAgreement]:
    """Return the group's own sentences on how its circle meets."""
    return programme.circle_agreements.order_by("position", "pk")


def circle_agreement_to_plan(person: Person, agreement_id: int) -> CircleAgreement:
    """Return one sentence of a circle somebody plans for. Raises Http404."""
    theirs = CircleAgreement.objects.filter(pk=agreement_id, programme__in=programmes_to_plan(person).order_by())
    return one_of(theirs.select_related("programme__group__site__organisation"))


def pledges_of(programme: Programme) -> list[Pledge]:
    """Return the pledges that stand: given by those who lead the group now, and not taken back."""
    standing = programme.pledges.filter(taken_back_on__isnull=True, leader__in=leaders_of(programme.group).order_by())
    return list(standing.select_related("leader").order_by("accepted_on", "leader__name", "pk"))


def own_answer(programme: Programme, member: Person) -> str:
    """Return what a member said about taking part, for that member alone."""
    found = Commitment.objects.filter(programme=programme, member=member).first()
    return found.answer if found else ""


def willing(programme: Programme) -> int:
    """Return how many members want to take part, rounded down to fives: fewer than five are not told apart.

    Only yes is counted: a number of those who do not want to would be looked for among colleagues.
    """
    said = (Commitment.Answer.YES, Commitment.Answer.IF)
    still_here = people_who(Role.Kind.PARTICIPANT, programme.group).order_by()
    return coarse(programme.commitments.filter(answer__in=said, member__in=still_here).count())


def parts_of(programme: Programme) -> list[LeaderView]:
    """Return everybody who leads the group now, each with their part."""
    chosen: dict[int, dict[int, str]] = {}
    for part in LeaderTakesPart.objects.filter(programme=programme).order_by("section", "pk"):
        chosen.setdefault(part.leader_id, {})[part.section] = part.part
    pledges = {pledge.leader_id: pledge for pledge in pledges_of(programme)}
    circle = set(Role.objects.filter(group=programme.group_id, kind=Role.Kind.LEADER).values_list("person", flat=True))
    return [
        LeaderView(
            person=leader,
            whole=rules.part_of(chosen.get(leader.pk, {}), 0, of_this_group=leader.pk in circle),
            chosen=leader.pk in chosen,
            differs=[(n, part) for n, part in chosen.get(leader.pk, {}).items() if n],
            pledge=pledges.get(leader.pk),
        )
        for leader in leaders_of(programme.group)
    ]


def leaders_part(programme: Programme, leader: Person, section: int) -> str:
    """Return in which way somebody who leads a group is there in one section (0: usually)."""
    said = LeaderTakesPart.objects.filter(programme=programme, leader=leader, section__in={0, section})
    circle = Role.objects.filter(group=programme.group_id, kind=Role.Kind.LEADER, person=leader).exists()
    return rules.part_of(dict(said.values_list("section", "part")), section, of_this_group=circle)


def leader_to_place(person: Person, programme: Programme, leader_id: int) -> Person:
    """Return a leader whose part somebody may choose: planners for each, a leader for themselves. Raises Http404."""
    theirs = leaders_of(programme.group).filter(pk=leader_id)
    if not programmes_to_plan(person).filter(pk=programme.pk).exists():
        theirs = theirs.filter(pk=person.pk)
    return one_of(theirs)


def steps_of(programme: Programme) -> list[StepView]:
    """Return the steps of getting ready with where each stands."""
    facts, marks = _facts(programme), dict(programme.step_marks.values_list("step", "kind"))
    states = {step: rules.state_of(step, facts, mark=marks.get(step, "")) for step in STEPS}
    return [StepView(step.value, words, states[step], marks.get(step, "")) for step, words in STEPS.items()]


def _facts(programme: Programme) -> rules.Facts:
    values, hand_over, parts = values_of(programme), hand_over_of(programme), parts_of(programme)
    sections = [section.number for section in sections_of(programme)]
    return rules.Facts(
        sections=len(sections),
        dated=len(set(programme.gatherings.filter(ON).values_list("section", flat=True)) & set(sections)),
        leaders=len(parts),
        parted=sum(part.chosen for part in parts),
        pledged=sum(part.pledge is not None for part in parts),
        facilitators=facilitators_of(programme.group).count(),
        handed_over=hand_over is not None,
        values=values is not None and bool(values.ours),
        voices=values is not None and bool(values.missing_voices),
        looked=programme.readiness.count(),
        whys=programme.whys.values("kind").distinct().count(),
        willing=willing(programme),
        agreements=programme.circle_agreements.count(),
    )


def may_pledge(person: Person, programme: Programme) -> bool:
    """Tell whether somebody leads the group and has not given their word yet."""
    given = programme.pledges.filter(leader=person, taken_back_on__isnull=True)
    return leads(person, programme.group) and not given.exists()
