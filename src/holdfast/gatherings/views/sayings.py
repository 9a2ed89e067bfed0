"""Writing down at the desk what is said aloud, for all to read, and taking it away again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from holdfast.gatherings import queries
from holdfast.gatherings.actions.sayings import take_back_saying, write_saying
from holdfast.gatherings.exchange import number_of
from holdfast.gatherings.items import Typed
from holdfast.gatherings.kinds.sheets import Right, sheet_of
from holdfast.gatherings.said import typed_in
from holdfast.gatherings.sayings import read_said
from holdfast.gatherings.views.drawing import draw_desk
from holdfast.gatherings.views.press import carry_out
from holdfast.keys import LARGEST_KEY
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def sayings(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/sayings/ - write an entry down; what was typed stays in its box when it is refused."""
    found = queries.round_to_run(request.user, round_id)
    form = request.POST.dict()
    typed = typed_in(form)
    try:
        said = read_said(sheet_of(found.kind, found.columns), typed, named=False)
        right = Right(number_of(form, "id", low=1, high=LARGEST_KEY), "", number_of(form, "rev", low=1, high=10_000))
        write_saying(found.pk, said=said, right=right, by=request.user)
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
        gathering = queries.gathering_to_run(request.user, found.room.gathering_id)
        return draw_desk(request, gathering, typed=Typed(said=typed), status=refused.status)
    return redirect("gatherings.desk", gathering_id=found.room.gathering_id)


def saying_removal(request: PersonRequest, round_id: int, saying_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/sayings/<key>/removal/ - take one away, because its owner wants it or it is wrong."""
    found = queries.round_to_run(request.user, round_id)
    right = Right(saying_id, "")
    return carry_out(request, found.room.gathering_id, lambda: take_back_saying(found.pk, right=right, by=request.user))
