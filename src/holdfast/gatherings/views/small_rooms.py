"""What a room of few does instead of writing without names."""

from functools import partial

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.models import Round
from holdfast.gatherings.views.press import carry_out, take_step
from holdfast.people.queries import PersonRequest


def scribe_instead(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/scribe/ - one person types what the group says aloud."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.let_one_type, found, by=request.user))


def together(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/together/ - read it with the next sitting (together=on), or in this room."""
    found = queries.round_to_run(request.user, round_id)
    act = partial(actions.read_together, found, together=request.POST.get("together") == "on", by=request.user)
    return carry_out(request, found.room.gathering_id, act)


def waiting(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/together/waiting/ - pens down; nobody reads it before the other sitting."""
    found = queries.round_to_run(request.user, round_id)
    return take_step(request, found, Round.Phase.KEPT, partial(actions.keep_closed, found, by=request.user))


def together_ending(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/together/ending/ - no other sitting will join: seal it alone."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.seal_alone, found, by=request.user))


def reading_after_all(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/together/screening/ - look through, in the open room, what was sealed alone."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.read_after_all, found, by=request.user))
