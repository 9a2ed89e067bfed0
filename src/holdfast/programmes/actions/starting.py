"""Writing what a programme stands on: values, gaps, readiness, leaders' parts, hand-over, circle and pledges."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.people.queries import leads
from holdfast.programmes import queries
from holdfast.programmes.models import (
    WHOLE_PROGRAMME,
    CircleAgreement,
    Commitment,
    Gap,
    HandOver,
    LeaderTakesPart,
    Pledge,
    Programme,
    Readiness,
    StepMark,
    Values,
)
from holdfast.programmes.starting_words import pledge_words
from holdfast.refusals import Refused

MOST_CIRCLE_AGREEMENTS = 12


@transaction.atomic
def mark_step(programme: Programme, *, step: str, kind: str, by: Person) -> None:
    """Say `not_now` or `done` about a step, or with an empty kind take back what was said."""
    if kind:
        said = {"kind": kind, "marked_by": by, "marked_on": queries.today_at(programme)}
        StepMark.objects.update_or_create(programme=programme, step=step, defaults=said)
    else:
        StepMark.objects.filter(programme=programme, step=step).delete()
    record("programmes.step_marked", by=by.pk, on=programme.pk)


@transaction.atomic
def write_values(programme: Programme, *, ours: str, meet: str, missing_voices: str, by: Person) -> Values:
    """Write the organisation's values, where they meet the toolkit's, and whose voices are missing."""
    said = {"ours": ours, "meet": meet, "missing_voices": missing_voices}
    signed = {"written_by": by, "written_on": queries.today_at(programme)}
    values, _made = Values.objects.update_or_create(programme=programme, defaults={**said, **signed})
    record("programmes.values_written", by=by.pk, on=values.pk)
    return values


@transaction.atomic
def note_gap(programme: Programme, *, kind: str, text: str, coaching_step: str, look_again_on: date, by: Person) -> Gap:
    """Note what the team lacks, with one step and a day to look again."""
    gap = Gap.objects.create(
        programme=programme, kind=kind, text=text, coaching_step=coaching_step, look_again_on=look_again_on,
        noted_by=by, noted_on=queries.today_at(programme),
    )  # fmt: skip
    record("programmes.gap_noted", by=by.pk, on=gap.pk)
    return gap


@transaction.atomic
def change_gap(
    gap: Gap, *, kind: str, text: str, coaching_step: str, look_again_on: date, came_of_it: str, by: Person
) -> Gap:
    """Change a gap, or close it by saying what came of it; emptied again, it is open again."""
    gap = Gap.objects.select_for_update().select_related("programme__group__site").get(pk=gap.pk)
    gap.kind, gap.text, gap.coaching_step, gap.look_again_on = kind, text, coaching_step, look_again_on
    gap.came_of_it = came_of_it
    gap.closed_on = (gap.closed_on or queries.today_at(gap.programme)) if came_of_it else None
    gap.save(update_fields=["kind", "text", "coaching_step", "look_again_on", "came_of_it", "closed_on"])
    record("programmes.gap_changed", by=by.pk, on=gap.pk)
    return gap


@transaction.atomic
def remove_gap(gap: Gap, *, by: Person) -> None:
    """Take a gap off the list."""
    key = gap.pk
    gap.delete()
    record("programmes.gap_removed", by=by.pk, on=key)


@transaction.atomic
def look_at_readiness(
    programme: Programme, *, answers: Mapping[str, str], notes: Mapping[str, str], by: Person
) -> Readiness:
    """Keep how ready the team says it is today; looked at again on the same day, the later words stand for the day."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    said = {"answers": dict(answers), "notes": dict(notes), "looked_by": by}
    day = queries.today_at(programme)
    looked, _made = Readiness.objects.update_or_create(programme=programme, looked_on=day, defaults=said)
    record("programmes.readiness_looked_at", by=by.pk, on=looked.pk)
    return looked


