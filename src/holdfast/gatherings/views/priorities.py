"""Priorities at the desk: how people choose, what goes forward, looking again, and what leaders answer by name."""

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.priority_forms import ForwardForm, SetupForm, answers_in
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused


def setup(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/setup/ - say how people choose, before they begin."""
    found = queries.round_to_run(request.user, round_id)
    form = SetupForm(request.POST)

    def set_it_up() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        said = {name: value for name, value in form.cleaned_data.items() if value}
        actions.set_up(found, **said, by=request.user)

    return carry_out(request, found.room.gathering_id, set_it_up)


def forward(request: PersonRequest, round_id: int, driver_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/<key>/forward/ - take an item into what comes next, or leave it on the list."""
    found = queries.round_to_run(request.user, round_id)
    form = ForwardForm(request.POST)
    goes = form.is_valid() and form.cleaned_data["forward"]

    def take_it() -> None:
        actions.take_forward(found, driver_id=driver_id, forward=goes, by=request.user)

    return carry_out(request, found.room.gathering_id, take_it)


def again(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/again/ - choose again, about fewer items or in another manner."""
    found = queries.round_to_run(request.user, round_id)
    form = SetupForm(request.POST)

    def look_again() -> None:
        said = form.cleaned_data if form.is_valid() else {}
        manner, among = said.get("manner", ""), said.get("among", "")
        actions.look_again(found, manner=manner, among=among, by=request.user)

    return carry_out(request, found.room.gathering_id, look_again)


def leaders_answers(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/leaders/ - note what leaders said by name, after the group."""
    found = queries.round_to_run(request.user, round_id)
    answers = answers_in(request.POST)

    def note_them() -> None:
        if answers is None:
            raise Refused("gatherings.unreadable", status=400)
        actions.note_answers(found, answers=answers, by=request.user)

    return carry_out(request, found.room.gathering_id, note_them)
