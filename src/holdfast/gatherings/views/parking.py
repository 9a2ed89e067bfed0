"""What is kept for later, at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import queries
from holdfast.gatherings.actions import parking as acts
from holdfast.gatherings.items import Typed
from holdfast.gatherings.parking.forms import LineForm, SettleForm, TakenForm
from holdfast.gatherings.parking.shown import parked_for
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for

SETTLES = {"keep": acts.keep_offered, "dealt": acts.deal_with, "let_go": acts.let_go}


def lines(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/kept-for-later/ - keep a line somebody types."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    form = LineForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        acts.park(gathering, text=text, by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        return draw_desk(request, gathering, typed=Typed(line=request.POST.get("text", "")), status=refused.status)
    return redirect("gatherings.desk", gathering_id=gathering.pk)


def taken(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/kept-for-later/ - keep a shown note, or an item of the list, in one tap."""
    found = queries.round_to_run(request.user, round_id)
    form = TakenForm(request.POST)

    def take() -> None:
        if form.is_valid() and form.cleaned_data["note"]:
            acts.park_note(found, note_id=form.cleaned_data["note"], by=request.user)
        elif form.is_valid() and form.cleaned_data["driver"]:
            acts.park_driver(found, driver_id=form.cleaned_data["driver"], by=request.user)
        else:
            raise Refused("gatherings.not_shown_to_keep")

    return carry_out(request, found.room.gathering_id, take)


def settlement(request: PersonRequest, gathering_id: int, parked_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/kept-for-later/<key>/ - keep what came late, say it is dealt with, or let it go."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    parked = parked_for(request.user, parked_id)
    form = SettleForm(request.POST)

    def settle() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        SETTLES[form.cleaned_data["did"]](parked, by=request.user)

    return carry_out(request, gathering.pk, settle)
