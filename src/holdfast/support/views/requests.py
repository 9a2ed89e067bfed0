"""Pages of asking a coach: the list, a new request, the thread."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.support import actions, queries
from holdfast.support.forms import AskForm, TurnForm, try_to_save
from holdfast.support.models import HelpRequest
from holdfast.support.queries.requests import COACH
from holdfast.support.words import words_about

MOST = 60
"""How many threads and programmes the list shows, what moved last first."""


def requests(request: PersonRequest) -> HttpResponse:
    """GET desk/help-requests/ - the threads somebody reads, what moved last first."""
    queries.check_sees_requests(request.user)
    asked, programmes = queries.requests_for(request.user)[:MOST], queries.programmes_to_ask_for(request.user)[:MOST]
    parts = {"asked": asked, "programmes": programmes}
    return render(request, "support/requests.html", parts)


def new_request(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/help-requests/new/ - ask the group's coaches; ?section= begins a title."""
    programme = queries.programme_to_ask_for(request.user, programme_id)
    coaches = list(queries.coaches_of(programme.group))
    begin = {"title": words_about(request.GET.get("section", ""), request.GET.get("component", ""))}
    form = AskForm(request.POST or None, initial=begin, readers=", ".join(one.name for one in coaches))
    if asked := try_to_save(form, partial(actions.ask_for_help, programme, by=request.user)):
        messages.success(request, _("It is asked. You get a mail when there is an answer."))
        return redirect("support.help_request", request_id=asked.pk)
    parts = {"form": form, "programme": programme, "coaches": coaches}
    return render(request, "support/new_request.html", parts, status=422 if form.errors else 200)


def help_request(request: PersonRequest, request_id: int) -> HttpResponse:
    """GET, POST desk/help-requests/<key>/ - the thread, and one more turn."""
    asked = queries.request_for(request.user, request_id)
    form = TurnForm(request.POST or None, seen_by=_readers(asked))
    if try_to_save(form, partial(actions.write_turn, asked, by=request.user)):
        return redirect("support.help_request", request_id=asked.pk)
    parts = {"asked": asked, "form": form, "turns": queries.turns_of(asked)}
    parts["is_coach"] = queries.side_of(request.user, asked) == COACH
    return render(request, "support/request.html", parts, status=422 if form.errors else 200)


def closure(request: PersonRequest, request_id: int) -> HttpResponse:
    """POST desk/help-requests/<key>/closure/ - nothing waits any more."""
    asked = queries.request_for(request.user, request_id)
    actions.close_request(asked, by=request.user)
    messages.success(request, _("It is closed. You can take it up again whenever you like."))
    return redirect("support.help_request", request_id=asked.pk)


def take_up(request: PersonRequest, request_id: int) -> HttpResponse:
    """POST desk/help-requests/<key>/return/ - it is open again."""
    asked = queries.request_for(request.user, request_id)
    actions.take_up_again(asked, by=request.user)
    return redirect("support.help_request", request_id=asked.pk)


def _readers(asked: HelpRequest) -> str:
    if asked.mine_alone:
        return _("Read by whoever asked, and by the coaches of this group.")
    return _("Read by leaders and facilitators of this group, and by its coaches.")
