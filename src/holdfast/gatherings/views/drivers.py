"""Bringing drivers together, wording, placing and cutting them; what was typed stays when a press is refused."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import CutForm, PlaceForm, TogetherForm, UndoForm, WordingForm
from holdfast.gatherings.items import Typed
from holdfast.gatherings.models import Round
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def together(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/ - make one driver of several that say the same."""
    found = queries.round_to_run(request.user, round_id)
    form = TogetherForm(request.POST)
    typed = Typed(wording=_read(form, "wording"), chosen=frozenset(form.cleaned_data.get("driver", ())))
    act = partial(actions.bring_together, found, driver_ids=typed.chosen, wording=typed.wording, by=request.user)
    return _act(request, found, form, act, typed=typed)


def wording(request: PersonRequest, round_id: int, driver_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/<key>/wording/ - say it in other words."""
    found = queries.round_to_run(request.user, round_id)
    form = WordingForm(request.POST)
    typed = Typed(wording=_read(form, "wording"))
    act = partial(actions.reword, found, driver_id=driver_id, wording=typed.wording, by=request.user)
    return _act(request, found, form, act, typed=typed, one=driver_id)


def parts(request: PersonRequest, round_id: int, driver_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/<key>/parts/ - take it apart into the notes it was brought together from."""
    found = queries.round_to_run(request.user, round_id)
    act = partial(actions.take_apart, found, driver_id=driver_id, by=request.user)
    return carry_out(request, found.room.gathering_id, act)


def place(request: PersonRequest, round_id: int, driver_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/<key>/place/ - confirm with the group where it belongs."""
    found = queries.round_to_run(request.user, round_id)
    to = _read(PlaceForm(request.POST), "place")
    act = partial(actions.place, found, driver_id=driver_id, to=to, by=request.user)
    return carry_out(request, found.room.gathering_id, act)


def cut(request: PersonRequest, round_id: int, driver_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/<key>/cut/ - cut it into our part and the part that is for leadership."""
    found = queries.round_to_run(request.user, round_id)
    form = CutForm(request.POST)
    typed = Typed(ours=_read(form, "ours"), theirs=_read(form, "theirs"))
    act = partial(actions.cut, found, driver_id=driver_id, ours=typed.ours, theirs=typed.theirs, by=request.user)
    return _act(request, found, form, act, typed=typed, one=driver_id)


def undoing(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/drivers/undoing/ - take the last step back; pressed twice it is one step."""
    found = queries.round_to_run(request.user, round_id)
    form = UndoForm(request.POST)
    step = form.cleaned_data["step"] if form.is_valid() else 0
    return carry_out(request, found.room.gathering_id, partial(actions.undo_step, found, by=request.user, step_id=step))


def _read(form: forms.Form, name: str) -> str:
    """Return what was typed, also what cannot be read: it is shown again with the reason."""
    form.is_valid()
    typed: str = form.data.get(name, "")
    return typed


def _act(
    request: PersonRequest, found: Round, form: forms.Form, act: Callable[[], object], *, typed: Typed, one: int = 0
) -> HttpResponse:
    """Act and go to the desk; or draw it with the reason why not, and with everything that was typed."""
    try:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        act()
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        gathering = queries.gathering_to_run(request.user, found.room.gathering_id)
        return draw_desk(request, gathering, one=one, typed=typed, status=refused.status)
    return redirect("gatherings.desk", gathering_id=found.room.gathering_id)
