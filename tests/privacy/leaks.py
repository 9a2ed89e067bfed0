"""Planted leaks: small mistakes somebody could make, each of which at least one attacker must notice."""

import hashlib
import itertools
import logging
from collections.abc import Callable, Mapping

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from holdfast.gatherings import contributions, hub
from holdfast.gatherings.actions import paper
from holdfast.gatherings.kinds import gather
from holdfast.gatherings.models import Round
from holdfast.voices import intake, keyring, rules, seal, writer
from holdfast.voices.models import Intake, Note, VoiceRound
from holdfast.voices.rules import Record, Standing

Plant = Callable[[pytest.MonkeyPatch], None]


def _in_order_of_arrival(records: list[Record]) -> list[Record]:
    arrived = list(intake.WRITER.rounds[_round_of(records)].records)
    kept = [record for record in records if record.standing in seal.KEPT]
    return sorted(kept, key=lambda record: arrived.index(record.id))


def _round_of(records: list[Record]) -> int:
    wanted = {record.id for record in records}
    return next(r.id for r in intake.WRITER.rounds.values() if wanted and wanted <= r.records.keys())


def unmixed_seal(patch: pytest.MonkeyPatch) -> None:
    """Sealed rows are inserted as they came; their keys are random."""
    patch.setattr(seal, "mix", _in_order_of_arrival)


def counted_ids(patch: pytest.MonkeyPatch) -> None:
    """Sealed rows are counted, as an ordinary AutoField would."""
    counter = itertools.count(1_000)
    before = seal.plain

    def plain(round_id: int, record: Record) -> Note:
        note = before(round_id, record)
        note.pk = next(counter)
        return note

    patch.setattr(seal, "mix", _in_order_of_arrival)
    patch.setattr(seal, "plain", plain)


def kept_ids(patch: pytest.MonkeyPatch) -> None:
    """A sealed note keeps the id its device gave it."""
    before = seal.plain

    def plain(round_id: int, record: Record) -> Note:
        note = before(round_id, record)
        note.pk = record.id
        return note

    patch.setattr(seal, "plain", plain)


def unpadded_intake(patch: pytest.MonkeyPatch) -> None:
    """Records are encrypted at their own length."""

    def pack(record: Record, *, large: bool = False) -> bytes:
        padded = rules.pack(record)
        return padded[: 2 + int.from_bytes(padded[:2], "big")]

    patch.setattr(writer, "pack", pack)


def plain_intake(patch: pytest.MonkeyPatch) -> None:
    """Records are stored as they are while the round is open."""
    patch.setattr(keyring, "encrypt", lambda key, body, *, round_id, note_id: body)
    patch.setattr(keyring, "decrypt", lambda key, sealed, *, round_id, note_id: sealed)


def plain_intake_in_a_kept_log(patch: pytest.MonkeyPatch) -> None:
    """The write-ahead log is not emptied, and nobody encrypted what went through it; no copies were made."""
    plain_intake(patch)
    patch.setattr(seal, "STEPS", (seal.mark, seal.move, seal.forget_the_key))


def kept_key(patch: pytest.MonkeyPatch) -> None:
    """The key of a sealed round stays on disk."""
    patch.setattr(keyring, "destroy", lambda round_id: None)


def logged_notes(patch: pytest.MonkeyPatch) -> None:
    """Somebody logs a fingerprint of each note to find a bug."""
    before = contributions.read_contribution

    def read(body: dict[str, object], viewer: object) -> object:
        fingerprint = hashlib.sha256(str(body.get("text")).encode()).hexdigest()[:16]
        logging.getLogger("holdfast.debug").warning("note %s", fingerprint)
        return before(body, viewer)  # type: ignore[arg-type]

    patch.setattr(contributions, "read_contribution", read)


def counted_screen_ids(patch: pytest.MonkeyPatch) -> None:
    """Screens know notes by a counter, so that sorting no longer mixes."""
    counter = itertools.count(1)
    given: dict[int, int] = {}

    def public_id(key: bytes, record: Record) -> int:
        if record.id not in given:
            given[record.id] = next(counter)
        return given[record.id]

    patch.setattr(intake, "public_id", public_id)


def notes_shown_as_they_come(patch: pytest.MonkeyPatch) -> None:
    """The desk sees each note at once instead of all together."""
    patch.setattr(gather, "LATER_BATCH", 1)
    patch.setattr(hub.HUB, "_tick_length", 0.0)  # on a busy machine several notes would share a tick, and be mixed
    patch.setattr(hub, "LARGEST_SHARE_OF_TICK", 1e9)
    patch.setattr(gather, "sees", lambda viewer, phase: "all" if viewer == "desk" else "none")


def notes_also_in_the_other_database(patch: pytest.MonkeyPatch) -> None:
    """A search index in the default database gets each text as it arrives, in a table with ordinary keys."""
    before = writer.Writer._commit

    def commit(self: writer.Writer, requests: list[writer.Request]) -> None:
        known = {r.id: set(r.records) for r in self.rounds.values()}
        before(self, requests)
        for opened in self.rounds.values():
            new = [r for i, r in opened.records.items() if i not in known.get(opened.id, set())]
            for record in new:
                if record.standing is Standing.WAITING:
                    Group.objects.create(name=record.text)

    patch.setattr(writer.Writer, "_commit", commit)


