"""Independent attackers: each sees some of the loot and names an author for every note."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from math import sqrt
from random import Random

from cryptography.exceptions import InvalidTag

from holdfast.voices.keyring import cipher_of, decrypt
from tests.privacy.world import Meeting

Guess = dict[str, str]
"""Person to text; every text is given to one person."""
Attacker = Callable[[Meeting], Guess]


def score(attack: Attacker, meetings: Sequence[Meeting]) -> float:
    """Return z of the right pairs over all meetings; 0 is chance.

    A guess that knows nothing is right once a meeting on average with variance 1, whatever the number of people >= 2
    (fixed points of a random permutation; Montmort 1708), so z = (hits - meetings) / sqrt(meetings).
    """
    hits = 0
    for meeting in meetings:
        guess = attack(meeting)
        assert sorted(guess) == sorted(meeting.people)
        assert sorted(guess.values()) == meeting.texts
        hits += sum(meeting.wrote[person] == text for person, text in guess.items())
    return (hits - len(meetings)) / sqrt(len(meetings))


def assign(meeting: Meeting, ordered: Sequence[str]) -> Guess:
    """Give the texts, in the order the attacker believes they were written, to the people in the order they wrote.

    Texts the attacker could not place, and places without a text, are filled by a coin that knows nothing.
    """
    known = [text for text in dict.fromkeys(ordered) if text in set(meeting.texts)]
    rest = [text for text in meeting.texts if text not in set(known)]
    Random(meeting.round_id).shuffle(rest)
    if not known:
        return dict(zip(meeting.people, rest, strict=True))
    return dict(zip(meeting.people, [*known, *rest], strict=True))


def by_row_order(meeting: Meeting) -> Guess:
    """The order in which the table keeps its rows."""
    return assign(meeting, [text for _, text in meeting.rows])


def by_other_tables(meeting: Meeting) -> Guess:
    """The order in which any other table of either database keeps rows with these words in them."""
    rows = meeting.bookkeeping.get("rows", [])
    return assign(meeting, [text for row in rows for text in meeting.texts if text in row])


def by_id(meeting: Meeting) -> Guess:
    """Ids of published notes that were seen going up are known; the others are believed to be counted."""
    published = dict(meeting.rows)
    went_up = [int(json.loads(body).get("id", 0)) for body in meeting.requests]
    seen = [published[note_id] for note_id in went_up if note_id in published]
    return assign(meeting, seen or [published[note_id] for note_id in sorted(published)])


def by_page_bytes(meeting: Meeting) -> Guess:
    """Where each text lies in the database file: cells are laid from the end of a page towards its beginning."""
    data = meeting.files["voices"]
    places = {text: data.rfind(text.encode()) for text in meeting.texts}
    return assign(meeting, sorted((t for t in meeting.texts if places[t] >= 0), key=lambda t: -places[t]))


def by_log_bytes(meeting: Meeting) -> Guess:
    """Where each text lies in the write-ahead log and in the other database."""
    data = b"".join(meeting.files.get(name, b"") for name in ("voices-wal", "default", "default-wal"))
    places = {text: data.find(text.encode()) for text in meeting.texts}
    return assign(meeting, sorted((t for t in meeting.texts if places[t] >= 0), key=lambda t: places[t]))


def by_length(meeting: Meeting) -> Guess:
    """Lengths in the copies of the open round, against the lengths of the published texts."""
    lengths = [len(row) for row in _arrivals(meeting)]
    if len(lengths) != len(meeting.people):
        return assign(meeting, [])
    by_size = sorted(range(len(lengths)), key=lambda n: (lengths[n], n))
    texts = sorted(meeting.texts, key=lambda t: (len(t.encode()), hashlib.sha256(t.encode()).digest()))
    return {meeting.people[n]: text for n, text in zip(by_size, texts, strict=True)}


def by_copy_differences(meeting: Meeting) -> Guess:
    """What is new in each copy: its text if it can be read, else an id that is published later."""
    published = dict(meeting.rows)
    ordered: list[str] = []
    before: set[int] = set()
    for copy in meeting.copies:
        for note_id in copy.keys() - before:
            readable = [text for text in meeting.texts if text.encode() in copy[note_id]]
            ordered += readable or [published[note_id] for _ in range(1) if note_id in published]
        before = set(copy)
    return assign(meeting, ordered)


def by_server_log(meeting: Meeting) -> Guess:
    """What the server logged, line after line: texts, ids, or hashes of texts."""
    ordered = []
    names = {hashlib.sha256(t.encode()).hexdigest()[:16]: t for t in meeting.texts}
    for line in meeting.log:
        ordered += [text for text in meeting.texts if text in line]
        ordered += [names[word] for word in re.findall(r"[0-9a-f]{16}", line) if word in names]
    return assign(meeting, ordered)


def by_transcript(meeting: Meeting) -> Guess:
    """The order in which texts were first sent to any screen, and the order of the ids they were sent under."""
    ordered: list[str] = []
    for frames in meeting.frames:
        places = {text: frames.find(json.dumps(text).encode()) for text in meeting.texts}
        ordered += sorted((t for t in meeting.texts if places[t] >= 0), key=lambda t: places[t])
    return assign(meeting, ordered)


def by_kept_keys(meeting: Meeting) -> Guess:
    """Every key still on disk, tried on the copies of the open round."""
    key = meeting.keys.get(str(meeting.round_id))
    ordered: list[str] = []
    before: set[int] = set()
    for copy in meeting.copies if key else []:
        for note_id in copy.keys() - before:
            try:
                cipher = cipher_of(key or b"")
                body = decrypt(cipher, bytes(copy[note_id]), round_id=meeting.round_id, note_id=note_id)
            except (InvalidTag, ValueError):
                continue
            ordered += [text for text in meeting.texts if text.encode() in body]
        before = set(copy)
    return assign(meeting, ordered)


def by_transaction(meeting: Meeting) -> Guess:
    """The order of the transactions that wrote the rows, as PostgreSQL keeps it beside each."""
    return assign(meeting, meeting.bookkeeping.get("xmin", []))


def by_dump(meeting: Meeting) -> Guess:
    """The order in which a dump of the database writes them."""
    return assign(meeting, meeting.bookkeeping.get("dump", []))


ATTACKERS: dict[str, Attacker] = {
    "row order": by_row_order,
    "other tables": by_other_tables,
    "ids": by_id,
    "page bytes": by_page_bytes,
    "write-ahead log": by_log_bytes,
    "lengths": by_length,
    "copy differences": by_copy_differences,
    "server log": by_server_log,
    "server transcript": by_transcript,
    "kept keys": by_kept_keys,
    "transaction numbers": by_transaction,
    "dump order": by_dump,
}


def _arrivals(meeting: Meeting) -> list[bytes]:
    rows: list[bytes] = []
    before: set[int] = set()
    for copy in meeting.copies:
        rows += [copy[note_id] for note_id in copy.keys() - before]
        before = set(copy)
    return rows
