"""Writing in the open: entries under a name or by a scribe, changed and taken back by whoever holds their secret."""

from django.db import transaction
from django.db.models import Max

from holdfast.audit.actions import record
from holdfast.gatherings.actions.striking import take_words_away
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds.sheets import Right, Said
from holdfast.gatherings.models import Round, Saying
from holdfast.people.models import Person
from holdfast.refusals import Refused
from holdfast.voices.rules import hash_secret

MOST_IN_A_ROUND = 400


def write_saying(round_id: int, *, said: Said, right: Right, by: Person | None = None) -> tuple[int, bool]:
    """Store or change one entry; return the rev now stored, and whether it is new. Raises Refused.

    by: the desk, whose entries anybody at the desk may change. The same request again changes nothing.
    """
    with transaction.atomic():
        found = _open(round_id, "say", by=by)
        known = _held(right, found, by=by)
        if known is None:
            if found.sayings.count() >= MOST_IN_A_ROUND:
                raise Refused("gatherings.too_many_notes", status=429)
            labelled = right.from_leader and found.leader_labelled
            known = Saying(id=right.id, round=found, from_leader=labelled, position=_place_in(found))
            known.secret = hash_secret(right.secret) if right.secret else ""
        elif known.withdrawn or right.rev <= known.rev:
            return known.rev, False
        new = known.rev == 0
        known.place, known.parts, known.name, known.by_when = said.place, said.parts, said.name, said.by_when
        known.rev = right.rev
        known.save()
        record("saying.written" if new else "saying.changed", by=by.pk if by else None, on=found.pk)
    HUB.refresh(found.room_id)
    return known.rev, new


def take_back_saying(round_id: int, *, right: Right, by: Person | None = None) -> int:
    """Empty one entry; a copy of it still on its way stays away. Return how many are gone. Raises Refused."""
    with transaction.atomic():
        found = _open(round_id, "withdraw", by=by)
        known = _held(right, found, by=by)
        if known is None:  # its withdrawal was quicker than the entry itself: the id is used up
            if found.sayings.count() >= MOST_IN_A_ROUND:
                raise Refused("gatherings.too_many_notes", status=429)
            hashed = hash_secret(right.secret) if right.secret else ""
            known = Saying(id=right.id, round=found, secret=hashed, position=_place_in(found))
        if known.withdrawn:
            return 0
        take_words_away(known)
        record("saying.taken_back", by=by.pk if by else None, on=found.pk)
    HUB.refresh(found.room_id)
    return 1


def forget_rights(found: Round) -> None:
    """When an activity is over: nobody holds a secret any more, and what was taken back is gone."""
    with transaction.atomic():
        found.sayings.filter(withdrawn=True).delete()
        found.sayings.update(secret="")


def _open(round_id: int, act: str, *, by: Person | None) -> Round:
    found = Round.objects.select_for_update().filter(pk=round_id).first()
    viewers = ("desk",) if by else ("participant", "leader")
    if found is None or not found.in_the_open or not any(act in found.rules.may(v, found.phase) for v in viewers):
        raise Refused("gatherings.not_writing_now")
    return found


def _held(right: Right, found: Round, *, by: Person | None) -> Saying | None:
    known = Saying.objects.filter(pk=right.id).first()
    if known is None:
        return None
    own = by is not None or (known.secret and known.secret == hash_secret(right.secret))
    labelled = right.from_leader and found.leader_labelled
    if known.round_id != found.pk or not own or (by is None and known.from_leader != labelled):
        raise Refused("gatherings.not_your_note")
    return known


def _place_in(found: Round) -> int:
    """Return where a new entry stands: a scribe's in order; of named ones none is kept, for it tells who was when."""
    if found.rules.LOOK == "named":
        return 0
    return (found.sayings.aggregate(last=Max("position"))["last"] or 0) + 1
