"""Check-ins: the days on which a team looks whether it still goes, and what it found."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries
from holdfast.programmes.actions import check_ins as actions
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.check_ins import CheckInDayForm, LookForm
from holdfast.programmes.queries import check_ins as looks
from holdfast.programmes.rules.check_ins import QUARTER

WRITTEN = ("found", "alive", "quiet")


def check_ins(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/check-ins/ - when to look again, and what was found so far."""
    programme = queries.programme_for(request.user, programme_id)
    ahead = list(looks.check_ins_ahead(programme))
    latest = max([queries.today_at(programme), *(one.planned_on for one in ahead)])
    form = CheckInDayForm(request.POST or None, initial={"planned_on": latest + QUARTER})
    if try_to_save(form, partial(actions.plan_check_ins, programme, by=request.user)):
        messages.success(request, _("It stands. The team and the leader are reminded in that week."))
        return redirect("programmes.check_ins", programme_id=programme.pk)
    parts = {"programme": programme, "form": form, "ahead": ahead, "done": list(looks.check_ins_done(programme))}
    return render(request, "programmes/check_ins/check_ins.html", parts, status=422 if form.errors else 200)


def check_in(request: PersonRequest, check_in_id: int) -> HttpResponse:
    """GET, POST desk/check-ins/<key>/ - look again, beside what was kept and what was found last time."""
    one = looks.check_in_for(request.user, check_in_id)
    programme, written = one.programme, {name: getattr(one, name) for name in WRITTEN}
    others = looks.check_ins_ahead(programme).exclude(pk=one.pk)
    next_on = None if one.looked_on or others.exists() else queries.today_at(programme) + QUARTER
    form = LookForm(request.POST or None, initial={**written, "next_on": next_on})
    if try_to_save(form, partial(actions.look_again, one, by=request.user)):
        messages.success(request, _("It is written, with its day."))
        return redirect("programmes.check_ins", programme_id=programme.pk)
    parts = {"programme": programme, "one": one, "form": form, "practices": list(queries.practices_of(programme))}
    parts["before"] = looks.check_ins_done(programme).exclude(pk=one.pk).first()
    return render(request, "programmes/check_ins/check_in.html", parts, status=422 if form.errors else 200)


def check_in_removal(request: PersonRequest, check_in_id: int) -> HttpResponse:
    """POST desk/check-ins/<key>/removal/ - take it off the list."""
    one = looks.check_in_for(request.user, check_in_id)
    actions.remove_check_in(one, by=request.user)
    messages.success(request, _("It is off the list."))
    return redirect("programmes.check_ins", programme_id=one.programme_id)
