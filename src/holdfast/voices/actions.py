"""What can still be done with notes from outside a round: show, hold or strike a sealed one, or wipe whole rounds."""

from collections.abc import Collection

from django.db import DatabaseError, transaction
from django.db.models import Q

from holdfast import erasing
from holdfast.voices import intake, keyring, sharing
from holdfast.voices.models import Intake, Note, Tally, VoiceRound
from holdfast.voices.opened import CannotSave, OpenRound


def set_standing(*, round_id: int, note_id: int, standing: str) -> bool:
    """Show or hold a sealed note; tell whether there was such a note. A struck one stays struck."""
    if standing not in {Note.Standing.SHOWN, Note.Standing.HELD}:
        raise ValueError(standing)
    with transaction.atomic(using="voices"):
        notes = Note.objects.filter(pk=note_id, round_id=round_id).exclude(standing=Note.Standing.STRUCK)
        return bool(notes.update(standing=standing))


def strike(*, round_id: int, note_id: int) -> bool:
    """Remove the text of a sealed note and of the answers below it for good; a stub stays. Tell if there was one."""
    with transaction.atomic(using="voices"):
        gone = Note.objects.filter(Q(pk=note_id) | Q(about_id=note_id), round_id=round_id)
        return bool(gone.update(text="", standing=Note.Standing.STRUCK))


def wipe_rounds(round_ids: Collection[int]) -> None:
    """Remove everything of rounds that were only practice, open or sealed, and their keys. Raises CannotSave.

    Runs in the writer thread, so that no note is on its way into a round that is going. Repeating changes nothing.
    """

    def act(rounds: dict[int, OpenRound]) -> None:
        try:
            with sharing.alone_in(round_ids):
                for table in (Intake, Note, Tally):
                    table._default_manager.filter(round_id__in=round_ids).delete()
                VoiceRound.objects.filter(pk__in=round_ids).delete()
                sharing.tell(round_ids)
            for round_id in round_ids:
                rounds.pop(round_id, None)
                intake.WRITER.unreadable.discard(round_id)
                keyring.destroy(round_id)
        except (OSError, DatabaseError) as error:
            raise CannotSave(type(error).__name__) from error

    intake.WRITER.run_alone(act)
    if not erasing.empty_the_log("voices"):
        raise CannotSave("the log could not be emptied while something was reading it")
