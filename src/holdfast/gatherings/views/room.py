"""The desk itself, opening and ending its room, and bringing an activity on the screens."""

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import StartForm
from holdfast.gatherings.views.drawing import draw_desk, number_in
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused


def desk(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/room/ - what will happen before it is opened, then the live desk."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    return draw_desk(request, gathering, one=number_in(request.GET.get("driver", "")))


def opening(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/room/opening/ - people can come in from now on."""
    gathering = queries.gathering_to_run(request.user, gathering_id)

    def open_it() -> None:
        if not gathering.plan.exists():
            raise Refused("gatherings.no_plan")
        actions.open_room(gathering, by=request.user)

    return carry_out(request, gathering.pk, open_it)


def start(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/rounds/ - bring an activity of the plan on the screens."""
    room = queries.room_to_run(request.user, room_id)
    form = StartForm(request.POST, gathering=room.gathering)

    def start_it() -> None:
        if form.is_valid() and form.cleaned_data["ask"]:
            actions.ask_about_wordings(room, by=request.user)
        elif form.is_valid() and (item := form.cleaned_data["item"]):
            actions.start_round(room, item=item, screened=form.cleaned_data["screened"], by=request.user)
        else:
            raise Refused("gatherings.not_in_the_plan")

    return carry_out(request, room.gathering_id, start_it)


def ending(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/ending/ - the session is over; its code ends with it."""
    room = queries.room_to_run(request.user, room_id)
    return carry_out(request, room.gathering_id, lambda: actions.end_room(room, by=request.user))
