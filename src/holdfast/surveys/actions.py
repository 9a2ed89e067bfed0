"""Writing what somebody chose to share, and taking it back."""

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.surveys.models import Shared


@transaction.atomic
def share(programme: Programme, *, kind: str, section: int, text: str, audience: str, by: Person) -> Shared:
    """Share one thing of a reflection; said anew, the newer words stand."""
    said = {"text": text, "audience": audience, "shared_on": today_at(programme)}
    shared, _made = Shared.objects.update_or_create(
        programme=programme, owner=by, kind=kind, section=section, defaults=said
    )
    record("surveys.shared", by=by.pk, on=shared.pk)
    return shared


@transaction.atomic
def take_back(programme: Programme, *, kind: str, section: int, by: Person) -> None:
    """Take back what one shared; it is gone."""
    Shared.objects.filter(programme=programme, owner=by, kind=kind, section=section).delete()
    record("surveys.taken_back", by=by.pk, on=programme.pk)
