"""Decisions about getting ready: where each step stands, which words readiness has, and a leader's part."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

TEAM_AT_LEAST = 2
"""How many facilitate together, so that the group does not depend on one."""

ENOUGH_TO_SAY = 5
"""From how many on it is said that members want to take part; below, the first ones could be counted."""


class StartStep(StrEnum):
    """The steps of getting ready, in the order in which they help most."""

    CALENDAR = "calendar"
    LEADERS = "leaders"
    TEAM = "team"
    VALUES = "values"
    READINESS = "readiness"
    WHYS = "whys"
    PLEDGE = "pledge"
    KIT = "kit"
    COMMITMENT = "commitment"
    CIRCLE = "circle"


class StepState(StrEnum):
    """Where a step stands."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pages of a programme already hold.

    sections, dated: how many sections the toolkit has, and how many of them have a date. leaders, parted, pledged:
    how many lead the group now, and how many of these have a part, and gave their word. willing: rounded.
    """

    sections: int = 0
    dated: int = 0
    leaders: int = 0
    parted: int = 0
    pledged: int = 0
    facilitators: int = 0
    handed_over: bool = False
    values: bool = False
    voices: bool = False
    looked: int = 0
    whys: int = 0
    willing: int = 0
    agreements: int = 0


def state_of(step: StartStep, facts: Facts, *, mark: str = "") -> StepState:
    """Say where a step stands. mark: `not_now` or `done`, as somebody said; what is there counts for more."""
    found = _found(step, facts)
    if found is StepState.DONE or mark == StepState.DONE:
        return StepState.DONE
    return StepState.NOT_NOW if mark == StepState.NOT_NOW else found


def _found(step: StartStep, facts: Facts) -> StepState:
    begun, done = _reached(facts)[step]
    if done:
        return StepState.DONE
    return StepState.BEGUN if begun else StepState.OPEN


def _reached(facts: Facts) -> Mapping[StartStep, tuple[bool, bool]]:
    led, team = facts.leaders > 0, facts.facilitators >= TEAM_AT_LEAST
    return {
        StartStep.CALENDAR: (facts.dated > 0, 0 < facts.sections <= facts.dated),
        StartStep.LEADERS: (facts.parted > 0, led and facts.parted >= facts.leaders),
        StartStep.TEAM: (facts.facilitators > 0, team and facts.handed_over),
        StartStep.VALUES: (facts.values or facts.voices, facts.values and facts.voices),
        StartStep.READINESS: (False, facts.looked > 0),
        StartStep.WHYS: (facts.whys > 0, facts.whys > 1),
        StartStep.PLEDGE: (facts.pledged > 0, led and facts.pledged >= facts.leaders),
        StartStep.KIT: (False, False),
        StartStep.COMMITMENT: (False, facts.willing >= ENOUGH_TO_SAY),
        StartStep.CIRCLE: (False, facts.agreements > 0),
    }


class Ready(StrEnum):
    """The words with which a question of readiness is answered; they have no order and no sum."""

    SO = "so"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    UNSURE = "unsure"


class Area(StrEnum):
    """What readiness is made of."""

    MOTIVATION = "motivation"
    GENERAL = "general"
    SPECIFIC = "specific"


QUESTIONS: Mapping[Area, tuple[str, ...]] = {
    Area.MOTIVATION: ("wanted", "fits", "worth"),
    Area.GENERAL: ("time", "trust", "leaders"),
    Area.SPECIFIC: ("facilitate", "room", "follow"),
}
"""Three questions for each area, by key."""


def part_of(chosen: Mapping[int, str], section: int, *, of_this_group: bool) -> str:
    """Return a leader's part in a section: chosen for it, else for the whole programme (0), else the usual one.

    of_this_group: whoever leads this very group usually sits in its circle; whoever leads the site supports it.
    """
    usual = "taking_part" if of_this_group else "supporting"
    return chosen.get(section) or chosen.get(0) or usual
