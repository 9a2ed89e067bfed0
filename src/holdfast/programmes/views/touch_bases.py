"""Planning touch-bases, moving them, catching up on one, and settling what was agreed."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.models import Person
from holdfast.people.queries import PersonRequest
from holdfast.programmes.actions import touch_bases as actions
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.touch_bases import DayForm, DaysForm
from holdfast.programmes.models import LeaderPart
from holdfast.programmes.queries import touch_bases as queries


def touch_bases(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/touch-bases/ - what is planned and was held, and days for those between."""
    programme = queries.programme_to_meet_in(request.user, programme_id)
    leaders = queries.leaders_to_meet(request.user, programme)
    leader = _chosen(leaders, request.GET.get("leader", ""))
    gaps = queries.days_to_propose(programme, leader) if leader else []
    form = DaysForm(request.POST or None, gaps=gaps)
    if leader and try_to_save(form, partial(actions.plan_touch_bases, programme, leader=leader, by=request.user)):
        messages.success(request, _("The days stand. Only the facilitators and the leader see them."))
        return redirect("programmes.touch_bases", programme_id=programme.pk)
    met = queries.touch_bases_of(request.user, programme)
    parts = {
        "programme": programme, "form": form, "leaders": leaders, "leader": leader,
        "rows": [(gap, box, LeaderPart(gap.part).label) for gap, box in form.rows],
        "coming": [one for one in met if one.is_open],
        "past": [one for one in reversed(met) if not one.is_open],
    }  # fmt: skip
    return render(request, "programmes/touch_bases/touch_bases.html", parts, status=422 if form.errors else 200)


def day(request: PersonRequest, touch_base_id: int) -> HttpResponse:
    """GET, POST desk/touch-bases/<key>/day/ - meet on another day."""
    touch_base = queries.touch_base_for(request.user, touch_base_id)
    form = DayForm(request.POST or None, initial={"planned_on": touch_base.planned_on})
    if try_to_save(form, partial(actions.move_touch_base, touch_base, by=request.user)):
        messages.success(request, _("The new day stands."))
        return redirect("homes.touch_base", touch_base_id=touch_base.pk)
    parts = {"programme": touch_base.programme, "touch_base": touch_base, "form": form}
    return render(request, "programmes/touch_bases/day.html", parts, status=422 if form.errors else 200)


def catch_up(request: PersonRequest, touch_base_id: int) -> HttpResponse:
    """POST desk/touch-bases/<key>/catch-up/ - it has been made up for today; notes can follow."""
    touch_base = queries.touch_base_for(request.user, touch_base_id)
    actions.catch_up(touch_base, by=request.user)
    messages.success(request, _("It counts as held today. If you agreed on something, write it here."))
    return redirect("homes.touch_base", touch_base_id=touch_base.pk)


def omission(request: PersonRequest, touch_base_id: int) -> HttpResponse:
    """POST desk/touch-bases/<key>/omission/ - not this time, with no reason; an empty `on` takes that back."""
    touch_base = queries.touch_base_for(request.user, touch_base_id)
    actions.leave_out(touch_base, on=bool(request.POST.get("on")), by=request.user)
    return redirect("programmes.touch_bases", programme_id=touch_base.programme_id)


def settlement(request: PersonRequest, agreed_id: int) -> HttpResponse:
    """POST desk/agreed/<key>/settlement/ - done; an empty `done` takes that back."""
    agreed = queries.agreed_to_change(request.user, agreed_id)
    actions.settle(agreed, done=bool(request.POST.get("done")), by=request.user)
    return redirect("programmes.touch_bases", programme_id=agreed.touch_base.programme_id)


def _chosen(leaders: list[Person], asked: str) -> Person | None:
    """Return the leader an address asks for, else the first there is to meet. Raises Http404."""
    if not asked:
        return leaders[0] if leaders else None
    found = next((one for one in leaders if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found
