"""Sealing turns what was written into plain rows without author, time or order, and destroys the key last."""

import logging
import secrets
from collections.abc import Callable, Mapping

from django.db import DatabaseError

from holdfast import erasing
from holdfast.voices import keyring, sharing
from holdfast.voices.models import Intake, Note, Tally, VoiceRound
from holdfast.voices.naming import public_id
from holdfast.voices.opened import CannotSave, read_round
from holdfast.voices.rules import Record, Standing, count_choices, counts

KEPT = {
    Standing.ACCEPTED: Note.Standing.SHOWN,
    Standing.HELD: Note.Standing.HELD,
    Standing.WAITING: Note.Standing.WAITING,
}
LOG = logging.getLogger("holdfast.voices")


def seal(round_id: int) -> None:
    """Run every step in order. Raises OSError or DatabaseError; then it can be run again."""
    for step in STEPS:
        step(round_id)


def finish_interrupted() -> None:
    """After a restart: finish seals that had begun, and destroy keys of rounds that are sealed."""
    begun = VoiceRound.objects.filter(state=VoiceRound.State.SEALING).order_by("pk").values_list("pk", flat=True)
    for round_id in list(begun):
        try:
            seal(round_id)
        except (OSError, DatabaseError, CannotSave) as error:
            LOG.error("round %s cannot be sealed yet: %s; its notes stay where they are", round_id, error)
    try:
        for round_id in keyring.kept():
            if VoiceRound.objects.filter(pk=round_id, state=VoiceRound.State.SEALED).exists():
                empty_the_log(round_id)
                keyring.destroy(round_id)
    except (OSError, DatabaseError, CannotSave) as error:  # the pages must come up, to say what is wrong
        LOG.error("keys of sealed rounds cannot be destroyed yet: %s; the next start tries again", error)


def mark(round_id: int) -> None:
    """From here on the round can only be sealed, whatever happens to the process."""
    with sharing.alone_in([round_id]):
        VoiceRound.objects.filter(pk=round_id).exclude(state=VoiceRound.State.SEALED).update(
            state=VoiceRound.State.SEALING
        )
        sharing.tell([round_id])


def move(round_id: int) -> None:
    """Decrypt, mix, insert plain rows and delete the intake, all in one transaction whose counts must agree."""
    with sharing.alone_in([round_id]):
        voice_round = VoiceRound.objects.select_for_update().get(pk=round_id)
        if voice_round.state == VoiceRound.State.SEALED:
            return
        rows = list(Intake.objects.filter(round_id=round_id).order_by("pk").values_list("pk", "sealed"))
        opened = read_round(round_id, rows)
        records = list(opened.records.values())
        tally = counts(records)
        if voice_round.items:
            try:
                count(voice_round, records)
            except ValueError as error:
                raise CannotSave(f"the ballots of round {round_id} are not about its items") from error
        else:
            kept = mix([record for record in records if not record.asked])
            notes = [plain(round_id, record) for record in kept]
            Note.objects.bulk_create(notes)
            envelopes = [record for record in records if record.asked]
            here = Note.objects.filter(round_id=round_id).count()
            if len(rows) != here + tally[Standing.WITHDRAWN] + len(envelopes):
                raise CannotSave(f"the notes of round {round_id} do not add up")
            below = {public_id(opened.key, record): note for record, note in zip(kept, notes, strict=True)}
            Note.objects.bulk_create(answers(round_id, envelopes, below))
        Intake.objects.filter(round_id=round_id).delete()
        voice_round.state = VoiceRound.State.SEALED
        voice_round.shown, voice_round.held = tally[Standing.ACCEPTED], tally[Standing.HELD]
        voice_round.waiting, voice_round.withdrawn = tally[Standing.WAITING], tally[Standing.WITHDRAWN]
        voice_round.save(update_fields=["state", "shown", "held", "waiting", "withdrawn"])


def count(voice_round: VoiceRound, records: list[Record]) -> None:
    """Keep only how often each choice was made, in random order; who chose what with what is gone."""
    ballots = [record.text for record in records if record.standing in KEPT]
    tallies = [
        Tally(round=voice_round, item=item, choice=choice, count=people)
        for (item, choice), people in count_choices(ballots, voice_round.items).items()
    ]
    secrets.SystemRandom().shuffle(tallies)
    Tally.objects.bulk_create(tallies)


def mix(records: list[Record]) -> list[Record]:
    """Return the kept records in random order: row order inside a page is the order of insertion."""
    kept = [record for record in records if record.standing in KEPT]
    secrets.SystemRandom().shuffle(kept)
    return kept


def plain(round_id: int, record: Record) -> Note:
    """Return the note without its author's id, secret, tag and rev; it gets a fresh random key."""
    return Note(
        round_id=round_id,
        column=record.column,
        text=record.text,
        from_leader=record.leader,
        standing=KEPT[record.standing],
    )


def answers(round_id: int, envelopes: list[Record], below: Mapping[int, Note]) -> list[Note]:
    """Return what the envelopes said, each as a row below its note's fresh one, mixed; the empty ones are gone.

    below: the notes by the id their words had. An answer to words that were changed or taken back goes with them.
    """
    return [
        Note(
            round_id=round_id,
            column="",
            text=record.text,
            standing=KEPT[record.standing],
            about=below[record.about],
            question=record.question,
        )
        for record in (mix(envelopes) if envelopes else ())
        if record.text and record.about in below
    ]


def empty_the_log(round_id: int) -> None:
    """Truncate the write-ahead log, which is a diary of who wrote when; retried while a reader is in it."""
    if not erasing.empty_the_log("voices"):
        raise CannotSave(f"the log of round {round_id} could not be emptied while something was reading it")


def forget_the_key(round_id: int) -> None:
    """Destroy the key last: until here the intake could be read again, from here nothing can."""
    keyring.destroy(round_id)


STEPS: tuple[Callable[[int], None], ...] = (mark, move, empty_the_log, forget_the_key)
