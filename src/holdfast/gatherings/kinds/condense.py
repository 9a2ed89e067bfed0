"""Condense: the group watches while likes are brought together; anyone can say, unnamed, that a wording is wrong."""

FIRST = "grouping"
MOVES: dict[str, tuple[str, ...]] = {
    "grouping": ("checking", "closing"),
    "checking": ("grouping", "closing"),
    "closing": ("grouping", "checking", "sealed"),
    "sealed": (),
}
USES_VOICES = True
SHOWS_ITEMS = True
BALLOT: tuple[str, ...] = ()
DOUBT = "doubt"
"""Column of a doubt in the store; its text is the key of the driver it is about."""


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """A participant may doubt a wording; leaders do not comment on what staff wrote."""
    return ("doubt", "withdraw") if viewer == "participant" and phase in {"grouping", "checking"} else ()


def sees(viewer: str, phase: str) -> str:
    """Doubts are shown to the desk when it asks for them, all at once, so that the moment of a press tells nothing."""
    return "all" if viewer == "desk" and phase == "checking" else "none"