def kept_ballots(patch: pytest.MonkeyPatch) -> None:
    """Somebody keeps each ballot beside the tallies, "to be able to count again"."""
    before = seal.count

    def count(voice_round: VoiceRound, records: list[Record]) -> None:
        before(voice_round, records)
        for record in _in_order_of_arrival(records):
            Note.objects.create(round=voice_round, column="ballot", text=record.text, standing="held")

    patch.setattr(seal, "count", count)


def logged_ballots(patch: pytest.MonkeyPatch) -> None:
    """Somebody logs a fingerprint of each ballot to find a bug."""
    before = rules.pack_choices

    def pack(choices: dict[int, str], items: list[int]) -> str:
        text = before(choices, items)
        logging.getLogger("holdfast.debug").warning("ballot %s", hashlib.sha256(text.encode()).hexdigest()[:16])
        return text

    patch.setattr("holdfast.gatherings.contributions.pack_choices", pack)
    patch.setattr("holdfast.gatherings.priorities.pack_choices", pack)
    patch.setattr(paper, "pack_choices", pack)


def noted_ballots(patch: pytest.MonkeyPatch) -> None:
    """Each ballot that is typed in is noted among the records, "so that a slip of the hand can be found"."""
    before = paper._as_kept

    def as_kept(found: Round, choices: Mapping[str, str]) -> str:
        text = before(found, choices)
        Group.objects.create(name=text)
        return text

    patch.setattr(paper, "_as_kept", as_kept)


def a_note_at_a_time(patch: pytest.MonkeyPatch) -> None:
    """Notes become plain one by one as they come, each in a transaction of its own; the seal only mixes their rows."""

    def move(round_id: int) -> None:
        records = [r for r in intake.WRITER.rounds[round_id].records.values() if r.standing in seal.KEPT]
        for record in records:
            seal.plain(round_id, record).save(force_insert=True)
        Intake.objects.filter(round_id=round_id).delete()
        VoiceRound.objects.filter(pk=round_id).update(state="sealed", shown=len(records))

    patch.setattr(seal, "STEPS", (seal.mark, move, seal.empty_the_log, seal.forget_the_key))


def words_in_statements(patch: pytest.MonkeyPatch) -> None:
    """Notes are also written into statements, and the server logs those that take long."""

    def remember(round_id: int, records: list[Record]) -> None:
        with connections["voices"].cursor() as cursor:
            cursor.execute("SET log_min_duration_statement = 0")
            for record in records:
                cursor.execute("SELECT '" + record.text.replace("'", "''") + "'")
            cursor.execute("RESET log_min_duration_statement")

    before = writer.Writer._tell

    def tell(self: writer.Writer, round_id: int, records: list[Record]) -> None:
        remember(round_id, [record for record in records if record.standing is Standing.WAITING])
        before(self, round_id, records)

    patch.setattr(writer.Writer, "_tell", tell)


BALLOT_LEAKS: dict[str, tuple[Plant, str]] = {
    "kept ballots": (kept_ballots, "page bytes"),
    "plain ballots": (plain_intake, "copy differences"),
    "kept key": (kept_key, "kept keys"),
    "logged ballots": (logged_ballots, "server log"),
}
"""The same for a round in which people choose instead of writing."""

PAPER_LEAKS: dict[str, tuple[Plant, str]] = {
    **BALLOT_LEAKS,
    "noted ballots": (noted_ballots, "other tables"),
}
"""The same where ballots stand on paper and are typed in."""

BOX_LEAKS: dict[str, tuple[Plant, str]] = {
    "unmixed seal": (unmixed_seal, "page bytes"),
    "kept ids": (kept_ids, "ids"),
    "plain intake": (plain_intake, "copy differences"),
    "kept key": (kept_key, "kept keys"),
}
"""The same for replies to a question."""

LEAKS: dict[str, tuple[Plant, str]] = {
    "unmixed seal": (unmixed_seal, "page bytes"),
    "counted ids": (counted_ids, "row order"),
    "kept ids": (kept_ids, "ids"),
    "unpadded intake": (unpadded_intake, "lengths"),
    "plain intake": (plain_intake, "copy differences"),
    "plain intake in a kept log": (plain_intake_in_a_kept_log, "write-ahead log"),
    "kept key": (kept_key, "kept keys"),
    "logged notes": (logged_notes, "server log"),
    "counted screen ids": (counted_screen_ids, "server transcript"),
    "notes shown as they come": (notes_shown_as_they_come, "server transcript"),
    "notes in the other database": (notes_also_in_the_other_database, "write-ahead log"),
    "notes in another table": (notes_also_in_the_other_database, "other tables"),
}
"""Each leak with the attacker that has to see it."""

SERVER_LEAKS: dict[str, tuple[Plant, str]] = {
    "unmixed seal": (unmixed_seal, "dump order"),
    "a note at a time": (a_note_at_a_time, "transaction numbers"),
    "words in statements": (words_in_statements, "server log"),
}
"""Leaks only a PostgreSQL server can have."""
