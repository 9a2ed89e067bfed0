"""Taking over a roster: read, looked at beside who is there, and only then taken, in two presses; nobody is removed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.people import actions, queries
from holdfast.people.forms import RosterForm
from holdfast.people.models import RosterDraft
from holdfast.people.queries import PersonRequest
from holdfast.people.roster import Comparison, compare
from holdfast.people.roster_words import WRONG


def roster_file(request: PersonRequest) -> HttpResponse:
    """GET, POST desk/people/roster/ - a file or pasted rows; nothing is taken over yet."""
    queries.organisation_of(request.user)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.keep_roster(form.cleaned_data["text"], guessed=form.guessed, by=request.user)
        return redirect("people.roster_preview")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/roster_file.html", {"form": form}, status=status)


def roster_preview(request: PersonRequest) -> HttpResponse:
    """GET desk/people/roster/preview/ - who is new, what changed, who is missing, and what cannot be taken."""
    draft, found = _compared(request)
    wrong = [(line, WRONG[line.wrong]) for line in found.wrong if line.wrong]
    return render(request, "people/roster_preview.html", {"found": found, "draft": draft, "wrong": wrong})


def roster_additions(request: PersonRequest) -> HttpResponse:
    """POST desk/people/roster/additions/ - add everybody who is new."""
    _draft, found = _compared(request)
    count = actions.add_newcomers(request.user.organisation, found.new, by=request.user)
    said = ngettext("One person is added.", "%(count)s people are added.", count) % {"count": count}
    messages.success(request, said)
    return redirect("people.roster_preview")


def roster_changes(request: PersonRequest) -> HttpResponse:
    """POST desk/people/roster/changes/ - take over what changed; no role is taken from anybody."""
    _draft, found = _compared(request)
    count = actions.take_over_changes(found.changed, by=request.user)
    said = ngettext("One change is taken over.", "%(count)s changes are taken over.", count) % {"count": count}
    messages.success(request, said)
    return redirect("people.roster_preview")


def roster_removal(request: PersonRequest) -> HttpResponse:
    """POST desk/people/roster/removal/ - put the roster away; what was taken over stays."""
    queries.organisation_of(request.user)
    actions.discard_roster(by=request.user)
    messages.success(request, _("The roster is put away."))
    return redirect("people.roster")


def _compared(request: PersonRequest) -> tuple[RosterDraft, Comparison]:
    queries.organisation_of(request.user)
    draft = RosterDraft.objects.filter(by=request.user).first()
    if draft is None:
        raise Http404
    return draft, compare(request.user, draft.text)
