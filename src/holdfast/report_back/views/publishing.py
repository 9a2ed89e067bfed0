"""Pages from drafts to a published set: choosing, the script of the meeting, publication."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes.queries import today_at
from holdfast.report_back import actions, queries
from holdfast.report_back.forms import PublicationForm, ScriptForm, try_to_save
from holdfast.report_back.script import script_of


def report_backs(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/report-backs/ - choose drafts for the next meeting; the sets there were."""
    programme = queries.programme_to_answer(request.user, programme_id)
    drafts, sets = queries.drafts_of(programme), queries.report_backs_of(programme)
    chosen = [draft.pk for draft in drafts if draft.report_back_id] or [draft.pk for draft in drafts]
    words = next((one.opening_words for one in sets if one.published_on is None), "")
    begin = {"answer_ids": chosen, "opening_words": words}
    form = ScriptForm(request.POST or None, drafts=drafts, initial=begin)
    made = try_to_save(form, partial(actions.collect, programme, by=request.user))
    if made:
        return redirect("report_back.report_back", report_back_id=made.pk)
    published = [one for one in sets if one.published_on]
    parts = {"programme": programme, "form": form, "drafts": drafts, "published": published}
    return render(request, "report_back/report_backs.html", parts, status=422 if form.errors else 200)


def report_back(request: PersonRequest, report_back_id: int) -> HttpResponse:
    """GET desk/report-backs/<key>/ - the script of a fifteen-minute item, to be read aloud or printed."""
    found = queries.report_back_to_prepare(request.user, report_back_id)
    answers = queries.answers_in(found)
    today = {"said_on": today_at(found.programme)}
    parts = {"report_back": found, "programme": found.programme, "form": PublicationForm(initial=today)}
    return render(request, "report_back/report_back.html", parts | {"script": script_of(answers)})


def publication(request: PersonRequest, report_back_id: int) -> HttpResponse:
    """POST desk/report-backs/<key>/publication/ - make the set visible to the group, once."""
    found = queries.report_back_to_prepare(request.user, report_back_id)
    form = PublicationForm(request.POST)
    if try_to_save(form, partial(actions.publish, found, by=request.user)):
        messages.success(request, _("The answers are published. The group and its site can read them."))
        return redirect("report_back.report_back", report_back_id=found.pk)
    parts = {"report_back": found, "programme": found.programme, "form": form}
    parts |= {"script": script_of(queries.answers_in(found))}
    return render(request, "report_back/report_back.html", parts, status=422)
