"""Alone: each person looks at something for themselves; what is written stays on its own phone and is never sent."""

FIRST = "quiet"
MOVES: dict[str, tuple[str, ...]] = {"quiet": ("finished",), "finished": ("quiet",)}
USES_VOICES = False
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LOOK = "alone"


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Nobody sends anything: there is no address that would take it."""
    return ()


def sees(viewer: str, phase: str) -> str:
    """There is nothing to send."""
    return "none"
