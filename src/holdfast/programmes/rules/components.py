"""Decisions about the seven components of a section: when each is usually due, and what comes up soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

COMPONENTS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
SOON = timedelta(days=14)
STAYS = timedelta(days=28)
"""How long something planned stays on the list after its day; then the picture still shows it."""


class ComponentState(StrEnum):
    """Where one component of one section stands."""

    OPEN = "open"
    PLANNED = "planned"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class HowAndWho:
    """How, by whom and by when a component is done. timing: of the page to read, before or after the session."""

    how: str = ""
    who: str = ""
    due_on: date | None = None
    timing: str = ""


USUAL: Mapping[str, int] = {"C1": -3, "C2": -4, "C3": 0, "C4": 5, "C5": 7, "C6": 7, "C7": 1}
"""On which day, counted from the session, a component mostly helps when a team has named no day of its own."""

READ_AFTER = 1


def usual_day(component: str, session: date | None, *, after: bool = False) -> date | None:
    """Return the day on which a component mostly helps. after: the page to read is handed out after the session."""
    if session is None:
        return None
    return session + timedelta(days=READ_AFTER if component == "C1" and after else USUAL[component])


def comes_up(state: ComponentState, day: date | None, today: date) -> bool:
    """Tell whether a component belongs on the list of the next two weeks.

    What nobody planned is offered while its day is to come, and never held against anybody afterwards.
    """
    if day is None or state in {ComponentState.DONE, ComponentState.NOT_NOW}:
        return False
    earliest = today - STAYS if state is ComponentState.PLANNED else today
    return earliest <= day <= today + SOON
