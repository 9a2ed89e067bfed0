"""What can still be done with sealed notes: show one that came late, hold one, strike one that names somebody."""

from django.db import transaction

from holdfast.voices.models import Note


def set_standing(*, round_id: int, note_id: int, standing: str) -> bool:
    """Show or hold a sealed note; tell whether there was such a note. A struck one stays struck."""
    if standing not in {Note.Standing.SHOWN, Note.Standing.HELD}:
        raise ValueError(standing)
    with transaction.atomic(using="voices"):
        notes = Note.objects.filter(pk=note_id, round_id=round_id).exclude(standing=Note.Standing.STRUCK)
        return bool(notes.update(standing=standing))


def strike(*, round_id: int, note_id: int) -> bool:
    """Remove the text of a sealed note for good and leave a stub; tell whether there was such a note."""
    with transaction.atomic(using="voices"):
        return bool(Note.objects.filter(pk=note_id, round_id=round_id).update(text="", standing=Note.Standing.STRUCK))
