"""What is kept of a programme: the running list of ideas, and what became how we do it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.forms import IdeaForm, PracticeForm, try_to_save
from holdfast.programmes.models import Idea, Programme


def ideas(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/ideas/ - ideas for staying connected, caught as they come."""
    programme = queries.programme_for(request.user, programme_id)
    sections = queries.sections_of(programme)
    form = IdeaForm(request.POST or None, sections=sections)
    if try_to_save(form, partial(actions.note_idea, programme, by=request.user)):
        messages.success(request, _("The idea is on the list."))
        return redirect("programmes.ideas", programme_id=programme.pk)
    parts = {"programme": programme, "form": form, "ideas": list(queries.ideas_of(programme))}
    return render(request, "programmes/around/ideas.html", parts, status=422 if form.errors else 200)


def idea(request: PersonRequest, idea_id: int) -> HttpResponse:
    """GET, POST desk/ideas/<key>/ - say an idea better."""
    idea = queries.idea_to_change(request.user, idea_id)
    sections = queries.sections_of(idea.programme)
    begin = {"text": idea.text, "section": idea.section}
    form = IdeaForm(request.POST or None, sections=sections, initial=begin)
    if try_to_save(form, partial(actions.change_idea, idea, by=request.user)):
        return redirect("programmes.ideas", programme_id=idea.programme_id)
    parts = {"programme": idea.programme, "idea": idea, "form": form}
    return render(request, "programmes/around/idea.html", parts, status=422 if form.errors else 200)


def idea_removal(request: PersonRequest, idea_id: int) -> HttpResponse:
    """POST desk/ideas/<key>/removal/ - take it off the list."""
    idea = queries.idea_to_change(request.user, idea_id)
    actions.remove_idea(idea, by=request.user)
    messages.success(request, _("The idea is off the list."))
    return redirect("programmes.ideas", programme_id=idea.programme_id)


def practices(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/practices/ - how we do it now; ?idea= begins with an idea of the list."""
    programme = queries.programme_for(request.user, programme_id)
    grown_from = _idea_named(request, programme)
    begin: dict[str, object] = {"since": queries.today_at(programme)}
    if grown_from:
        begin |= {"text": grown_from.text, "section": grown_from.section}
    form = PracticeForm(request.POST or None, sections=queries.sections_of(programme), initial=begin)
    if try_to_save(form, partial(actions.note_practice, programme, idea=grown_from, by=request.user)):
        messages.success(request, _("It stands under “How we do it now”."))
        return redirect("programmes.practices", programme_id=programme.pk)
    parts = {"programme": programme, "form": form, "practices": list(queries.practices_of(programme))}
    parts["grown_from"] = grown_from
    return render(request, "programmes/around/practices.html", parts, status=422 if form.errors else 200)


def practice(request: PersonRequest, practice_id: int) -> HttpResponse:
    """GET, POST desk/practices/<key>/ - change what is written about a practice."""
    practice = queries.practice_to_change(request.user, practice_id)
    sections = queries.sections_of(practice.programme)
    begin = {name: getattr(practice, name) for name in ("text", "section", "since", "written_where")}
    form = PracticeForm(request.POST or None, sections=sections, initial=begin)
    if try_to_save(form, partial(actions.change_practice, practice, by=request.user)):
        return redirect("programmes.practices", programme_id=practice.programme_id)
    parts = {"programme": practice.programme, "practice": practice, "form": form}
    return render(request, "programmes/around/practice.html", parts, status=422 if form.errors else 200)


def practice_removal(request: PersonRequest, practice_id: int) -> HttpResponse:
    """POST desk/practices/<key>/removal/ - it is not so any more."""
    practice = queries.practice_to_change(request.user, practice_id)
    actions.remove_practice(practice, by=request.user)
    messages.success(request, _("It is off the list."))
    return redirect("programmes.practices", programme_id=practice.programme_id)


def _idea_named(request: PersonRequest, programme: Programme) -> Idea | None:
    asked = request.GET.get("idea", "")
    known = asked.isdecimal() and len(asked) < 20
    return queries.ideas_of(programme).filter(pk=int(asked), practice__isnull=True).first() if known else None
