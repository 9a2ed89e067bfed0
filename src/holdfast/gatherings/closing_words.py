"""The three questions at the close, in words, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from holdfast.gatherings.asked_before import tallies_to_show
from holdfast.gatherings.bars import Part, bar_of
from holdfast.gatherings.kinds import close
from holdfast.gatherings.models import Round


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. parts: how many answered what; none where too few did to show it."""

    number: int
    words: str
    parts: Sequence[Part] = ()


def questions() -> dict[int, str]:
    """Return the questions by number."""
    return {
        1: _("Was this worth our time?"),
        2: _("Could you say what matters to you?"),
        3: _("Do you take something with you?"),
    }


def answers() -> dict[str, str]:
    """Return the answers, in the order in which they stand."""
    return {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}


def tally_of(found: Round) -> dict[str, dict[str, int]] | None:
    """Return how many answered what after the seal; a question too few answered is left out. None before."""
    if found.rules is not close or found.phase != Round.Phase.SEALED:
        return None
    shown = tallies_to_show(found)
    said = shown.tallies.of if shown else {}
    return {
        str(number): {choice: counts.get(choice, 0) for choice in close.BALLOT}
        for number in close.QUESTIONS
        if (counts := said.get(number, {})) and sum(counts.values()) >= found.smallest_group
    }


def asked_at_the_close(found: Round | None) -> list[Asked]:
    """Return the questions with what came of them; nothing for other activities."""
    if found is None or found.rules is not close:
        return []
    tally = tally_of(found) or {}
    return [asked(number, tally.get(str(number))) for number in close.QUESTIONS]


def asked(number: int, counts: dict[str, int] | None) -> Asked:
    """Return one question with its numbers, if there are any to show."""
    if counts is None:
        return Asked(number, questions()[number])
    return Asked(number, questions()[number], bar_of(answers(), counts))
