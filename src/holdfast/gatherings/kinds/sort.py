"""Sort: each person places every driver; then the spread is shown, the contested first."""

FIRST = "promise"
MOVES: dict[str, tuple[str, ...]] = {
    "promise": ("writing",),
    "writing": ("closing",),
    "closing": ("writing", "sealed"),
    "sealed": (),
}
USES_VOICES = True
SHOWS_ITEMS = True
BALLOT: tuple[str, ...] = ("ours", "leadership", "nobody")
"""Where an item can be placed."""


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Participants choose; leaders do not vote on what staff wrote."""
    return ("choose",) if viewer == "participant" and phase in {"writing", "closing"} else ()


def sees(viewer: str, phase: str) -> str:
    """Ballots are sent to nobody; after the seal only their tallies are shown."""
    return "none"
