"""Pages on which a group acts through its facilitator: handing over, its own list, letting go."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.gatherings.actions import set_place
from holdfast.people.queries import PersonRequest
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import gathering_to_plan, programme_to_plan, today_at
from holdfast.report_back import actions, queries
from holdfast.report_back.forms import (
    HandOverForm,
    LetGoForm,
    NewOursForm,
    OursForm,
    SpareForm,
    as_it_stands,
    try_to_save,
)


def hand_over(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/hand-over/ - give leadership what the group agreed to, with a date."""
    gathering = gathering_to_plan(request.user, gathering_id)
    standing, today = queries.hand_over_of(gathering), today_at(gathering.programme)
    form = HandOverForm(request.POST or None, standing=standing, today=today)
    made = try_to_save(form, partial(actions.hand_over, gathering, by=request.user))
    if made is not None:
        said = ngettext("One thing is handed over.", "%(count)s things are handed over.", len(made))
        messages.success(request, said % {"count": len(made)} if made else _("All of it was handed over already."))
        return redirect("report_back.hand_over", gathering_id=gathering.pk)
    parts = _handing_over(gathering, standing) | {"form": form}
    return render(request, "report_back/hand_over.html", parts, status=422 if form.errors else 200)


def _handing_over(gathering: Gathering, standing: queries.HandOver) -> dict[str, Any]:
    group = gathering.programme.group
    people = queries.who_answers(group)
    return {
        "gathering": gathering,
        "programme": gathering.programme,
        "standing": standing,
        "people": people,
        "nobody_leads": not queries.has_leader(group),
    }


def place_return(request: PersonRequest, gathering_id: int, driver_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/drivers/<key>/return/ - take a place back, so that the next sort offers it again."""
    gathering = gathering_to_plan(request.user, gathering_id)
    set_place(gathering, driver_id=driver_id, to="", by=request.user)
    messages.success(request, _("It has no place now. The next sort offers it again."))
    return redirect("report_back.hand_over", gathering_id=gathering.pk)


def our_list(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/our-list/ - the group's two lists; the form adds something of its own."""
    programme = programme_to_plan(request.user, programme_id)
    form = NewOursForm(request.POST or None)
    if try_to_save(form, partial(actions.add_ours, programme, by=request.user)):
        return _to_list(request, programme, _("It is on our own list."))
    parts = {"programme": programme, "lists": queries.our_list(programme), "form": form}
    return render(request, "report_back/our_list.html", parts, status=422 if form.errors else 200)


def ours(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/ours/ - put what the group sorted as ours on its list."""
    programme = programme_to_plan(request.user, programme_id)
    form = SpareForm(request.POST, lists=queries.our_list(programme))
    if try_to_save(form, partial(actions.put_on_our_list, programme, by=request.user)) is None:
        return _with_mistake(request, programme, form)
    return _to_list(request, programme, _("It is on our own list. Now one small step, and somebody for it."))


def ours_item(request: PersonRequest, item_id: int) -> HttpResponse:
    """GET, POST desk/ours/<key>/ - the small step, who takes it, when to look again, how it stands."""
    item = queries.ours_to_change(request.user, item_id)
    form = OursForm(request.POST or None, initial=as_it_stands(item))
    if try_to_save(form, partial(actions.change_ours, item, by=request.user)):
        return _to_list(request, item.programme, _("Our own list is up to date."))
    parts = {"item": item, "programme": item.programme, "form": form}
    return render(request, "report_back/ours_item.html", parts, status=422 if form.errors else 200)


def ours_return(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/ours/<key>/return/ - take it off the list, so that the next sort offers it again."""
    item = queries.ours_to_change(request.user, item_id)
    actions.take_off(item, by=request.user)
    return _to_list(request, item.programme, _("It is off the list. The next sort offers it again."))


def let_go(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/let-go/ - the group puts down what it chose."""
    programme = programme_to_plan(request.user, programme_id)
    form = LetGoForm(request.POST, lists=queries.our_list(programme))
    if try_to_save(form, partial(actions.let_go, programme, by=request.user)) is None:
        return _with_mistake(request, programme, form)
    return _to_list(request, programme, _("The group has let it go, for now."))


def let_go_return(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/let-go/<key>/return/ - the group picks something up again."""
    item = queries.let_go_to_change(request.user, item_id)
    actions.take_back(item, by=request.user)
    return _to_list(request, item.programme, _("The group has taken it up again."))


def _to_list(request: PersonRequest, programme: Programme, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("report_back.our_list", programme_id=programme.pk)


def _with_mistake(request: PersonRequest, programme: Programme, form: SpareForm | LetGoForm) -> HttpResponse:
    lists = queries.our_list(programme)
    parts = {"programme": programme, "lists": lists, "form": NewOursForm(), "mistake": form}
    return render(request, "report_back/our_list.html", parts, status=422)
