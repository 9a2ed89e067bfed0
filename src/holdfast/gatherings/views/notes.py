"""Looking through notes, by the ids the desk knows: nothing here could tell who wrote one."""

from functools import partial

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import DecisionsForm
from holdfast.gatherings.models import Round
from holdfast.gatherings.views.press import carry_out
from holdfast.people.models import Person
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.voices.intake import Standing


def decisions(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/decisions/ - accept some notes, hold others."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(_decide, found, _chosen(request), by=request.user))


def acceptance(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/acceptance/ - accept every note the desk shows as waiting."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.accept_all, found, by=request.user))


def late(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/late/ - after the seal: show notes that came late, take others off the screens."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(_decide_late, found, _chosen(request), by=request.user))


def strikes(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/strikes/ - after the seal: remove the text of a note that names somebody."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(_strike, found, _chosen(request), by=request.user))


def _chosen(request: PersonRequest) -> DecisionsForm:
    return DecisionsForm(request.POST)


def _decide(found: Round, form: DecisionsForm, *, by: Person) -> None:
    keys = _keys(form)
    actions.screen_notes(found, public_ids=keys["accept"], standing=Standing.ACCEPTED, by=by)
    actions.screen_notes(found, public_ids=keys["hold"], standing=Standing.HELD, by=by)


def _decide_late(found: Round, form: DecisionsForm, *, by: Person) -> None:
    keys = _keys(form)
    for note_id in keys["accept"]:
        actions.show_late_note(found, note_id=note_id, by=by)
    for note_id in keys["hold"]:
        actions.hold_sealed_note(found, note_id=note_id, by=by)


def _strike(found: Round, form: DecisionsForm, *, by: Person) -> None:
    for note_id in _keys(form)["strike"]:
        actions.strike_note(found, note_id=note_id, by=by)


def _keys(form: DecisionsForm) -> dict[str, list[int]]:
    if not form.is_valid():
        raise Refused("gatherings.unreadable", status=400)
    return form.cleaned_data
