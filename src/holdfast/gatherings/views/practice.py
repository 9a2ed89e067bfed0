"""Practising a session with simulated phones, and wiping what was practised."""

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.practice import PracticeForm
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused


def practice(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/room/rehearsal/ - simulated phones fill a room that is wiped afterwards."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    form = PracticeForm(request.POST)

    def begin() -> None:
        if not form.is_valid():
            raise Refused("gatherings.practice_numbers", {"least": form.LEAST, "most": form.MOST}, status=422)
        actions.practise(gathering, **form.cleaned_data, by=request.user)

    return carry_out(request, gathering.pk, begin)


def wiping(request: PersonRequest, room_id: int) -> HttpResponse:
    """POST desk/rooms/<key>/removal/ - end a practice run and remove everything of it; a real room stays."""
    room = queries.room_to_run(request.user, room_id)

    def wipe() -> None:
        if not room.rehearsal:
            raise Refused("gatherings.not_practice")
        actions.wipe_practice(room, by=request.user)

    return carry_out(request, room.gathering_id, wipe)
