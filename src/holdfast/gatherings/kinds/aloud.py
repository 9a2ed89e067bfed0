"""Aloud: promises are spoken, phones lie face-down; the desk writes down those that are to be remembered."""

FIRST = "talking"
MOVES: dict[str, tuple[str, ...]] = {"talking": ("finished",), "finished": ("talking",)}
USES_VOICES = False
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LOOK = "aloud"
IN_THE_OPEN = True


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Only the desk writes, and only what its owner wants to be written down."""
    return ("say", "withdraw") if viewer == "desk" and phase == "talking" else ()


def sees(viewer: str, phase: str) -> str:
    """Nothing is sent to phones and wall while people speak; the desk reads what it wrote."""
    return "shown" if viewer == "desk" else "none"
