"""The page of one touch-base: its agenda, and what was agreed, on the screen and on paper."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.homes.agenda import agenda_of
from holdfast.homes.touch_base_paper import printed_touch_base
from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries as plans
from holdfast.programmes.actions.touch_bases import keep_touch_base
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.touch_bases import TalkForm
from holdfast.programmes.queries import touch_bases as queries
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked

USUAL = timedelta(days=14)


def touch_base(request: PersonRequest, touch_base_id: int) -> HttpResponse:
    """GET, POST desk/touch-bases/<key>/ - the agenda, and what was talked about and agreed."""
    one = queries.touch_base_for(request.user, touch_base_id)
    programme, group = one.programme, one.programme.group
    due = plans.today_at(programme) + USUAL
    form = TalkForm(request.POST or None, due=due, initial={"notes": one.notes})
    if try_to_save(form, partial(keep_touch_base, one, by=request.user)):
        messages.success(request, _("It is kept. What was agreed comes up the next time."))
        return redirect("homes.touch_base", touch_base_id=one.pk)
    parts = {
        "programme": programme, "met": queries.as_met(one), "form": form,
        "agenda": agenda_of(one, seen_by=request.user),
        "names": [one.leader.name, *(person.name for person in plans.facilitators_of(group))],
        "is_leader": one.leader == request.user, "on": {"on": "1"}, "done": {"done": "1"}, "papers": PAPERS.items(),
    }  # fmt: skip
    return render(request, "homes/touch_base.html", parts, status=422 if form.errors else 200)


def touch_base_on_paper(request: PersonRequest, touch_base_id: int) -> HttpResponse:
    """GET desk/touch-bases/<key>/paper/ - the same as PDF, with room to write; ?size= chooses the paper."""
    one = queries.touch_base_for(request.user, touch_base_id)
    agenda = agenda_of(one, seen_by=request.user)
    return as_pdf(printed_touch_base(one, agenda, paper=paper_asked(request, Paper)), name="touch-base")
