"""What a room of few can do instead of writing without names: one person types what the group says aloud."""

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import kind_of, scribe
from holdfast.gatherings.models import Round
from holdfast.people.models import Person
from holdfast.programmes.models import Mode
from holdfast.refusals import Refused


def let_one_type(found: Round, *, by: Person) -> Round:
    """Hold an activity with a scribe instead, before anybody has written in it; the plan stays. Raises Refused."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.rules is scribe:
            return found
        if (
            found.phase != Round.Phase.PROMISE
            or found.setup.get("joined")
            or kind_of(found.kind, Mode.SCRIBE) is not scribe
        ):
            raise Refused("gatherings.round_has_moved_on")
        found.mode, found.phase, found.writing_since = Mode.SCRIBE, Round.Phase(scribe.FIRST), timezone.now()
        found.save(update_fields=["mode", "phase", "writing_since"])
        record("round.scribe_instead", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found
