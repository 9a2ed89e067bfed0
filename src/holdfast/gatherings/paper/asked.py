"""What an activity asks for on paper: words into columns, or a choice for each item; and what it does not ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from holdfast.gatherings.closing_words import answers, questions
from holdfast.gatherings.items import place_words
from holdfast.gatherings.kinds import close, gather, kind_of, prioritise
from holdfast.gatherings.kinds.prioritise import DOTS, PAIRS
from holdfast.gatherings.models import Round
from holdfast.gatherings.priorities import scale_words
from holdfast.gatherings.queries import items_of
from holdfast.programmes.models import PlanItem

CARD, BALLOT = "card", "ballot"


@dataclass(frozen=True, slots=True)
class Thing:
    """What one line of a ballot is about. key: as a form names it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on one sheet of paper. form: card or ballot. columns: of a card, by key.

    things, choices: of a ballot; a choice is its key and its words. most: how many ticks there are in all, 0 for any.
    """

    form: str
    title: str
    prompt: str
    columns: Sequence[tuple[str, str]] = ()
    things: Sequence[Thing] = ()
    choices: Sequence[tuple[str, str]] = ()
    most: int = 0


def can_be_on_paper(kind: str, mode: str) -> bool:
    """Tell whether a planned activity gives cards that can be printed before anybody is in the room."""
    return kind_of(kind, mode) in {gather, close}


def asked_in_plan(item: PlanItem) -> Asked | None:
    """Return what a planned activity asks on paper; None where that is not known before the session, or never."""
    rules = kind_of(item.kind, item.mode)
    if rules is gather:
        return Asked(CARD, item.title, item.prompt, columns=_columns(item.columns))
    return _closing(item.title) if rules is close else None


def asked_in(found: Round) -> Asked | None:
    """Return what an activity on the screens asks on paper; None where it takes nothing from paper."""
    if found.rules is gather:
        return Asked(CARD, found.title, found.prompt, columns=_columns(found.columns))
    if found.rules is close:
        return _closing(found.title)
    if not found.rules.SHOWS_ITEMS or not found.rules.BALLOT or found.setup.get("manner") == PAIRS:
        return None  # each person compares pairs of their own, which a phone draws
    things = [Thing(str(item.id), item.wording) for item in items_of(found)]
    most = int(found.setup.get("budget", 0)) if found.setup.get("manner") == DOTS else 0
    return Asked(BALLOT, found.title, found.prompt, things=things, choices=_choices(found), most=most)


def takes_paper(found: Round) -> bool:
    """Tell whether cards or ballots can be typed in now: as long as phones can write or choose, until the seal."""
    may = found.rules.may("participant", found.phase)
    return asked_in(found) is not None and ("write" in may or "choose" in may)


def _closing(title: str) -> Asked:
    things = [Thing(str(number), words) for number, words in questions().items()]
    return Asked(BALLOT, title, "", things=things, choices=list(answers().items()))


def _columns(columns: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(str(column["key"]), str(column.get("label", ""))) for column in columns]


def _choices(found: Round) -> list[tuple[str, str]]:
    if found.rules is prioritise:
        manner = str(found.setup["manner"])
        words = {**scale_words(manner), "dot": _("A dot for this")}
        return [(choice, words[choice]) for choice in prioritise.SCALES[manner]]
    if found.kind == "agree":
        return [("yes", _("Yes")), ("no", _("No")), ("reword", _("Reword"))]
    return list(place_words().items())
