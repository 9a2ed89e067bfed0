"""Decisions of the room that need no database: moves between phases, small rooms, what people typed."""

import unicodedata
from collections.abc import Collection

LONGEST_TEXT = 600
COLUMN_TONES = frozenset({"drains", "restores"})


def may_move(moves: dict[str, tuple[str, ...]], *, phase: str, to: str, before_closing: str = "") -> bool:
    """Tell whether a round may go from one phase to another; from closing only back to where it was, or on."""
    if to not in moves.get(phase, ()):
        return False
    return phase != "closing" or to in {before_closing, "sealed"}


def is_small(set_size: int | None, *, smallest: int) -> bool:
    """Tell whether too few people write for a note to hide among; unknown counts as small."""
    return set_size is None or set_size < smallest


def clean_text(typed: str) -> str:
    """Return what somebody typed without control characters and outer space, in Unicode form NFC.

    Line breaks stay; emoji and right-to-left text stay as they are. Lone surrogates are dropped: they cannot be stored.
    """
    kept = "".join(
        c for c in unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}
    )
    return kept.strip()


def known_columns(columns: Collection[dict[str, str]]) -> frozenset[str]:
    """Return the keys of a round's columns."""
    return frozenset(column["key"] for column in columns)
