"""Scribe: people speak, and one of them types what the group says; nothing about it is unnamed, and it says so."""

FIRST = "writing"
MOVES: dict[str, tuple[str, ...]] = {"writing": ("finished",), "finished": ("writing",)}
USES_VOICES = False
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LOOK = "scribe"
IN_THE_OPEN = True


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """A member of the group types, or the desk; a leader who typed would word what staff say."""
    return ("say", "withdraw") if viewer in {"participant", "desk"} and phase == "writing" else ()


def sees(viewer: str, phase: str) -> str:
    """It was said aloud: everybody reads along, so that wrong words are noticed at once."""
    return "shown"
