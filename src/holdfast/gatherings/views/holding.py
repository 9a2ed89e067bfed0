"""From the desk: holding a note with a reason, muting for one activity, and following the steps of the site."""

from functools import partial

from django.http import HttpResponse

from holdfast.gatherings import queries, worries
from holdfast.gatherings.actions import holding
from holdfast.gatherings.forms import MuteForm, ReasonsForm, WorryForm
from holdfast.gatherings.models import Round
from holdfast.gatherings.rules import LONGEST_OFFER
from holdfast.gatherings.views.press import carry_out
from holdfast.people.models import Person
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused


def rewording(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/rewording/ - hold notes; their unknown authors are told why, and can reword."""
    found = queries.round_to_run(request.user, round_id)
    act = partial(_hold, found, ReasonsForm(request.POST), by=request.user)
    return carry_out(request, found.room.gathering_id, act)


def muting(request: PersonRequest, round_id: int) -> HttpResponse:
    """POST desk/rounds/<key>/muting/ - take nothing more from the phone of a held note, in this activity."""
    found = queries.round_to_run(request.user, round_id)
    form = MuteForm(request.POST)

    def mute() -> None:
        if not form.is_valid():
            raise Refused("gatherings.unreadable", status=400)
        holding.mute_authors(found, public_ids=form.cleaned_data["mute"], by=request.user)

    return carry_out(request, found.room.gathering_id, mute)


def following(request: PersonRequest, worry_id: int) -> HttpResponse:
    """POST desk/danger/<key>/ - which steps of the site are taken, who can be talked to, what was debriefed."""
    worry = worries.worry_to_follow(request.user, worry_id)
    gathering, form = worry.round.room.gathering, WorryForm(request.POST)

    def follow() -> None:
        if not form.is_valid():
            raise Refused("gatherings.offer_too_long", {"most": LONGEST_OFFER}, status=422)
        steps = worries.steps_of(gathering)
        taken = [text for number, text in enumerate(steps, start=1) if number in form.cleaned_data["step"]]
        offer, debriefed = form.cleaned_data["offer"], form.cleaned_data["debriefed"]
        holding.follow_steps(worry, steps=taken, offer=offer, debriefed=debriefed, by=request.user)

    return carry_out(request, gathering.pk, follow)


def _hold(found: Round, form: ReasonsForm, *, by: Person) -> None:
    if not form.is_valid():
        raise Refused("gatherings.unreadable", status=400)
    for reason, keys in form.cleaned_data.items():
        if keys:
            holding.hold_and_tell(found, public_ids=keys, reason=reason, by=by)
