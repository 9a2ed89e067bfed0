"""The numbers under which screens and the room's memory know a note: random without the round's key."""

import hashlib
import hmac
import json

from holdfast.voices.rules import Record


def mac(key: bytes, purpose: str, said: str) -> int:
    """Return a number, 1 .. 2**62, that nobody without the round's key can compute or trace back."""
    digest = hmac.digest(key, f"{purpose} {said}".encode(), hashlib.sha256)
    return (int.from_bytes(digest[:8], "big") >> 2) + 1


def public_id(key: bytes, record: Record) -> int:
    """Return the id under which screens know the words of a note: random without the round's key, 1 .. 2**62.

    The device's own id stays between device and store, so nobody who sees a request can find its note on the wall.
    Other words have another id: a decision reaches only the words it was made about, and a changed note cannot be told
    from a new one. Sorting by it mixes the notes, and mixes them the same way after a restart.
    """
    return mac(key, "shown", json.dumps([record.id, record.column, record.text]))
