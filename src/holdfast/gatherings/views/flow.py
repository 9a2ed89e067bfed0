"""A session that goes otherwise than planned: more time, skip, another order, look back, pause, stop."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import actions, queries
from holdfast.gatherings.flow.forms import BackForm, ExtensionForm, ItemForm, PreviewForm
from holdfast.gatherings.flow.preview import preview_of
from holdfast.gatherings.models import Round
from holdfast.gatherings.views.press import carry_out, take_step
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def extension(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/extension/ - some minutes more; phones show the new end."""
    found = queries.round_to_run(request.user, round_id)
    form = ExtensionForm(request.POST)

    def extend() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        actions.extend(found, **form.cleaned_data, by=request.user)

    return carry_out(request, found.room.gathering_id, extend)


def leaving(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/leaving/ - go on without an activity that has only just come on the screens."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Round.Phase.FINISHED, partial(actions.leave, found, by=request.user))


def skipping(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/skipping/ - leave an activity of the plan out today."""
    return _about_an_item(request, room_id, take_up=False)


def taking_up(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/taking-up/ - what was to be left out comes after all."""
    return _about_an_item(request, room_id, take_up=True)


def preview(request: PersonRequest, room_id: int) -> HttpResponse:
    """GET desk/rooms/<key>/preview/ - what phones will show of an activity; ?item= and ?step= say which."""
    room = queries.room_to_run(request.user, room_id)
    form = PreviewForm(request.GET, room=room)
    try:
        if not form.is_valid():
            raise Refused("gatherings.not_in_the_plan")
        page = preview_of(room, form.cleaned_data["item"], step=form.cleaned_data["step"] or 0)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        return redirect("gatherings.desk", gathering_id=room.gathering_id)
    response = HttpResponse(page)
    response["Cache-Control"] = "no-store"
    return response


def pause(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/pause/ - everything stands still."""
    room = queries.room_to_run(request.user, room_id)
    return carry_out(request, room.gathering_id, partial(actions.pause, room, by=request.user))


def pause_ending(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/pause/ending/ - go on where everything stood still."""
    room = queries.room_to_run(request.user, room_id)
    return carry_out(request, room.gathering_id, partial(actions.resume, room, by=request.user))


def stopping(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/stopping/ - end the session earlier than planned, in one step."""
    room = queries.room_to_run(request.user, room_id)
    return carry_out(request, room.gathering_id, partial(actions.stop_well, room, by=request.user))


def order(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/order/ - let one activity of the plan come before another."""
    room = queries.room_to_run(request.user, room_id)
    form = ItemForm(request.POST, room=room)

    def reorder() -> None:
        if not form.is_valid() or form.cleaned_data["before"] is None:
            raise Refused("gatherings.not_in_the_plan")
        actions.reorder(room, **form.cleaned_data, by=request.user)

    return carry_out(request, room.gathering_id, reorder)


def looking_back(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/looking-back/ - show an earlier activity again, or go on where the room was."""
    room = queries.room_to_run(request.user, room_id)
    form = BackForm(request.POST, room=room)

    def turn() -> None:
        if not form.is_valid():
            raise Refused("gatherings.nothing_to_look_back_at")
        if form.cleaned_data["round"] is None:
            actions.go_on(room, by=request.user)
        else:
            actions.look_back(room, found=form.cleaned_data["round"], by=request.user)

    return carry_out(request, room.gathering_id, turn)


def _about_an_item(request: PersonRequest, room_id: int, *, take_up: bool) -> HttpResponse:
    room = queries.room_to_run(request.user, room_id)
    form = ItemForm(request.POST, room=room)

    def act() -> None:
        if not form.is_valid():
            raise Refused("gatherings.not_in_the_plan")
        (actions.take_up if take_up else actions.leave_out)(room, item=form.cleaned_data["item"], by=request.user)

    return carry_out(request, room.gathering_id, act)
