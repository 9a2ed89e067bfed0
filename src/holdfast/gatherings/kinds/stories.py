"""Stories: everyone writes one without a name; then each phone is handed somebody else's, never its own."""

FIRST = "promise"
MOVES: dict[str, tuple[str, ...]] = {
    "promise": ("writing", "finished"),
    "writing": ("screening", "handed", "closing"),
    "screening": ("writing", "handed", "closing"),
    "handed": ("closing",),
    "closing": ("writing", "screening", "handed", "sealed"),
    "sealed": (),
    "finished": ("promise",),
}
USES_VOICES = True
SHOWS_ITEMS = False
BALLOT: tuple[str, ...] = ()
LOOK = "stories"


def may(viewer: str, phase: str) -> tuple[str, ...]:
    """All write and are handed one, leaders too; once they are handed round none comes in beside them."""
    if viewer in {"participant", "leader"}:
        if phase in {"writing", "screening"}:
            return ("write", "withdraw")
        return {"handed": ("read", "withdraw"), "closing": ("withdraw",)}.get(phase, ())
    if viewer == "desk" and phase in {"screening", "handed", "closing"}:
        return ("screen",)
    return ()


def sees(viewer: str, phase: str) -> str:
    """No screen shows them all; a phone asks for the one it is handed. The desk looks through them first."""
    return "all" if viewer == "desk" and phase in {"screening", "handed", "closing", "sealed"} else "none"
