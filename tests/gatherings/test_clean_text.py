"""What somebody typed, as it is stored: without control characters, otherwise untouched."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from holdfast.gatherings.rules import clean_text


@given(st.text(st.characters()))
def test_no_control_character_stays_and_no_other_character_goes(typed: str) -> None:
    kept = clean_text(typed)
    assert not [c for c in kept if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}]
    plain = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    wanted = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    assert kept == wanted.strip()
    assert clean_text(kept) == kept
