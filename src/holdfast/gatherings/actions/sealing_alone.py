"""Closing for good what waited for a sitting that does not take place, or in which nobody took it up."""

import logging

from holdfast.gatherings.actions.rounds import seal_round
from holdfast.gatherings.actions.sittings import left_over, mark_alone
from holdfast.gatherings.models import Round
from holdfast.people.models import Person
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.intake import CannotSave

LOG = logging.getLogger("holdfast.gatherings")


def seal_alone(found: Round, *, by: Person | None = None) -> Round:
    """Seal one sitting's notes without another's. Safe to repeat; what breaks off goes on later. Raises Refused."""
    found = mark_alone(found, by=by)
    if found.phase not in {Round.Phase.CLOSING, Round.Phase.SEALED} or not found.setup.get("alone"):
        raise Refused("gatherings.round_has_moved_on")
    try:
        intake.begin_closing(found.pk)
        return seal_round(found.pk, by=by)
    except CannotSave as error:
        raise Refused("gatherings.voices_stay_closed", status=503) from error


def seal_what_is_left() -> None:
    """Seal alone whatever nobody came back for; called by the clock."""
    for found in left_over():
        try:
            seal_alone(found)
        except Refused as refused:  # the others and what else comes due must not wait for it
            LOG.warning("round %s is not closed alone yet: %s; trying again later", found.pk, refused.code)
