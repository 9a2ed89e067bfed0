"""The strip of sections: one step for each, and where the group is."""

from dataclasses import dataclass
from enum import StrEnum

from holdfast.refusals import Words


class StepState(StrEnum):
    """Where the group is with one section."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the strip. label: one short word. href: empty when there is nothing to open."""

    number: int
    label: Words
    state: StepState
    href: str = ""
