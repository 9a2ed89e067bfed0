"""Slips at the desk: how it stands with them, sheets of new ones, and the way back to the open code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.gatherings import queries
from holdfast.gatherings.actions.slips import draw_slips, let_in_by_code
from holdfast.gatherings.drawn.forms import SlipsForm, paper_of
from holdfast.gatherings.drawn.printed import printed_slips
from holdfast.gatherings.drawn.shown import slips_of
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused
from holdfast.web.printing import PAPERS, as_pdf
from holdfast.web.wording import words_for


def slips(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/slips/ - how it stands; POST: sheets of new slips as PDF, shown once."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    form = SlipsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tokens = draw_slips(gathering, **form.cleaned_data, by=request.user)
            return as_pdf(printed_slips(gathering, tokens, paper=paper_of(request.POST.get("paper", ""))), name="slips")
        except Refused as refused:
            form.add_error(None, " ".join(words_for(refused)))
    parts = {"gathering": gathering, "slips": slips_of(gathering), "papers": PAPERS.items(), "form": form}
    return render(request, "gatherings/desk/slips/slips.html", parts, status=422 if form.errors else 200)


def removal(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/slips/removal/ - let in by the open code again."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    try:
        let_in_by_code(gathering, by=request.user)
        messages.success(request, _("The code lets in again. Slips that were printed no longer work."))
    except Refused as refused:
        messages.warning(request, " ".join(words_for(refused)))
    return redirect("gatherings.slips", gathering_id=gathering.pk)
