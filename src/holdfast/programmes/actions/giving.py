"""Writing down where a section's visual hangs."""

from datetime import date

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Hanging, Programme
from holdfast.refusals import Refused

MOST_PLACES = 40


@transaction.atomic
def hang_up(
    programme: Programme, *, section: int, place: str, who: str, hung_on: date, own_office: bool = False, by: Person
) -> Hanging:
    """Write down that the visual of a section hangs somewhere. Raises Refused."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.hangings.filter(section=section).count() >= MOST_PLACES:
        raise Refused("programmes.hangs_everywhere", {"most": MOST_PLACES})
    hanging = Hanging.objects.create(
        programme=programme, section=section, place=place, who=who, hung_on=hung_on, own_office=own_office
    )
    record("programmes.visual_hung", by=by.pk, on=hanging.pk)
    return hanging


@transaction.atomic
def take_down(hanging: Hanging, *, by: Person) -> None:
    """Take a place off the list where the visual hangs."""
    key = hanging.pk
    hanging.delete()
    record("programmes.visual_taken_down", by=by.pk, on=key)
