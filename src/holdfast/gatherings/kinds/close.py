"""Close: a last word each, spoken; then, where the group likes, three questions on the phones, sixty seconds long."""

FIRST = "talking"
MOVES: dict[str, tuple[str, ...]] = {
    "talking": ("promise", "finished"),
    "promise": ("writing", "talking", "finished"),
    "writing": ("closing",),
    "closing": ("writing", "sealed"),
    "sealed": (),
    "finished": ("talking",),
}
USES_VOICES = True
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ("yes", "partly", "no")
QUESTIONS: tuple[int, ...] = (1, 2, 3)
"""Was this worth our time; could I say what matters to me; do I take something with me."""
LOOK = "close"


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """Members of the group answer; leaders and the desk hear the numbers with everybody else."""
    return ("choose",) if viewer == "participant" and phase in {"writing", "closing"} else ()


def sees(viewer: str, phase: str) -> str:
    """Answers are sent to nobody; after the seal only numbers are shown, and none where few answered."""
    return "none"
