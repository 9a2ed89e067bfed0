"""What all kinds have in common in which people choose alone and only sums are shown, after the close."""

FIRST = "promise"
MOVES: dict[str, tuple[str, ...]] = {
    "promise": ("writing",),
    "writing": ("closing",),
    "closing": ("writing", "sealed"),
    "sealed": (),
}
USES_VOICES = True
SHOWS_ITEMS = True


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Participants choose; leaders do not vote on what staff wrote, and answer a proposal by name afterwards."""
    return ("choose",) if viewer == "participant" and phase in {"writing", "closing"} else ()


def sees(viewer: str, phase: str) -> str:
    """Ballots are sent to nobody; after the seal only their tallies are shown."""
    return "none"
