"""Writing relief plans, and where the steps are at home."""

from collections.abc import Mapping

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme, Relief, StepAtHome
from holdfast.programmes.queries import today_at
from holdfast.programmes.rules.companion import Lighter


@transaction.atomic
def plan_relief(programme: Programme, *, places: Mapping[str, Lighter], again: bool, by: Person) -> None:
    """Write what is made lighter at each place. again: it was looked at beside what section 4 brought, today."""
    today = today_at(programme)
    for place, one in places.items():
        said = {**one._asdict(), **({"looked_again_on": today} if again else {})}
        Relief.objects.update_or_create(programme=programme, place=place, defaults=said)
    record("programmes.relief_planned", by=by.pk, on=programme.pk)


@transaction.atomic
def map_steps(programme: Programme, *, steps: Mapping[str, tuple[str, str]], by: Person) -> None:
    """Write for each step where it is known from, and what common words for it would change."""
    for step, (known_from, would_change) in steps.items():
        said = {"known_from": known_from, "would_change": would_change}
        StepAtHome.objects.update_or_create(programme=programme, step=step, defaults=said)
    record("programmes.steps_mapped", by=by.pk, on=programme.pk)
