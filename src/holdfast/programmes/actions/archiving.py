"""Putting a programme out of the way and taking it up again; deleting one that was only tried."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.deleting import take_along
from holdfast.programmes.models import Programme
from holdfast.programmes.models.archiving import Archiving
from holdfast.refusals import Refused


@transaction.atomic
def archive_programme(programme: Programme, *, by: Person) -> None:
    """Put a programme out of the way; archiving it twice changes nothing."""
    defaults = {"archived_on": timezone.localdate(), "archived_by": by}
    _archiving, is_new = Archiving.objects.get_or_create(programme=programme, defaults=defaults)
    if is_new:
        record("programmes.archived", by=by.pk, on=programme.pk)


@transaction.atomic
def take_up_programme(programme: Programme, *, by: Person) -> None:
    """Take an archived programme up again; where none was archived nothing changes."""
    taken_away, _rows = Archiving.objects.filter(programme=programme).delete()
    if taken_away:
        record("programmes.taken_up", by=by.pk, on=programme.pk)


@transaction.atomic
def delete_programme(programme: Programme, *, by: Person) -> None:
    """Delete a programme that was only tried: none of its sessions was ever opened, nothing was handed over.

    Raises Refused for every other one: what people did or said is archived, not deleted.
    """
    key = programme.pk
    take_along(programme)
    try:
        programme.delete()
    except ProtectedError as error:
        raise Refused("programmes.has_history") from error
    record("programmes.deleted", by=by.pk, on=key)
