"""Removing words that name somebody from everything a programme's meetings keep."""

import logging
from functools import partial

from django.db import transaction

from holdfast.erasing import empty_the_log
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Driver, DriverStep, Parked, Room, Round, Saying
from holdfast.gatherings.rules import LONGEST_WORDING
from holdfast.programmes.models import Gathering, Programme
from holdfast.voices import actions as voice_actions
from holdfast.voices.queries import sealed_notes_of

LOG = logging.getLogger("holdfast.gatherings")


def strike_words(programme: Programme, *, wording: str, only: Gathering | None = None) -> None:
    """Empty every driver of a programme with these words, its steps, and each note or entry that says just them.

    only: one session, whose practice run must not reach what was really said in others.
    Called inside the transaction of whoever strikes; notes live in another database and are struck first, for good.
    """
    sessions = [only] if only else list(Gathering.objects.filter(programme=programme).order_by("pk"))
    rounds = Round.objects.filter(room__gathering__in=sessions, kind="gather").values_list("pk", flat=True)
    for round_id, notes in sealed_notes_of(list(rounds)).items():
        for note in notes:
            if note.text[:LONGEST_WORDING] == wording:
                voice_actions.strike(round_id=round_id, note_id=note.id)
    for saying in Saying.objects.filter(round__room__gathering__in=sessions, withdrawn=False).order_by("pk"):
        if wording in {text[:LONGEST_WORDING] for text in saying.parts.values()}:
            take_words_away(saying)
    Driver.objects.filter(gathering__in=sessions, wording=wording).update(wording="", agreed=False)
    if only is None:
        _forget_what_is_kept(programme, wording)
    for step in DriverStep.objects.filter(gathering__in=sessions).order_by("pk"):
        _forget(step, wording)
    for alias in ("default", "voices"):
        transaction.on_commit(partial(leave_no_trace, alias), using=alias)
    rooms = Room.objects.filter(gathering__in=sessions, ended_at__isnull=True).values_list("pk", flat=True)
    for room_id in list(rooms):
        transaction.on_commit(partial(HUB.refresh, room_id))


def take_words_away(saying: Saying) -> None:
    """Empty an entry: its words, its name, its day; it stays so that a copy still on its way stays away."""
    saying.place, saying.parts, saying.name, saying.by_when = "", {}, "", None
    saying.withdrawn, saying.rev = True, max(saying.rev, 1)
    saying.save()


def words_made_of(found: Round, note_id: int) -> list[str]:
    """Return the wordings that one sealed note alone became, where likes are being brought together already."""
    drivers = found.room.gathering.drivers.exclude(wording="").order_by("pk")
    return [driver.wording for driver in drivers if driver.sources == [str(note_id)]]


def leave_no_trace(alias: str) -> None:
    """Empty the log of a database: until then it holds the page with the words. The log says when it stays."""
    if not empty_the_log(alias):
        LOG.warning("struck words stay in the write-ahead log of %s until it is emptied next", alias)


def _forget_what_is_kept(programme: Programme, wording: str) -> None:
    for parked in Parked.objects.filter(programme=programme).order_by("pk"):
        if parked.text[:LONGEST_WORDING] == wording:
            parked.delete()


def _forget(step: DriverStep, wording: str) -> None:
    before = [
        {**fields, "wording": "", "agreed": False} if fields.get("wording") == wording else fields
        for fields in step.before
    ]
    words = "" if step.words == wording else step.words
    if before != step.before or words != step.words:
        step.before, step.words = before, words
        step.save(update_fields=["before", "words"])
