"""Whether people come, what keeps them from it, and what a leader did about that."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.attending import ActForm, BarrierForm, ComingForm, UnnamedBarrierForm
from holdfast.programmes.models import Programme
from holdfast.web import language


def coming(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/coming/ - a member says whether they come; no reason is asked."""
    gathering = queries.gathering_to_answer(request.user, gathering_id)
    form = ComingForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.answer_coming(gathering, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, _("Your answer is kept. Only you see it."))
    return redirect("programmes.taking_part", programme_id=gathering.programme_id)


def in_the_way(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/in-the-way/ - tell the leader, with one's name, what keeps one from coming."""
    programme = queries.programme_to_name_in(request.user, programme_id)
    form = BarrierForm(request.POST or None)
    if try_to_save(form, partial(actions.name_barrier, programme, by=request.user)):
        messages.success(request, _("Your leader reads it. What they do about it stands on this page."))
        return redirect("programmes.in_the_way", programme_id=programme.pk)
    parts = {
        "programme": programme,
        "form": form,
        "leaders": list(queries.leaders_of(programme.group)),
        "people": queries.people_who_take_part(programme.group),
        "own": list(queries.own_barriers(request.user, programme)),
        "cleared": list(queries.cleared_for_group(programme)),
        "token": queries.barrier_token(programme),
        "takes_part": queries.programmes_to_join(request.user).filter(pk=programme.pk).exists(),
    }
    return render(request, "programmes/attending/in_the_way.html", parts, status=422 if form.errors else 200)


@csrf_exempt  # no cookie comes here, so there is no session that a forged form could use
def unnamed_barrier(request: HttpRequest, token: str) -> HttpResponse:
    """GET, POST barrier/<token>/ - the same without a name, where no cookie of the desk is sent."""
    programme = queries.programme_behind(token)
    form = UnnamedBarrierForm(request.POST or None)
    if try_to_save(form, partial(_send, programme)):
        # Not a message of the session: writing one would put a dated row beside the unnamed one.
        return redirect(reverse("programmes.unnamed_barrier", kwargs={"token": token}, query=_sent(request)))
    parts: dict[str, Any] = {"programme": programme, "form": form, "sent": request.GET.get("sent") == "1"}
    parts |= {"people": queries.people_who_take_part(programme.group)}
    response = render(request, "programmes/attending/unnamed_barrier.html", parts, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    # The way back leads to where one is signed in: that request must not say that somebody comes from here.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _sent(request: HttpRequest) -> dict[str, str]:
    """Say that it is kept, in the language that was chosen here."""
    named = language.named_in(request.META["QUERY_STRING"])
    return {"sent": "1"} | ({language.NAME: named} if named else {})


def _send(programme: Programme, *, kind: str, text: str) -> bool:
    actions.name_barrier_unnamed(programme, kind=kind, text=text)
    return True


def barriers(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/barriers/ - what keeps people from taking part, for those who lead the group."""
    programme = queries.programme_led(request.user, programme_id)
    found = list(queries.barriers_for_leader(programme))
    parts = {"programme": programme, "open": [one for one in found if not one.closed_on]}
    parts["closed"] = [one for one in found if one.closed_on]
    return render(request, "programmes/attending/barriers.html", parts)


def barrier(request: PersonRequest, barrier_id: int) -> HttpResponse:
    """GET, POST desk/barriers/<key>/ - what was done about one of them."""
    found = queries.barrier_to_act_on(request.user, barrier_id)
    now = {"done": found.done, "close": bool(found.closed_on), "told_group": found.told_group}
    form = ActForm(request.POST or None, initial=now)
    if try_to_save(form, partial(actions.act_on_barrier, found, by=request.user)):
        messages.success(request, _("It is written down."))
        return redirect("programmes.barriers", programme_id=found.programme_id)
    parts = {"barrier": found, "programme": found.programme, "form": form}
    return render(request, "programmes/attending/barrier.html", parts, status=422 if form.errors else 200)
