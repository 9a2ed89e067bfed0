"""A leader's own pages: why this work is done, and what to say more clearly later."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.forms import LaterFateForm, LaterForm, WhyForm, try_to_save
from holdfast.programmes.models import Programme, Why
from holdfast.programmes.why_words import PROMPTS


def whys(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/whys/ - both statements, newest first; writing makes a new version."""
    programme = queries.programme_led(request.user, programme_id)
    sent = request.POST.get("kind", "")
    kind = sent if sent in Why.Kind.values else Why.Kind.values[0]  # words of no kind stay on the page as well
    form = WhyForm(request.POST or None, auto_id=f"id_{kind}_%s")
    if try_to_save(form, partial(actions.write_why, programme, by=request.user)):
        messages.success(request, _("It is written. Staff see this version from now on."))
        return redirect("programmes.whys", programme_id=programme.pk)
    parts = {"programme": programme, "statements": _statements(programme, form, kind), "prompts": PROMPTS}
    return render(request, "programmes/whys.html", parts, status=422 if form.errors else 200)


def why_strike(request: PersonRequest, why_id: int) -> HttpResponse:
    """POST desk/whys/<key>/strikes/ - remove the words of a version that names somebody."""
    why = queries.why_written(request.user, why_id)
    actions.strike_why(why, by=request.user)
    messages.success(request, _("The words are removed. A short note says that something stood there."))
    return redirect("programmes.whys", programme_id=why.programme_id)


def _statements(programme: Programme, sent: WhyForm, written: str) -> list[dict[str, Any]]:
    """Return for each kind its words, its versions, and a form that begins with the newest."""
    found = queries.whys_of(programme)
    statements = []
    for kind in Why.Kind:
        newest = found[kind][0] if found[kind] else None
        begin = {"kind": kind.value, "text": newest.text if newest else ""}
        form = (
            sent if sent.is_bound and kind.value == written else WhyForm(initial=begin, auto_id=f"id_{kind.value}_%s")
        )
        statements.append({"kind": kind, "newest": newest, "earlier": found[kind][1:], "form": form})
    return statements


def communicate_later(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/communicate-later/ - a leader's own list; nobody else sees it."""
    programme = queries.programme_led(request.user, programme_id)
    form = LaterForm(request.POST or None)
    if try_to_save(form, partial(actions.note_for_later, programme, by=request.user)):
        messages.success(request, _("It is on your list. Only you see it."))
        return redirect("programmes.communicate_later", programme_id=programme.pk)
    notes = list(queries.later_list(request.user, programme))
    parts = {"programme": programme, "form": form, "notes": notes}
    return render(request, "programmes/communicate_later.html", parts, status=422 if form.errors else 200)


def later_note(request: PersonRequest, note_id: int) -> HttpResponse:
    """GET, POST desk/communicate-later/<key>/ - when and how it was said, or who should say it."""
    note = queries.later_note(request.user, note_id)
    names = ("text", "said_on", "how", "handed_to")
    form = LaterFateForm(request.POST or None, initial={name: getattr(note, name) for name in names})
    if try_to_save(form, partial(actions.change_later, note, by=request.user)):
        return redirect("programmes.communicate_later", programme_id=note.programme_id)
    parts = {"note": note, "programme": note.programme, "form": form}
    return render(request, "programmes/later_note.html", parts, status=422 if form.errors else 200)


def later_removal(request: PersonRequest, note_id: int) -> HttpResponse:
    """POST desk/communicate-later/<key>/removal/ - take it off the list."""
    note = queries.later_note(request.user, note_id)
    actions.drop_later(note, by=request.user)
    messages.success(request, _("It is off your list."))
    return redirect("programmes.communicate_later", programme_id=note.programme_id)
