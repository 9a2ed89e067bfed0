"""The map of steps, and the supervision card on the screen and on paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries
from holdfast.programmes.actions.leadership import map_steps
from holdfast.programmes.briefing_paper import printed_card
from holdfast.programmes.forms.leadership import StepsForm
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import leadership
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked


def steps(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/steps/ - where the steps are known from, and common words."""
    programme = queries.programme_for(request.user, programme_id)
    if request.method == "POST":
        programme = queries.programme_to_plan(request.user, programme_id)
    found = leadership.parts_of_model(programme, leadership.STEPS)
    form = StepsForm(request.POST or None, steps=found, saved=leadership.steps_at_home(programme))
    if form.is_valid():
        map_steps(programme, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is written."))
        return redirect("programmes.steps", programme_id=programme.pk)
    may_plan = queries.may_plan(request.user, programme.group)
    parts = {"programme": programme, "form": form, "may_plan": may_plan}
    return render(request, "programmes/leadership/steps.html", parts, status=422 if form.errors else 200)


def supervision_card(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/supervision-card/ - for a talk of two on limits and expectations; nothing is typed."""
    programme = queries.programme_for(request.user, programme_id)
    parts = {"programme": programme, "card": _card(programme), "papers": PAPERS.items()}
    return render(request, "programmes/leadership/supervision_card.html", parts)


def supervision_card_on_paper(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/supervision-card/paper/ - the same as PDF; ?size= chooses the paper."""
    programme = queries.programme_for(request.user, programme_id)
    made = printed_card(_card(programme), programme, paper=paper_asked(request, Paper))
    return as_pdf(made, name="supervision-card")


def _card(programme: Programme) -> leadership.Card:
    card = leadership.supervision_card(programme)
    if card is None:
        raise Http404
    return card
