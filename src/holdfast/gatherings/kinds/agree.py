"""Agree: each person reads every wording that would go to leadership and says yes, no or reword."""

from holdfast.gatherings.kinds.ballots import FIRST, MOVES, SHOWS_ITEMS, USES_VOICES, may, sees

__all__ = ["BALLOT", "FIRST", "MOVES", "SHOWS_ITEMS", "USES_VOICES", "may", "sees"]
BALLOT: tuple[str, ...] = ("yes", "no", "reword")
"""What can be said to a wording."""
