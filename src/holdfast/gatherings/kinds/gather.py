"""Gather: everyone writes in silence into columns, then all notes are shown at once, mixed."""

FIRST = "promise"
MOVES: dict[str, tuple[str, ...]] = {
    "promise": ("writing",),
    "writing": ("screening", "revealed", "closing", "kept"),
    "kept": ("promise", "closing"),
    "screening": ("writing", "revealed", "closing"),
    "revealed": ("closing",),
    "closing": ("writing", "screening", "revealed", "sealed"),
    "sealed": (),
}
"""From each phase, where it may go. From closing it goes back only to where it came from, or on to sealed."""
USES_VOICES = True
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LATER_BATCH = 3
"""Notes that come after the reveal wait until this many can be mixed: one alone would point at its author."""


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Tell what a viewer may do with notes of their own now."""
    if viewer in {"participant", "leader"} and phase in {"writing", "screening", "revealed", "closing"}:
        return ("write", "withdraw")
    if viewer == "desk" and phase in {"screening", "revealed", "closing"}:
        return ("screen",)
    return ()


def sees(viewer: str, phase: str) -> str:
    """Tell which notes a viewer is sent now: none, shown (accepted ones, after the reveal) or all (to look through).

    This one function decides for every stream and page; what it does not name is not sent.
    """
    if viewer == "desk":
        return "all" if phase in {"screening", "revealed", "closing", "sealed"} else "none"
    return "shown" if phase in {"revealed", "closing", "sealed"} else "none"
