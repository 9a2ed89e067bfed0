"""Named: each writes under a name of their own choice; all is shown at once, and nothing hides whose it is."""

FIRST = "promise"
MOVES: dict[str, tuple[str, ...]] = {
    "promise": ("writing", "finished"),
    "writing": ("revealed", "finished"),
    "revealed": ("finished",),
    "finished": ("revealed",),
}
USES_VOICES = False
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LOOK = "named"
IN_THE_OPEN = True
"""What is written is a record with names, far from the anonymous store."""


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """All write at the same time; once all is shown a leader adds nothing, or theirs would be the last word."""
    if (viewer == "participant" and phase in {"writing", "revealed"}) or (viewer == "leader" and phase == "writing"):
        return ("say", "withdraw")
    return ()


def sees(viewer: str, phase: str) -> str:
    """Nobody is sent what others write before all of it is shown; nobody waits for whoever writes first."""
    return "shown" if phase in {"revealed", "finished"} else "none"
