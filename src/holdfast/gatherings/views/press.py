"""Does what a press of the desk asks and goes back to the desk, where a refusal is told beside where things stand."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings.forms import StepForm
from holdfast.gatherings.models import Round
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def carry_out(request: HttpRequest, gathering_id: int, act: Callable[[], object]) -> HttpResponse:
    """Act, then go to the desk, drawn from the server: two desks that press at once see the same."""
    try:
        act()
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
    return redirect("gatherings.desk", gathering_id=gathering_id)


def take_step(request: PersonRequest, found: Round, to: str, act: Callable[[], object]) -> HttpResponse:
    """Take one step of an activity, unless it has gone on since the button was drawn: somebody was quicker."""
    form = StepForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""

    def step() -> None:
        if seen and found.phase not in {seen, to}:
            raise Refused("gatherings.round_has_moved_on")
        act()

    return carry_out(request, found.room.gathering_id, step)
