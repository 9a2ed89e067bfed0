"""Raised hands at the desk: who is called next."""

from django.http import HttpResponse

from holdfast.gatherings import queries
from holdfast.gatherings.actions import hands as acts
from holdfast.gatherings.hands.forms import HandsForm
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused


def calling(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/hands/ - call the next hand, pass over the one that was called, or let all down."""
    found = queries.round_to_run(request.user, round_id)
    form = HandsForm(request.POST)

    def call() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        acts.call(found, did=form.cleaned_data["did"], seen=form.cleaned_data["seen"])

    return carry_out(request, found.room.gathering_id, call)
