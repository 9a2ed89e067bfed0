"""A circle at the desk: where people sit, whose turn it is, the next question, speakers of open talk."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import CircleForm, TurnForm
from holdfast.gatherings.items import Typed
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def seating(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/seats/ - say how many sit in the circle and where the leader sits."""
    found = queries.round_to_run(request.user, round_id)
    form = CircleForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("gatherings.no_such_seat", {"most": actions.MOST_SEATS}, status=422)
        leaders = [seat - 1 for seat in (form.cleaned_data["leader"], form.cleaned_data["senior"]) if seat]
        actions.seat_circle(found, seats=form.cleaned_data["seats"], leaders=leaders)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        typed = Typed(circle={name: request.POST.get(name, "")[:9] for name in form.fields})
        return draw_desk(request, found.room.gathering, typed=typed, status=refused.status)
    return carry_out(request, found.room.gathering_id, lambda: None)


def turns(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/turns/ - somebody spoke, passed, left or came late."""
    found = queries.round_to_run(request.user, round_id)
    form = TurnForm(request.POST)

    def note() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        seat = (form.cleaned_data["seat"] or 0) - 1
        actions.take_turn(found, seat=seat, did=form.cleaned_data["did"])

    return carry_out(request, found.room.gathering_id, note)


def questions(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/questions/ - the next question: another way round."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.next_question, found))


def speakers(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/speakers/ - somebody other than the leader has spoken in open talk."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.count_speaker, found))
