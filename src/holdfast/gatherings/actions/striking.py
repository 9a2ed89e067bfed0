"""Removing words that name somebody from everything a programme's meetings keep."""

from functools import partial

from django.db import transaction

from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Driver, DriverStep, Room, Round
from holdfast.gatherings.rules import LONGEST_WORDING
from holdfast.programmes.models import Programme
from holdfast.voices import actions as voice_actions
from holdfast.voices.queries import sealed_notes_of


def strike_words(programme: Programme, *, wording: str) -> None:
    """Empty every driver of a programme with these words, its steps, and each sealed note that says just them.

    Called inside the transaction of whoever strikes; notes live in another database and are struck first, for good.
    """
    rounds = Round.objects.filter(room__gathering__programme=programme, kind="gather").values_list("pk", flat=True)
    for round_id, notes in sealed_notes_of(list(rounds)).items():
        for note in notes:
            if note.text[:LONGEST_WORDING] == wording:
                voice_actions.strike(round_id=round_id, note_id=note.id)
    Driver.objects.filter(gathering__programme=programme, wording=wording).update(wording="", agreed=False)
    for step in DriverStep.objects.filter(gathering__programme=programme).order_by("pk"):
        _forget(step, wording)
    rooms = Room.objects.filter(gathering__programme=programme, ended_at__isnull=True).values_list("pk", flat=True)
    for room_id in list(rooms):
        transaction.on_commit(partial(HUB.refresh, room_id))


def _forget(step: DriverStep, wording: str) -> None:
    before = [
        {**fields, "wording": "", "agreed": False} if fields.get("wording") == wording else fields
        for fields in step.before
    ]
    words = "" if step.words == wording else step.words
    if before != step.before or words != step.words:
        step.before, step.words = before, words
        step.save(update_fields=["before", "words"])
