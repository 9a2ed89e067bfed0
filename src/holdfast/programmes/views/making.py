"""Pages on which a team fits a plan to its time, saves its own make of it, and notes what really happened."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries, rules
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.forms.making import FitForm, MakeForm, PlaceForm, RecordForm, TimeForm
from holdfast.programmes.models import Gathering
from holdfast.programmes.run_sheet_paper import printed_run_sheet
from holdfast.programmes.views.plans import after_change
from holdfast.refusals import Refused
from holdfast.web.printing import Paper, as_pdf, paper_asked


def plan_time(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/time/ - plan for another time; the activities stay as they are."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    length = rules.length_of(gathering.starts_at, gathering.ends_at)
    form = TimeForm(request.POST, length=length)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["minutes"]
    actions.plan_for(gathering, minutes=None if chosen == length else chosen, by=request.user)
    messages.success(request, _("The plan is measured against %(n)s minutes now.") % {"n": chosen})
    return redirect("programmes.gathering", gathering_id=gathering.pk)


def plan_fit(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/fit/ - how the plan would come down to ?minutes=, taken up by one press."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    length = rules.length_of(gathering.starts_at, gathering.ends_at)
    form = FitForm(request.POST or {"minutes": request.GET.get("minutes") or length}, length=length)
    if not form.is_valid():
        raise Http404
    minutes = form.cleaned_data["minutes"]
    if request.method == "POST" and _take_up(form, gathering, request):
        messages.success(request, _("The plan fits %(n)s minutes now.") % {"n": minutes})
        return redirect("programmes.gathering", gathering_id=gathering.pk)
    proposal, lines = queries.proposal_for(gathering, minutes)
    parts: dict[str, Any] = {"gathering": gathering, "proposal": proposal, "lines": lines, "minutes": minutes}
    parts |= {"planned": sum(line.item.minutes for line in lines), "form": form, "length": length}
    return render(request, "programmes/making/fit.html", parts, status=422 if form.errors else 200)


def _take_up(form: FitForm, gathering: Gathering, request: PersonRequest) -> rules.Proposal | None:
    return try_to_save(form, partial(actions.make_fit, gathering, by=request.user))


def activity_make(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/make/ - the shorter, longer or usual make of the toolkit."""
    item = queries.activity_to_plan(request.user, item_id)
    form = MakeForm(request.POST)
    if not form.is_valid():
        raise Refused("programmes.no_such_make")
    item = actions.choose_make(item, make=form.cleaned_data["make"], by=request.user)
    return after_change(request, item, _("“%(title)s” takes another make."))


def activity_place(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/place/ - dropped somewhere; what it does, “earlier” and “later” do too."""
    item = queries.activity_to_plan(request.user, item_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    item = actions.place_activity(item, place=form.cleaned_data["place"], by=request.user)
    return after_change(request, item, _("“%(title)s” has another place."))


def run_sheet_on_paper(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/paper/ - the run sheet as PDF, for when the network fails; ?size= chooses the paper."""
    gathering = queries.gathering_for(request.user, gathering_id)
    return as_pdf(printed_run_sheet(gathering, paper=paper_asked(request, Paper)), name="run-sheet")


def saved_make(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/make/ - keep this plan as the team's make of its section."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    actions.save_make(gathering, by=request.user)
    messages.success(request, _("It is your team’s make now. The next session on this section can start from it."))
    return redirect("programmes.gathering", gathering_id=gathering.pk)


def start_from_make(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/make/start/ - the team's make takes the place of this plan."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    actions.start_from_make(gathering, by=request.user)
    messages.success(request, _("This plan starts from your team’s make."))
    return redirect("programmes.gathering", gathering_id=gathering.pk)


def makes(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/makes/ - what the team changed in the toolkit, and when."""
    programme = queries.programme_changed_by_team(request.user, programme_id)
    parts = {"programme": programme, "makes": queries.makes_of(programme)}
    parts["reads_plans"] = queries.programmes_for(request.user).filter(pk=programme.pk).exists()
    return render(request, "programmes/making/makes.html", parts)


def record(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/record/ - what really happened, corrected or written by hand."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    items = list(gathering.plan.order_by("position", "pk"))
    form = RecordForm(request.POST or None, items=items)
    if try_to_save(form, partial(actions.write_record, gathering, by=request.user)):
        messages.success(request, _("What really happened stands in the plan."))
        return redirect("programmes.gathering", gathering_id=gathering.pk)
    parts = {"form": form, "gathering": gathering}
    return render(request, "programmes/making/record.html", parts, status=422 if form.errors else 200)


def newer_toolkit(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/newer-toolkit/ - what a newer version would change; a press goes over to it."""
    programme = queries.programme_to_plan(request.user, programme_id)
    newer = queries.newer_version(programme)
    if request.method == "POST":
        if newer is None or request.POST.get("to") != str(newer.pk):
            raise Refused("programmes.not_the_newest")
        actions.switch_toolkit(programme, to=newer, by=request.user)
        messages.success(request, _("The programme goes on with version %(n)s.") % {"n": newer.version})
        return redirect("programmes.programme", programme_id=programme.pk)
    parts: dict[str, Any] = {"programme": programme, "newer": newer}
    if newer:
        parts |= {"news": queries.news_of(programme, newer), "plans": queries.plan_news(programme, newer)}
    return render(request, "programmes/making/newer_toolkit.html", parts)
