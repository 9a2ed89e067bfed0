"""Decisions about answers: what each verdict has to say, when one is late, and that nothing handed over is lost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

USUAL_WAIT = timedelta(weeks=3)
BOX_STAYS_OPEN = timedelta(weeks=2)
BOX_STAYS_OPEN_AT_MOST = timedelta(weeks=8)
LONGEST_WAIT = timedelta(days=366)
SATURDAY = 5
WORD = re.compile(r"\w+")
NOT_TAKEN_ON = frozenset({"not_soon", "cannot"})
"""The verdicts after which a concern is offered to the let-go list."""


class Standing(StrEnum):
    """Where a concern stands for its leaders; the group sees only answered or not."""

    OPEN = "open"
    DRAFT = "draft"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Says:
    """What an answer of one verdict has to say, and what it may say besides; names of fields."""

    must: tuple[str, ...]
    may: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Everything this verdict speaks of."""
        return (*self.must, *self.may)


SAYS: Mapping[str, Says] = {
    "this_year": Says(("reason",), ("look_again_on",)),
    "next_year": Says(("reason",), ("look_again_on",)),
    "understand": Says(("question", "box_closes_on"), ("validation",)),
    "team": Says(("who", "by_when"), ("reason",)),
    "already_so": Says(("reason",), ("validation",)),
    "keep": Says(("reason",)),
    "not_ours": Says(("taken_to", "who", "reply_expected_on"), ("reason",)),
    "not_soon": Says(("validation", "reason", "look_again_on")),
    "cannot": Says(("reason",), ("validation",)),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of everything a group handed over."""

    handed_over: int
    answered: int
    open: int


def balance(answered: Iterable[bool]) -> Balance:
    """Count what was handed over; answered: for each concern, whether an answer is published."""
    each = list(answered)
    return Balance(handed_over=len(each), answered=sum(each), open=sum(not one for one in each))


def missing(verdict: str, given: Mapping[str, object]) -> list[str]:
    """Return the fields an answer of this verdict still needs, in the order they are asked. Raises KeyError."""
    return [name for name in SAYS[verdict].must if not given.get(name)]


def may_say(verdict: str, tone: str) -> bool:
    """Tell whether a concern of this tone can have this answer: only what restores is kept and protected."""
    return verdict in SAYS and (verdict != "keep" or tone == "restores")


def standing(*, published: bool, drafted: bool) -> Standing:
    """Say where a concern stands: a published answer stands, even while another is being drafted beside it."""
    if published:
        return Standing.ANSWERED
    return Standing.DRAFT if drafted else Standing.OPEN


def usual_due(today: date) -> date:
    """Suggest the day on which answers are expected: three weeks on, never on a weekend."""
    day = today + USUAL_WAIT
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def may_be_due(due: date, today: date) -> bool:
    """Tell whether answers can be agreed for this day: from today to a year ahead."""
    return today <= due <= today + LONGEST_WAIT


def may_close(wanted: date, today: date) -> bool:
    """Tell whether replies may be taken until this day: nobody sees any before, so it is not far."""
    return today <= wanted <= today + BOX_STAYS_OPEN_AT_MOST


def box_closes(wanted: date | None, today: date) -> date:
    """Return the last day for replies to a question: the one wanted, or two weeks on when that day is over already."""
    return wanted if wanted and wanted >= today else today + BOX_STAYS_OPEN


def days_past(due: date, today: date) -> int | None:
    """Return by how many days the agreed date has passed, None until then: before, nobody counts."""
    return (today - due).days if today > due else None


def likeness(one: str, other: str) -> float:
    """Return how many words two wordings share, from 0 (none) to 1 (all); words of up to three letters do not count."""
    first, second = ({word for word in WORD.findall(text.casefold()) if len(word) > 3} for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 0.0


def comes_back_later(verdict: str) -> bool:
    """Tell whether something not taken on may come back: only what is impossible does not."""
    return verdict != "cannot"
