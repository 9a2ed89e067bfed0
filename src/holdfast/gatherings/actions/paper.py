"""Typing in what stands on paper: the same door as for phones, an author as unknown, and no label of any kind."""

# Nothing is noted about it among the records either: a row of its own would say which notes stood on paper.

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from holdfast.audit.actions import record
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.models import Round
from holdfast.gatherings.paper.asked import BALLOT, CARD, asked_in, takes_paper
from holdfast.gatherings.rules import LONGEST_TEXT, clean_text
from holdfast.keys import random_key
from holdfast.people.models import Person
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.intake import CannotSave, Contribution, Outcome, Standing
from holdfast.voices.rules import pack_choices


@dataclass(frozen=True, slots=True)
class Sheet:
    """By which right the page that typed a sheet in can take it back. A sheet has a tag of its own, as a device has."""

    id: int
    secret: str = field(repr=False)
    tag: str = field(repr=False)


def count_papers(found: Round, *, people: int, by: Person) -> Round:
    """Say how many take part on paper, before anybody writes: from then on the number is frozen. Raises Refused."""
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=found.pk)
        if found.phase != Round.Phase.PROMISE or asked_in(found) is None:
            raise Refused("gatherings.papers_are_counted_before")
        if found.on_paper != people:
            found.on_paper = people
            found.save(update_fields=["on_paper"])
            record("round.papers_counted", by=by.pk, on=found.pk)
    HUB.refresh(found.room_id)
    return found


def type_card(found: Round, *, column: str, text: str, sheet: Sheet) -> Sheet:
    """Store what stands on a card as a note and return the right to take it back. Raises Refused; nothing is kept then.

    Nothing says who typed: it would be a person beside a voice.
    """
    found = _taking(found, CARD)
    words = clean_text(text)
    if not words:
        raise Refused("gatherings.nothing_written", status=422)
    if len(words) > LONGEST_TEXT:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_TEXT, "has": len(words)}, status=422)
    if column not in {one["key"] for one in found.columns}:
        raise Refused("gatherings.no_such_column", status=422)
    standing = Standing.WAITING if found.screened else Standing.ACCEPTED
    return _store(found, sheet, column=column, text=words, standing=standing)


def type_ballot(found: Round, *, choices: Mapping[str, str], sheet: Sheet) -> Sheet:
    """Store what a ballot says, to be counted with the others, and return the right to take it back. Raises Refused."""
    found = _taking(found, BALLOT)
    asked = asked_in(found)
    assert asked is not None
    known, allowed = {thing.key for thing in asked.things}, {key for key, _words in asked.choices}
    if not choices:
        raise Refused("gatherings.empty_ballot", status=422)
    if any(key not in known or word not in allowed for key, word in choices.items()):
        raise Refused("gatherings.not_on_the_list", status=422)
    return _store(found, sheet, column="", text=_as_kept(found, choices), standing=Standing.ACCEPTED, most_of_tag=1)


def take_back_sheet(found: Round, *, sheet: Sheet) -> None:
    """Take back the sheet that was typed in last on a page. Raises Refused."""
    if not takes_paper(Round.objects.get(pk=found.pk)):
        raise Refused("gatherings.no_more_paper")
    _refuse(_ask(lambda: intake.withdraw_and_wait(found.pk, note_id=sheet.id, secret=sheet.secret)).outcome)


def _taking(found: Round, form: str) -> Round:
    found = Round.objects.select_related("room__gathering").get(pk=found.pk)
    asked = asked_in(found)
    if asked is None or asked.form != form or not takes_paper(found):
        raise Refused("gatherings.no_more_paper")
    return found


def _as_kept(found: Round, choices: Mapping[str, str]) -> str:
    items = [int(item) for item in found.items]
    if found.rules is not prioritise:
        return pack_choices({int(key): word for key, word in choices.items()}, items)
    try:
        said = prioritise.read_ballot(found.setup, items, choices)
    except prioritise.OverBudget as error:
        raise Refused("gatherings.over_the_budget", {"most": found.setup["budget"]}, status=422) from error
    return pack_choices(said, prioritise.asked(found.setup, items))


def _store(found: Round, sheet: Sheet, *, column: str, text: str, standing: Standing, most_of_tag: int = 0) -> Sheet:
    def write(at: Sheet) -> intake.Receipt:
        wanted = Contribution(at.id, at.secret, at.tag, 1, column, text, from_leader=False)
        return _ask(lambda: intake.write_and_wait(found.pk, wanted, standing=standing, most_of_tag=most_of_tag))

    receipt = write(sheet)
    if receipt.outcome is Outcome.UNCHANGED:
        own = intake.own_notes(found.pk, {sheet.id: sheet.secret})
        if not own or (own[0].text, own[0].column) != (text, column):
            # A page brought back by the browser and filled in anew: another sheet, which must not be lost.
            sheet = replace(sheet, id=random_key(), tag=f"{random_key():032x}")
            receipt = write(sheet)
    _refuse(receipt.outcome)
    return sheet


def _ask(act: Callable[[], intake.Receipt]) -> intake.Receipt:
    try:
        return act()
    except CannotSave as error:
        raise Refused("gatherings.cannot_save_now", status=503) from error


def _refuse(outcome: Outcome) -> None:
    if outcome is Outcome.CLOSED:
        raise Refused("gatherings.no_more_paper")
    if outcome is Outcome.NOT_YOURS:
        raise Refused("gatherings.not_your_note", status=409)
    if outcome is Outcome.TOO_MANY:
        raise Refused("gatherings.too_many_notes", status=429)
