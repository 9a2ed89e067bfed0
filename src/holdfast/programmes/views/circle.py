"""What a group is told and says at its start: its circle's sentences, the leaders' pledge, and taking part."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.companion_words import alone_in
from holdfast.programmes.forms import CircleForm, CommitmentForm, try_to_save
from holdfast.programmes.models import Coming, Programme
from holdfast.programmes.queries.companion import words_of_leaders
from holdfast.programmes.rules import ENOUGH_TO_SAY
from holdfast.programmes.starting_words import CIRCLE_IDEAS, PLEDGE
from holdfast.web.printing import POSTER_PAPERS


def circle(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/circle/ - the group's own sentences on how it meets."""
    programme = queries.programme_for(request.user, programme_id)
    may_plan = queries.may_plan(request.user, programme.group)
    if request.method == "POST":
        programme = queries.programme_to_plan(request.user, programme_id)
    form = CircleForm(request.POST or None)
    if try_to_save(form, partial(actions.add_circle_agreement, programme, by=request.user)):
        messages.success(request, _("It stands on every plan from now on."))
        return redirect("programmes.circle", programme_id=programme.pk)
    agreements = list(queries.circle_of(programme))
    used = {agreement.text for agreement in agreements}
    parts = {"programme": programme, "form": form, "agreements": agreements, "may_plan": may_plan}
    parts["papers"] = POSTER_PAPERS.items()
    parts["ideas"] = [idea for idea in CIRCLE_IDEAS if str(idea) not in used]
    return render(request, "programmes/start/circle.html", parts, status=422 if form.errors else 200)


def circle_agreement(request: PersonRequest, agreement_id: int) -> HttpResponse:
    """GET, POST desk/circle/<key>/ - say a sentence better."""
    agreement = queries.circle_agreement_to_plan(request.user, agreement_id)
    form = CircleForm(request.POST or None, initial={"text": agreement.text})
    if try_to_save(form, partial(actions.change_circle_agreement, agreement, by=request.user)):
        return redirect("programmes.circle", programme_id=agreement.programme_id)
    parts = {"programme": agreement.programme, "form": form, "agreement": agreement}
    return render(request, "programmes/start/circle_agreement.html", parts, status=422 if form.errors else 200)


def circle_removal(request: PersonRequest, agreement_id: int) -> HttpResponse:
    """POST desk/circle/<key>/removal/ - take a sentence out."""
    agreement = queries.circle_agreement_to_plan(request.user, agreement_id)
    actions.remove_circle_agreement(agreement, by=request.user)
    messages.success(request, _("The sentence is taken out."))
    return redirect("programmes.circle", programme_id=agreement.programme_id)


def pledge(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/pledge/ - what leaders give their word for; a leader gives it by name."""
    if request.method == "POST":
        programme = queries.programme_led(request.user, programme_id)
        actions.give_pledge(programme, by=request.user)
        messages.success(request, _("Your word stands, with your name and today’s date. The group can read it."))
        return redirect("programmes.pledge", programme_id=programme.pk)
    programme = queries.programme_for(request.user, programme_id)
    pledges = queries.pledges_of(programme)
    parts = {
        "programme": programme,
        "pledge": PLEDGE,
        "pledges": pledges,
        "may_pledge": queries.may_pledge(request.user, programme),
        "own": next((one for one in pledges if one.leader == request.user), None),
        "waiting": [one.person for one in queries.parts_of(programme) if one.pledge is None],
    }
    return render(request, "programmes/start/pledge.html", parts)


def pledge_return(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/pledge/return/ - a leader takes their word back."""
    programme = queries.programme_led(request.user, programme_id)
    actions.take_back_pledge(programme, by=request.user)
    messages.success(request, _("Your word is taken back. The group no longer sees your name under the pledge."))
    return redirect("programmes.pledge", programme_id=programme.pk)


def commitment(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/commitment/ - how many would like to take part, rounded, and never who."""
    programme = queries.programme_for(request.user, programme_id)
    parts = {"programme": programme, "willing": queries.willing(programme), "enough": ENOUGH_TO_SAY}
    return render(request, "programmes/start/commitment.html", parts)


def taking_part(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/taking-part/ - a member's page: what stands, and whether they want to come."""
    programme = queries.programme_to_join(request.user, programme_id)
    before = queries.own_answer(programme, request.user)
    form = CommitmentForm(request.POST or None, initial={"answer": before})
    if try_to_save(form, partial(_answer, programme, request)):
        messages.success(request, _("Your answer is kept. Only you see it, and you can change it at any time."))
        return redirect("programmes.taking_part", programme_id=programme.pk)
    coming, sections = list(queries.coming_of(programme)), queries.sections_of(programme)
    said = queries.own_coming(request.user, coming)
    parts = {
        "programme": programme,
        "form": form,
        "answered": bool(before),
        "whys": queries.newest_whys(programme),
        "pledges": queries.pledges_of(programme),
        "pledge": PLEDGE,
        "leaders_words": words_of_leaders(programme),
        "circle": list(queries.circle_of(programme)),
        "coming": [(gathering, said.get(gathering.pk, "")) for gathering in coming],
        "answers": Coming.Answer.choices,
        "cleared": list(queries.cleared_for_group(programme)),
        "facilitators": list(queries.facilitators_of(programme.group)),
        "shares": {section.number for section in sections if section.share},
        "alone": alone_in(sections),
    }
    return render(request, "programmes/start/taking_part.html", parts, status=422 if form.errors else 200)


def _answer(programme: Programme, request: PersonRequest, *, answer: str) -> bool:
    actions.answer_commitment(programme, answer=answer, by=request.user)
    return True
