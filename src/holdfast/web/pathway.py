"""The strip of sections, and the same as a winding path: one step for each, and where the group is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from holdfast.refusals import Words


class StepState(StrEnum):
    """Where the group is with one section."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the strip. label: one short word. href: empty when there is nothing to open. dated: has a date."""

    number: int
    label: Words
    state: StepState
    href: str = ""
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """A step and where it lies in the picture. x, y: its middle; label_y: the line its word stands on."""

    step: Step
    x: int
    y: int

    @property
    def label_y(self) -> int:
        """Below the mark."""
        return self.y + LABEL


@dataclass(frozen=True, slots=True)
class Winding:
    """The path as a drawing. walked, ahead: the line up to where the group is, and the rest, as SVG path data."""

    width: int
    height: int
    stations: Sequence[Station]
    walked: str
    ahead: str


ACROSS, DOWN = 112, 118
SWAY = 11
LABEL = 45
EDGE = 62


def winding(steps: Sequence[Step], *, across: int) -> Winding:
    """Lay the steps along a path that turns at the end of each row of so many. Raises ValueError below two."""
    if across < 2:
        raise ValueError(f"{across=}")
    stations = [_station(step, i, across) for i, step in enumerate(steps)]
    reached = max((i for i, step in enumerate(steps) if step.state is not StepState.AHEAD), default=0)
    rows = -(-len(steps) // across)
    return Winding(
        width=2 * EDGE + (across - 1) * ACROSS,
        height=rows * DOWN + 20,
        stations=stations,
        walked=_line(stations[: reached + 1], across),
        ahead=_line(stations[reached:], across),
    )


def _station(step: Step, place: int, across: int) -> Station:
    row, column = divmod(place, across)
    turned = across - 1 - column if row % 2 else column
    sway = SWAY if column % 2 else -SWAY
    return Station(step, EDGE + turned * ACROSS, 48 + row * DOWN + sway)


def _line(stations: Sequence[Station], across: int) -> str:
    if len(stations) < 2:
        return ""
    parts = [f"M {stations[0].x} {stations[0].y}"]
    for one, other in pairwise(stations):
        if one.x == other.x:  # the turn at the end of a row
            bow = EDGE if one.x > EDGE + (across - 1) * ACROSS / 2 else -EDGE
            parts.append(f"C {one.x + bow} {one.y} {other.x + bow} {other.y} {other.x} {other.y}")
        else:
            middle = (one.x + other.x) // 2
            parts.append(f"C {middle} {one.y} {middle} {other.y} {other.x} {other.y}")
    return " ".join(parts)
