"""Talk: people speak, phones lie face-down; the screens carry the question and nothing else."""

FIRST = "talking"
MOVES: dict[str, tuple[str, ...]] = {"talking": ("finished",), "finished": ("talking",)}
USES_VOICES = False
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Nobody writes while people talk."""
    return ()


def sees(viewer: str, phase: str) -> str:
    """There is nothing to send."""
    return "none"
