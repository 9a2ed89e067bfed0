"""What a room of few does instead of writing without names."""

from functools import partial

from django.http import HttpResponse

from holdfast.gatherings import actions, queries
from holdfast.gatherings.views.press import carry_out
from holdfast.people.queries import PersonRequest


def scribe_instead(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/scribe/ - one person types what the group says aloud."""
    found = queries.round_to_run(request.user, round_id)
    return carry_out(request, found.room.gathering_id, partial(actions.let_one_type, found, by=request.user))
