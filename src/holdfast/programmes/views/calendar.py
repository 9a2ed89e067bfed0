"""The calendar of a programme: a proposal of dates, closed days of a site, further sittings, a change of clocks."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.forms import (
    ClockForm,
    NoGoForm,
    Proposal,
    RhythmForm,
    SittingForm,
    as_sent,
    proposal_of,
    proposal_sent,
    try_to_save,
    usual_rhythm,
    when_now,
)
from holdfast.programmes.models import Programme
from holdfast.programmes.rules import MOST_FURTHER_SITTINGS
from holdfast.refusals import Refused
from holdfast.web.wording import words_for


def calendar(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/calendar/ - propose dates in a rhythm (?weeks= …), change them, accept them."""
    programme = queries.programme_to_plan(request.user, programme_id)
    form = _rhythm(request, programme)
    proposal, fits = _proposal(request, programme, form)
    refused = ""
    if proposal and request.method == "POST" and "accept" in request.POST and fits:
        try:
            made = actions.accept_dates(programme, dates=proposal.dates, by=request.user)
        except Refused as why:
            refused = " ".join(words_for(why))
        else:
            return _accepted(request, programme, len(made))
    parts = _around(programme) | {"form": form, "proposal": proposal, "refused": refused}
    wrong = bool(refused) or (request.method == "POST" and not fits) or bool(form.errors)
    return render(request, "programmes/calendar/calendar.html", parts, status=422 if wrong else 200)


