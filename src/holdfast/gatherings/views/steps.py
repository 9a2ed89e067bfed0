"""The steps of an activity, each a press: two people who press the same at once have pressed once."""

from functools import partial

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import PageForm, StepForm
from holdfast.gatherings.models import Round
from holdfast.gatherings.views.press import carry_out, take_step
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused

Phase = Round.Phase


def writing(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/writing/ - let everyone write; with few in the room only when all know and agree."""
    found = queries.round_to_run(request.user, round_id)
    form = StepForm(request.POST)
    agreed = form.is_valid() and form.cleaned_data["small_is_agreed"]
    act = partial(actions.begin_writing, found, by=request.user, small_is_agreed=agreed)
    return take_step(request, found, Phase.WRITING, act)


def screening(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/screening/ - pens down, the desk looks through the notes."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.SCREENING, partial(actions.stop_writing, found, by=request.user))


def reveal(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/reveal/ - show all accepted notes at once."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.REVEALED, partial(actions.reveal, found, by=request.user))


def hand_round(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/handing-round/ - give each phone somebody else's story to read."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.HANDED, partial(actions.hand_round, found, by=request.user))


def last_questions(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/last-questions/ - after the last words, ask three questions on the phones."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.PROMISE, partial(actions.ask_at_the_close, found, by=request.user))


def turn(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/page/ - turn the wall to a page."""
    found = queries.round_to_run(request.user, round_id)
    form = PageForm(request.POST)

    def turn_it() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        actions.turn_page(found, page=form.cleaned_data["page"])

    return carry_out(request, found.room.gathering_id, turn_it)


def closure(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/closure/ - begin to close; it can be undone until the seal."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.CLOSING, partial(actions.close_round, found, by=request.user))


def closure_undoing(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/closure/undoing/ - go on as before."""
    found = queries.round_to_run(request.user, round_id)
    before = found.phase_before_closing
    return take_step(request, found, before, partial(_undo, found, request))


def seal(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/seal/ - close for good now, without waiting."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.SEALED, partial(actions.close_for_good, found, by=request.user))


def doubts(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/doubts/ - show the desk, all at once, which wordings somebody doubts."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.CHECKING, partial(actions.look_at_doubts, found, by=request.user))


def grouping(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/grouping/ - go on bringing together."""
    found = queries.round_to_run(request.user, round_id)
    act = partial(actions.look_at_doubts, found, by=request.user, look=False)
    return take_step(request, found, Phase.GROUPING, act)


def finish(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/finish/ - an activity without notes is over."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Phase.FINISHED, partial(actions.finish_talk, found, by=request.user))


def _undo(found: Round, request: PersonRequest) -> None:
    if found.phase != found.phase_before_closing or not found.phase_before_closing:  # else it is undone already
        actions.undo_close(found, by=request.user)
