"""Pages on which leaders work through what they were handed; nobody else sees them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import today_at
from holdfast.report_back import actions, queries, rules
from holdfast.report_back.forms import AnswerForm, ProgressForm, ThemeForm, as_drafted, try_to_save
from holdfast.report_back.words import CONDUCT, choices_for, words_to_begin


def concerns(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/concerns/ - what a group handed over, by theme."""
    programme = queries.programme_to_answer(request.user, programme_id)
    return render(request, "report_back/concerns.html", _list(request, programme))


def themes(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/themes/ - put what is alike under one word."""
    programme = queries.programme_to_answer(request.user, programme_id)
    form = ThemeForm(request.POST, concerns=list(programme.concerns.order_by("position", "pk")))
    given = form.is_valid() and form.cleaned_data
    if given:
        actions.give_theme(given["concerns"], theme=given["theme"], by=request.user)
        return redirect("report_back.concerns", programme_id=programme.pk)
    parts = _list(request, programme) | {"mistake": form}
    return render(request, "report_back/concerns.html", parts, status=422)


def _list(request: PersonRequest, programme: Programme) -> dict[str, Any]:
    found = queries.themes(programme)
    lines = [line for theme in found for line in theme.concerns]
    return {
        "programme": programme,
        "themes": found,
        "answered": [line for theme in found for line in theme.answered],
        "balance": rules.balance(bool(line.published) for line in lines),
        "due_on": min((line.concern.due_on for line in lines if not line.published), default=None),
        "drafts": sum(line.draft is not None for line in lines),
        "others": [one for one in queries.programmes_to_answer(request.user) if one.pk != programme.pk],
        "conduct": CONDUCT,
    }


def concern(request: PersonRequest, concern_id: int) -> HttpResponse:
    """GET, POST desk/concerns/<key>/ - one concern; ?verdict= chooses what the answer is, and asks what that needs."""
    concern = queries.concern_to_answer(request.user, concern_id)
    line, today = queries.worked(concern), today_at(concern.programme)
    verdict = request.POST.get("verdict") or request.GET.get("verdict") or (line.draft.verdict if line.draft else "")
    form = None
    if rules.may_say(verdict, concern.tone):
        alike, begin = queries.alike(request.user, concern), as_drafted(line.draft, verdict, today)
        form = AnswerForm(request.POST or None, verdict=verdict, alike=alike, today=today, initial=begin)
        if drafts := try_to_save(form, partial(actions.draft_answer, concern, by=request.user)):
            messages.success(request, _("The draft is saved. Only the leaders of the group see it."))
            return redirect("report_back.concerns", programme_id=drafts[0].concern.programme_id)
    parts = {"line": line, "concern": concern, "programme": concern.programme, "form": form, "verdict": verdict}
    parts |= {"choices": choices_for(concern.tone), "beginnings": words_to_begin(verdict), "conduct": CONDUCT}
    parts |= {"not_mine": {"mine": "no"}}
    return render(request, "report_back/concern.html", parts, status=422 if form and form.errors else 200)


def ownership(request: PersonRequest, concern_id: int) -> HttpResponse:
    """POST desk/concerns/<key>/ownership/ - look after it from now on, or (mine=no) leave it to another leader."""
    concern = queries.concern_to_answer(request.user, concern_id)
    change = actions.release if request.POST.get("mine") == "no" else actions.own
    change(concern, by=request.user)
    return redirect("report_back.concern", concern_id=concern.pk)


def draft_removal(request: PersonRequest, concern_id: int) -> HttpResponse:
    """POST desk/concerns/<key>/removal/ - throw the draft away."""
    concern = queries.concern_to_answer(request.user, concern_id)
    actions.drop_draft(concern, by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("report_back.concern", concern_id=concern.pk)


def progress(request: PersonRequest, answer_id: int) -> HttpResponse:
    """GET, POST desk/answers/<key>/progress/ - what has moved since an answer was published."""
    answer = queries.answer_to_follow(request.user, answer_id)
    form = ProgressForm(request.POST or None)
    if try_to_save(form, partial(actions.add_progress, answer, by=request.user)):
        messages.success(request, _("The group can see what has moved."))
        return redirect("report_back.concern", concern_id=answer.concern_id)
    parts = {"answer": answer, "concern": answer.concern, "programme": answer.concern.programme, "form": form}
    return render(request, "report_back/progress.html", parts, status=422 if form.errors else 200)
