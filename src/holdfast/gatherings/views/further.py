"""Asking unknown authors from the desk: to say more, and gathering their answers."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import queries
from holdfast.gatherings.actions import further
from holdfast.gatherings.forms import AskForm
from holdfast.gatherings.items import Typed
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def questions_about(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/asked/ - ask whoever wrote a note to say more; nobody learns who that is."""
    found = queries.round_to_run(request.user, round_id)
    form = AskForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        further.ask_about_note(found, note=form.cleaned_data["note"], words=form.cleaned_data["words"], by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        typed = Typed(asking={name: request.POST.get(name, "") for name in form.fields})
        return draw_desk(request, found.room.gathering, typed=typed, status=refused.status)
    return redirect("gatherings.desk", gathering_id=found.room.gathering_id)


def gathering(request: PersonRequest, round_id: int, asked_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/asked/<key>/gathering/ - every phone sends its envelope now, most of them empty."""
    found = queries.round_to_run(request.user, round_id)
    act = partial(further.gather_envelopes, found, asked_id=asked_id, by=request.user)
    return carry_out(request, found.room.gathering_id, act)
