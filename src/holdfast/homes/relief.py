"""Relief planned by leadership for each place of the cycle, looked at again beside what a group handed over."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.models import Person
from holdfast.people.queries import PersonRequest
from holdfast.programmes.actions.leadership import plan_relief
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.leadership import ReliefForm
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import leadership, programme_led
from holdfast.programmes.rules.companion import Lighter
from holdfast.report_back.models import Concern


def relief(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/relief/ - one thing for each place, for everybody; never who or how many."""
    programme = programme_led(request.user, programme_id)
    places, saved = leadership.parts_of_model(programme, leadership.CYCLE), leadership.relief_of(programme)
    form = ReliefForm(request.POST or None, places=places, saved=saved)
    if try_to_save(form, partial(_plan, programme, by=request.user)):
        messages.success(request, _("The plan stands. Tell staff what you changed and why."))
        return redirect("homes.relief", programme_id=programme.pk)
    drains = Concern.objects.filter(programme=programme, tone="drains", struck=False).order_by("position", "pk")
    again = [one.looked_again_on for one in saved.values() if one.looked_again_on]
    parts = {"programme": programme, "form": form, "drains": list(drains), "again": max(again, default=None)}
    return render(request, "homes/relief.html", parts, status=422 if form.errors else 200)


def _plan(programme: Programme, *, places: dict[str, Lighter], again: bool, by: Person) -> bool:
    plan_relief(programme, places=places, again=again, by=by)
    return True
