"""What may happen to a note while its round is open, and how a record is packed: pure decisions."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hmac import compare_digest

SMALL_RECORD = 1024
LARGE_RECORD = 4096
NOTES_OF_ONE_TAG = 200
NOTES_OF_ONE_ROUND = 100_000
FEWEST_ON_A_RING = 3
"""Of two, each would know whose story it reads."""


class Standing(StrEnum):
    """Where a note stands before the seal."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    HELD = "held"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What became of a request to write or withdraw."""

    STORED = "stored"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    NOT_YOURS = "not_yours"
    TOO_MANY = "too_many"
    CLOSED = "closed"
    MUTED = "muted"
    TAKEN_OVER = "taken_over"


@dataclass(frozen=True, slots=True)
class Record:
    """One note of an open round, as it lives inside the encrypted intake row and in memory; nowhere else.

    id: 1 .. 2**62, drawn by the device. secret: SHA-256 of the edit secret, hexadecimal. tag: drawn by the device once
    a round; both are gone after the seal. rev: 1 for the first text. reason: why it is held, where its author is told.
    muted: its device writes nothing more in this round. words: what goes to its author with the reason.
    asked, about, question: of an envelope, the question it belongs to, the words that were asked about, and what was
    asked; its text is the answer, and most are empty.
    """

    id: int
    secret: str
    tag: str
    rev: int
    column: str
    text: str
    leader: bool
    standing: Standing
    reason: str = ""
    muted: bool = False
    words: str = ""
    asked: int = 0
    about: int = 0
    question: str = ""


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
FIELDS = ("id", "secret", "tag", "rev", "column", "text", "leader", "standing")
SELDOM = ("reason", "muted", "words", "asked", "about", "question")


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret of 128 random bits, hexadecimal; no salt is needed for so much chance."""
    return hashlib.sha256(secret.encode()).hexdigest()


def pack(record: Record, *, large: bool = False) -> bytes:
    """Turn a record into 1,024 bytes, or 4,096 when it does not fit: a length would tell notes apart.

    An envelope always has 4,096: an answer must not be longer than none. large: so has this one. Raises ValueError when
    it does not fit.
    """
    fields = {name: getattr(record, name) for name in FIELDS}
    fields |= {name: value for name in SELDOM if (value := getattr(record, name))}
    body = as_json(fields).encode()
    is_small = len(body) <= SMALL_RECORD - 2 and not record.asked and not large
    size = SMALL_RECORD if is_small else LARGE_RECORD
    if len(body) > size - 2:
        raise ValueError(f"a record of {len(body)} bytes does not fit into {LARGE_RECORD - 2}")
    return len(body).to_bytes(2, "big") + body.ljust(size - 2, b"\0")


def unpack(padded: bytes) -> Record:
    """Return the record inside a padded body. Raises ValueError when there is none."""
    length = int.from_bytes(padded[:2], "big")
    fields = json.loads(padded[2 : 2 + length].decode())
    return Record(**{**fields, "standing": Standing(fields["standing"])})


def fits(record: Record) -> bool:
    """Tell whether a record can be stored at all."""
    try:
        pack(record)
    except ValueError:
        return False
    return True


def decide_write(
    wanted: Record,
    existing: Record | None,
    *,
    of_this_tag: int,
    of_this_round: int,
    most_of_tag: int = 0,
    muted: bool = False,
    takes_over: bool = False,
) -> tuple[Outcome, Record | None]:
    """Decide what a request to write does: the outcome, and the record to store or None.

    The same request again changes nothing; an older rev changes nothing; a withdrawn id stays withdrawn. A muted device
    neither adds nor changes; that it repeats what was saved is no change.
    of_this_tag, of_this_round: how many notes the device and the round already have. most_of_tag: how many a device may
    have; 0 means as many as notes. takes_over: the last one of a tag stands for it; an earlier one has been withdrawn
    for it, and its device is told so.
    """
    if existing is None:
        if of_this_tag >= (most_of_tag or NOTES_OF_ONE_TAG) or of_this_round >= NOTES_OF_ONE_ROUND:
            return Outcome.TOO_MANY, None
        return (Outcome.MUTED, None) if muted else (Outcome.STORED, wanted)
    if not compare_digest(existing.secret, wanted.secret) or existing.leader != wanted.leader or existing.asked:
        return Outcome.NOT_YOURS, None
    is_gone = existing.standing is Standing.WITHDRAWN
    if is_gone or wanted.rev <= existing.rev:
        return Outcome.TAKEN_OVER if is_gone and takes_over else Outcome.UNCHANGED, None
    if muted:
        return Outcome.MUTED, None
    same_words = (existing.text, existing.column) == (wanted.text, wanted.column)
    changed = replace(existing, rev=wanted.rev) if same_words else replace(wanted, tag=existing.tag)
    return Outcome.EDITED, changed


def decide_withdrawal(
    existing: Record | None, *, note_id: int, secret: str, of_this_round: int
) -> tuple[Outcome, Record | None]:
    """Decide what a request to withdraw one note does.

    An id nobody has used yet is taken, so that a copy of the note still on its way cannot arrive after its withdrawal.
    of_this_round: how many notes the round already has; a full one takes no further id.
    """
    if existing is None:
        if of_this_round >= NOTES_OF_ONE_ROUND:
            return Outcome.TOO_MANY, None
        return Outcome.UNCHANGED, Record(note_id, secret, "", 1, "", "", False, Standing.WITHDRAWN)
    if not compare_digest(existing.secret, secret):
        return Outcome.NOT_YOURS, None
    if existing.standing is Standing.WITHDRAWN:
        return Outcome.UNCHANGED, None
    return Outcome.EDITED, withdrawn(existing)


def next_on_the_ring(holder: str, ring: Sequence[str], *, at: int) -> str:
    """Return whose stories a device reads: the next one's on a ring of all who wrote, so never its own.

    ring: the tags of those who wrote, each once, mixed. at: a number of the holder's own, for one who wrote nothing.
    With fewer than FEWEST_ON_A_RING an author could be told, and "" is returned: nobody's.
    """
    if len(ring) < FEWEST_ON_A_RING:
        return ""
    return ring[(ring.index(holder) + 1) % len(ring)] if holder in ring else ring[at % len(ring)]


def withdrawn(record: Record) -> Record:
    """Return what stays of a withdrawn note until the seal: nothing that was said; and that its device is muted."""
    tag = record.tag if record.muted else ""
    return replace(record, text="", column="", tag=tag, reason="", words="", standing=Standing.WITHDRAWN)


def decide_envelope(wanted: Record, existing: Record | None, *, of_this_round: int) -> tuple[Outcome, Record | None]:
    """Decide what handing in an envelope does: the first with its id stays as it is, whatever comes after."""
    if existing is None:
        full = of_this_round >= NOTES_OF_ONE_ROUND
        return (Outcome.TOO_MANY, None) if full else (Outcome.STORED, wanted)
    same = compare_digest(existing.secret, wanted.secret) and existing.asked == wanted.asked
    return (Outcome.UNCHANGED, None) if same else (Outcome.NOT_YOURS, None)


def counts(records: Iterable[Record]) -> Mapping[Standing, int]:
    """Count the notes by standing; every standing has an entry. Envelopes are no notes."""
    tally = dict.fromkeys(Standing, 0)
    for record in records:
        tally[record.standing] += not record.asked
    return tally


def pack_choices(choices: Mapping[int, str], items: Sequence[int]) -> str:
    """Write one person's choices as text: for each item of the round its choice or nothing, with commas between.

    Every ballot of a round has nearly the same length, whatever was chosen. Raises ValueError for an unknown item.
    """
    if unknown := set(choices) - set(items):
        raise ValueError(f"{len(unknown)} items are not in this round")
    return ",".join(choices.get(item, "") for item in items)


def count_choices(ballots: Iterable[str], items: Sequence[int]) -> dict[tuple[int, str], int]:
    """Count the choices of all ballots: (item, choice) to number of people. Raises ValueError for a broken ballot."""
    tally: dict[tuple[int, str], int] = {}
    for ballot in ballots:
        choices = ballot.split(",")
        if len(choices) != len(items):
            raise ValueError(f"a ballot of {len(choices)} for {len(items)} items")
        for item, choice in zip(items, choices, strict=True):
            if choice:
                tally[item, choice] = tally.get((item, choice), 0) + 1
    return tally