@transaction.atomic
def choose_parts(programme: Programme, *, leader: Person, whole: str, sections: Mapping[int, str], by: Person) -> None:
    """Say in which way a leader is there, for the whole programme and where a section differs. Raises Refused."""
    if not leads(leader, programme.group):
        raise Refused("programmes.leads_no_more", {"name": leader.name})
    chosen = {WHOLE_PROGRAMME: whole} | {n: part for n, part in sections.items() if part and part != whole}
    LeaderTakesPart.objects.filter(programme=programme, leader=leader).delete()
    LeaderTakesPart.objects.bulk_create(
        LeaderTakesPart(programme=programme, leader=leader, section=n, part=part) for n, part in chosen.items() if part
    )
    record("programmes.leaders_part_chosen", by=by.pk, on=programme.pk)


@transaction.atomic
def write_hand_over(
    programme: Programme, *, how_we_work: str, promised: str, open_things: str, where_things_are: str, by: Person
) -> HandOver:
    """Write what whoever comes next must know."""
    said = {"how_we_work": how_we_work, "promised": promised, "open_things": open_things}
    signed = {"where_things_are": where_things_are, "written_by": by, "written_on": queries.today_at(programme)}
    page, _made = HandOver.objects.update_or_create(programme=programme, defaults={**said, **signed})
    record("programmes.hand_over_written", by=by.pk, on=page.pk)
    return page


@transaction.atomic
def answer_commitment(programme: Programme, *, answer: str, by: Person) -> None:
    """Say for oneself whether one wants to take part; a later answer replaces the earlier one."""
    Commitment.objects.update_or_create(programme=programme, member=by, defaults={"answer": answer})
    record("programmes.commitment_answered", by=by.pk, on=programme.pk)


@transaction.atomic
def add_circle_agreement(programme: Programme, *, text: str, by: Person) -> CircleAgreement:
    """Add a sentence of the group on how its circle meets. Raises Refused."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.circle_agreements.count() >= MOST_CIRCLE_AGREEMENTS:
        raise Refused("programmes.circle_is_full", {"most": MOST_CIRCLE_AGREEMENTS})
    last: int | None = programme.circle_agreements.aggregate(last=Max("position"))["last"]
    agreement = CircleAgreement.objects.create(
        programme=programme, position=(last or 0) + 1, text=text, agreed_on=queries.today_at(programme)
    )
    record("programmes.circle_agreement_added", by=by.pk, on=agreement.pk)
    return agreement


@transaction.atomic
def change_circle_agreement(agreement: CircleAgreement, *, text: str, by: Person) -> CircleAgreement:
    """Say a sentence of the circle better."""
    agreement.text, agreement.agreed_on = text, queries.today_at(agreement.programme)
    agreement.save(update_fields=["text", "agreed_on"])
    record("programmes.circle_agreement_changed", by=by.pk, on=agreement.pk)
    return agreement


@transaction.atomic
def remove_circle_agreement(agreement: CircleAgreement, *, by: Person) -> None:
    """Take a sentence out of the circle's agreements."""
    key = agreement.pk
    agreement.delete()
    record("programmes.circle_agreement_removed", by=by.pk, on=key)


@transaction.atomic
def give_pledge(programme: Programme, *, by: Person) -> Pledge:
    """Give one's word as a leader of the group, in the wording shown now. Raises Refused."""
    if not leads(by, programme.group):
        raise Refused("programmes.leads_no_more", {"name": by.name})
    try:
        with transaction.atomic():
            pledge = Pledge.objects.create(
                programme=programme, leader=by, wording=pledge_words(), accepted_on=queries.today_at(programme)
            )
    except IntegrityError as error:
        raise Refused("programmes.already_pledged") from error
    record("programmes.pledge_given", by=by.pk, on=pledge.pk)
    return pledge


@transaction.atomic
def take_back_pledge(programme: Programme, *, by: Person) -> None:
    """Take one's word back; both days stay on record, and the group no longer sees the name."""
    standing = Pledge.objects.filter(programme=programme, leader=by, taken_back_on__isnull=True)
    if standing.update(taken_back_on=queries.today_at(programme)):
        record("programmes.pledge_taken_back", by=by.pk, on=programme.pk)
