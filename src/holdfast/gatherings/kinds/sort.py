"""Sort: each person places every driver; then the spread is shown, the contested first."""

from holdfast.gatherings.kinds.ballots import FIRST, MOVES, SHOWS_ITEMS, USES_VOICES, may, sees

__all__ = ["BALLOT", "FIRST", "MOVES", "SHOWS_ITEMS", "USES_VOICES", "may", "sees"]
BALLOT: tuple[str, ...] = ("ours", "leadership", "nobody")
"""Where an item can be placed."""