def clock(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/calendar/clock/ - after another time zone: keep the clock's time, or the moment."""
    programme = queries.programme_to_plan(request.user, programme_id)
    form = ClockForm(request.POST)
    if not form.is_valid():
        raise Http404
    keep = form.cleaned_data["keep"] == "clock"
    actions.settle_clock(programme, keep_wall_clock=keep, by=request.user)
    said = _("The sessions keep the time on the clock.") if keep else _("The sessions keep their moment.")
    messages.success(request, said)
    return redirect("programmes.calendar", programme_id=programme.pk)


def no_go(request: PersonRequest, site_id: int) -> HttpResponse:
    """GET, POST desk/sites/<key>/no-go/ - days on which a site is closed; ?programme= is where to go back."""
    site = queries.site_to_plan(request.user, site_id)
    form = NoGoForm(request.POST or None)
    if try_to_save(form, partial(actions.add_no_go, site, by=request.user)):
        messages.success(request, _("These days are closed. Dates that stand already stay until you move them."))
        return redirect(request.get_full_path())
    closed = list(queries.no_go_of(site))
    parts = {"site": site, "form": form, "closed": closed, "hit": queries.meets_when_closed(request.user, site)}
    asked = request.GET.get("programme", "")
    if asked.isdecimal() and len(asked) < 20:
        parts["programme"] = queries.programme_to_plan(request.user, int(asked))
    return render(request, "programmes/calendar/no_go.html", parts, status=422 if form.errors else 200)


def closed_time(request: PersonRequest, no_go_id: int) -> HttpResponse:
    """GET, POST desk/no-go/<key>/ - change closed days."""
    closed = queries.no_go_to_change(request.user, no_go_id)
    names = ("label", "first_day", "last_day")
    form = NoGoForm(request.POST or None, initial={name: getattr(closed, name) for name in names})
    if try_to_save(form, partial(actions.change_no_go, closed, by=request.user)):
        return redirect("programmes.no_go", site_id=closed.site_id)
    parts = {"site": closed.site, "form": form, "closed": closed}
    return render(request, "programmes/calendar/closed_time.html", parts, status=422 if form.errors else 200)


def closed_time_removal(request: PersonRequest, no_go_id: int) -> HttpResponse:
    """POST desk/no-go/<key>/removal/ - open the days again."""
    closed = queries.no_go_to_change(request.user, no_go_id)
    actions.remove_no_go(closed, by=request.user)
    messages.success(request, _("These days are open again."))
    return redirect("programmes.no_go", site_id=closed.site_id)


def sittings(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/sittings/ - all sittings of a session; add one."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    site = gathering.programme.group.site
    begin = {**when_now(gathering.starts_at, gathering.ends_at, "", site.time_zone), "starts": None, "ends": None}
    form = SittingForm(request.POST or None, zone=site.time_zone, no_go=queries.closed_days(site), initial=begin)
    if try_to_save(form, partial(actions.add_sitting, gathering, by=request.user)):
        messages.success(request, _("The sitting is added. The room opens once for all of them."))
        return redirect("programmes.sittings", gathering_id=gathering.pk)
    found = queries.sittings_of(gathering)
    parts = {"gathering": gathering, "form": form, "sittings": found, "zone": site.time_zone}
    parts["is_full"] = len(found) > MOST_FURTHER_SITTINGS
    return render(request, "programmes/calendar/sittings.html", parts, status=422 if form.errors else 200)


def sitting(request: PersonRequest, sitting_id: int) -> HttpResponse:
    """GET, POST desk/sittings/<key>/ - change a further sitting."""
    sitting = queries.sitting_to_plan(request.user, sitting_id)
    site = sitting.gathering.programme.group.site
    now = {"label": sitting.label, **when_now(sitting.starts_at, sitting.ends_at, sitting.place, site.time_zone)}
    form = SittingForm(request.POST or None, zone=site.time_zone, no_go=queries.closed_days(site), initial=now)
    if try_to_save(form, partial(actions.change_sitting, sitting, by=request.user)):
        return redirect("programmes.sittings", gathering_id=sitting.gathering_id)
    parts = {"gathering": sitting.gathering, "form": form, "sitting": sitting}
    return render(request, "programmes/calendar/sitting.html", parts, status=422 if form.errors else 200)


def sitting_removal(request: PersonRequest, sitting_id: int) -> HttpResponse:
    """POST desk/sittings/<key>/removal/ - take a further sitting out."""
    sitting = queries.sitting_to_plan(request.user, sitting_id)
    actions.remove_sitting(sitting, by=request.user)
    messages.success(request, _("The sitting is taken out; the session stays."))
    return redirect("programmes.sittings", gathering_id=sitting.gathering_id)


def _rhythm(request: PersonRequest, programme: Programme) -> RhythmForm:
    """Read the rhythm from the address, or begin with what is usual here."""
    usual = usual_rhythm(queries.today_at(programme), queries.latest_date(programme))
    return RhythmForm(request.GET if "weeks" in request.GET else as_sent(usual))


def _proposal(request: PersonRequest, programme: Programme, form: RhythmForm) -> tuple[Proposal | None, bool]:
    """Return the dates as they were sent, or as the rhythm proposes them, and whether they could all be saved."""
    site = programme.group.site
    zone, closed = site.time_zone, queries.closed_days(site)
    pending = queries.sections_to_date(programme)
    if request.method == "POST":
        proposal = proposal_sent(request.POST, pending, zone=zone)
    elif form.is_valid() and pending:
        proposal = proposal_of(form, pending, zone=zone, no_go=closed)
    else:
        return None, False
    begins = max(programme.started_on, queries.today_at(programme))
    taken = queries.taken_by(programme)
    fits = proposal.check(taken=taken, no_go=closed, zone=zone, now=timezone.now(), first_day=begins)
    return proposal, fits


def _around(programme: Programme) -> dict[str, Any]:
    site = programme.group.site
    return {
        "programme": programme,
        "zone": site.time_zone,
        "closed": [one for one in queries.no_go_of(site) if one.last_day >= queries.today_at(programme)],
        "dated": list(queries.dated_of(programme)),
        "pending": queries.sections_to_date(programme),
        "elsewhere": list(queries.on_another_clock(programme)),
    }


def _accepted(request: PersonRequest, programme: Programme, count: int) -> HttpResponse:
    if not count:
        messages.info(request, _("No date was ticked, so nothing has changed."))
        return redirect("programmes.calendar", programme_id=programme.pk)
    said = ngettext("One date stands.", "%(n)s dates stand.", count) % {"n": count}
    messages.success(request, said)
    return redirect("programmes.start", programme_id=programme.pk)
