"""An open round as this process knows it: its key, its records, and which of its rows are small."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag

from holdfast.voices import keyring
from holdfast.voices.rules import LARGE_RECORD, Record, unpack


class CannotSave(Exception):
    """The disk or the key folder refused; nothing of the request was kept."""


@dataclass(slots=True)
class OpenRound:
    """The working state of an open round: its key and its records. Only the writer thread changes it.

    muted: tags of devices that write nothing more, by the note that was held. small: notes whose rows have the smaller
    length. version: the newest commit known here, where several servers share the store.
    """

    id: int
    key: bytes
    records: dict[int, Record] = field(default_factory=dict)
    notes_of_tag: dict[str, int] = field(default_factory=dict)
    muted: dict[int, str] = field(default_factory=dict)
    small: set[int] = field(default_factory=set)
    accepting: bool = True
    version: int = 0
    cipher: keyring.Cipher = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Set the cipher up once for all notes of the round; it goes with the key when the round is sealed."""
        self.cipher = keyring.cipher_of(self.key)

    @property
    def is_large(self) -> bool:
        """Tell whether every row is large, as after a decision: a small one would show what was written since."""
        return bool(self.records) and not self.small

    def put(self, record: Record, *, small: bool) -> None:
        """Keep a record that has been committed, in a row of the smaller length or not."""
        if small:
            self.small.add(record.id)
        else:
            self.small.discard(record.id)
        before = self.records.get(record.id)
        self.records[record.id] = record
        if record.muted and record.tag:
            self.muted[record.id] = record.tag
        else:
            self.muted.pop(record.id, None)
        if before is None and record.tag:
            self.notes_of_tag[record.tag] = self.notes_of_tag.get(record.tag, 0) + 1


def read_round(round_id: int, rows: Iterable[tuple[int, bytes | memoryview]]) -> OpenRound:
    """Open a round from its rows. Raises OSError without its key, CannotSave when a row does not fit the key."""
    opened = OpenRound(round_id, keyring.read(round_id))
    for note_id, sealed in rows:
        opened.put(read_record(opened, note_id, sealed), small=is_small(sealed))
    return opened


def is_small(sealed: bytes | memoryview) -> bool:
    """Tell whether a row has the smaller of the two lengths."""
    return len(sealed) < LARGE_RECORD


def read_record(opened: OpenRound, note_id: int, sealed: bytes | memoryview) -> Record:
    """Return the record inside a row. Raises CannotSave when it does not fit the key."""
    try:
        body = keyring.decrypt(opened.cipher, bytes(sealed), round_id=opened.id, note_id=note_id)
    except InvalidTag as error:
        raise CannotSave(f"a row of round {opened.id} does not fit its key") from error
    return unpack(body)
