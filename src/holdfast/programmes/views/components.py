"""What surrounds the sessions: the picture of a programme, one section, one component, and totals for whole sites."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.component_words import SHORT, STATES
from holdfast.programmes.forms import ComponentForm, HelpForm, IdeaForm, MarkForm, PracticeForm, try_to_save
from holdfast.programmes.models import Programme
from holdfast.programmes.queries.check_ins import check_ins_ahead
from holdfast.programmes.queries.touch_bases import meets_in
from holdfast.programmes.questions_paper import ASKING, printed_questions, slips_for
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked

SAID = {
    "done": gettext_lazy("It is done. Thank you."),
    "not_now": gettext_lazy("Not this time. That needs no reason."),
    "": gettext_lazy("It is open again."),
}


def components(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/components/ - every section with its seven components at a glance."""
    programme = queries.programme_for(request.user, programme_id)
    view = queries.around(programme)
    planned = [(row.section, cell) for row in view.rows for cell in row.cells if cell.plan or cell.help_wanted]
    parts = {"programme": programme, "view": view, "planned": planned, "short": SHORT.items(), "states": STATES}
    parts |= {"look": check_ins_ahead(programme).first(), "may_ask": meets_in(request.user, programme)}
    return render(request, "programmes/around/components.html", parts)


def section_components(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/components/ - what surrounds one session."""
    programme = queries.programme_for(request.user, programme_id)
    row = queries.section_around(programme, number)
    parts = {"programme": programme, "row": row, "section": row.section}
    return render(request, "programmes/around/section.html", parts)


def component(request: PersonRequest, programme_id: int, number: int, key: str) -> HttpResponse:
    """GET, POST desk/programmes/<key>/sections/<number>/components/<key>/ - what helps with it, and the plan."""
    programme = queries.programme_for(request.user, programme_id)
    section, cell = queries.cell_of(programme, number, key)
    form = ComponentForm.from_saved(request.POST or None, cell.plan, component=key)
    if try_to_save(form, partial(actions.plan_component, programme, section=number, component=key, by=request.user)):
        messages.success(request, _("It is written."))
        return redirect("programmes.section_components", programme_id=programme.pk, number=number)
    parts = {"programme": programme, "section": section, "cell": cell, "form": form}
    parts |= {"ready": queries.ready_texts(programme, section, key), "component": section.component(key)}
    parts |= _lists(programme, number, key) | {"may_ask": meets_in(request.user, programme)}
    return render(request, "programmes/around/component.html", parts, status=422 if form.errors else 200)


def questions_on_paper(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/questions/paper/ - its questions as PDF; ?size= chooses the paper."""
    programme = queries.programme_for(request.user, programme_id)
    section = queries.section_of(programme, number)
    slips = slips_for(programme, section)
    if not slips:
        raise Http404
    made = printed_questions(programme, section, slips, paper=paper_asked(request, Paper))
    return as_pdf(made, name=f"{section.key}-questions")


def component_marks(request: PersonRequest, programme_id: int, number: int, key: str) -> HttpResponse:
    """POST desk/programmes/<key>/sections/<number>/components/<key>/marks/ - done, or not this time, with one press."""
    programme = queries.programme_for(request.user, programme_id)
    queries.cell_of(programme, number, key)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    state = form.cleaned_data["state"]
    actions.mark_component(programme, section=number, component=key, state=state, by=request.user)
    messages.success(request, SAID[state])
    if request.POST.get("back") == "all":
        return redirect("programmes.components", programme_id=programme.pk)
    return redirect("programmes.section_components", programme_id=programme.pk, number=number)


def help_wanted(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/help-wanted/ - the team would like help with a component, or no longer."""
    programme = queries.programme_for(request.user, programme_id)
    form = HelpForm(request.POST)
    if not form.is_valid():
        raise Http404
    number, key = form.cleaned_data["section"], form.cleaned_data["component"]
    if number:
        queries.cell_of(programme, number, key)
    actions.want_help(programme, **form.cleaned_data, by=request.user)
    said = _("Who coordinates or coaches your site sees that you would like help, and with what.")
    messages.success(request, said if form.cleaned_data["wanted"] else _("The wish for help is taken back."))
    if number:
        return redirect("programmes.component", programme_id=programme.pk, number=number, key=key)
    return redirect("programmes.components", programme_id=programme.pk)


def _lists(programme: Programme, number: int, key: str) -> dict[str, object]:
    """Return what a component's page has beside its plan: places, ideas, practices or questions of this section."""
    sections = queries.sections_of(programme)
    if key == "C3":
        return {"hangings": list(queries.hangings_of(programme, number))}
    if key == ASKING and slips_for(programme, queries.section_of(programme, number)):
        return {"questions": PAPERS.items()}
    if key == "C5":
        mine = [idea for idea in queries.ideas_of(programme) if idea.section == number]
        return {"ideas": mine, "idea_form": IdeaForm(sections=sections, initial={"section": number})}
    if key == "C6":
        mine_too = [practice for practice in queries.practices_of(programme) if practice.section == number]
        begin = {"section": number, "since": queries.today_at(programme)}
        return {"practices": mine_too, "practice_form": PracticeForm(sections=sections, initial=begin)}
    return {}
