"""Asking the unknown author of a note to say more, and gathering what comes back in envelopes from every phone."""

from django.db import IntegrityError, transaction

from holdfast.audit.actions import record
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Asked, Round
from holdfast.gatherings.rules import LONGEST_QUESTION, clean_text
from holdfast.people.models import Person
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer

MOST_QUESTIONS = 40


def ask_about_note(found: Round, *, note: int, words: str, by: Person) -> Asked:
    """Ask, on every screen, about a note that is shown, once; two desks that ask have asked once. Raises Refused.

    What is kept says who asked; of who answers nothing is kept anywhere.
    """
    words = " ".join(clean_text(words).split())
    if not words or len(words) > LONGEST_QUESTION:
        raise Refused("gatherings.question_words", {"most": LONGEST_QUESTION}, status=422)
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if not found.gathers or found.phase != Round.Phase.REVEALED:
            raise Refused("gatherings.round_has_moved_on")
        if note not in {card.id for card in HUB.glance(found.room_id, Viewer.PARTICIPANT).cards}:
            raise Refused("gatherings.note_not_shown")
        if found.asked.count() >= MOST_QUESTIONS:
            raise Refused("gatherings.questions_enough", {"most": MOST_QUESTIONS})
        try:
            with transaction.atomic():
                asked = Asked.objects.create(round=found, note=note, words=words, by=by)
        except IntegrityError:
            raise Refused("gatherings.asked_before") from None
        record("round.asked", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return asked


def gather_envelopes(found: Round, *, asked_id: int, by: Person) -> None:
    """Let every phone send its envelope for a question now; asked twice it is gathered once. Raises Refused."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase != Round.Phase.REVEALED:
            raise Refused("gatherings.round_has_moved_on")
        if found.asked.filter(pk=asked_id, gathered=False).update(gathered=True):
            record("round.gathered_answers", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
