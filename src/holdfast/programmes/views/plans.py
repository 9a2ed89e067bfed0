"""Pages of programmes and of the plan of one session."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.curriculum.pack import When
from holdfast.people.queries import PersonRequest, leads, may_coordinate
from holdfast.programmes import actions, queries, rules
from holdfast.programmes.forms import (
    ActivityForm,
    GatheringForm,
    OwnActivityForm,
    QuickStartForm,
    WhenForm,
    as_it_is,
    try_to_save,
    when_now,
)
from holdfast.programmes.forms.making import TimeForm
from holdfast.programmes.loose_ends import loose_ends_of
from holdfast.programmes.making_words import in_one_line
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.programmes.queries.archiving import programmes_at_a_glance, standing_of
from holdfast.programmes.queries.over import is_over
from holdfast.programmes.queries.touch_bases import meets_in
from holdfast.web.printing import PAPERS


def programmes(request: PersonRequest) -> HttpResponse:
    """GET desk/programmes/ - every programme the person may read; nothing for those who read no plans."""
    queries.check_reads_plans(request.user)
    found = list(programmes_at_a_glance(queries.programmes_for(request.user)))
    may_start = queries.groups_to_plan(request.user).exists()
    archived = [one for one in found if getattr(one, "archived", None)]
    found = [one for one in found if one not in archived]
    parts = {"programmes": found, "archived": archived, "may_start": may_start, "now": timezone.now()}
    parts["may_coordinate"] = not found and not may_start and may_coordinate(request.user)
    return render(request, "programmes/programmes.html", parts)


def new_programme(request: PersonRequest) -> HttpResponse:
    """GET, POST desk/programmes/new/ - three answers, and there is a programme; ?group= chooses one."""
    groups, versions = queries.some_groups_to_plan(request.user), queries.packs_to_start()
    known = {"started_on": timezone.localdate(), "group": queries.likely_group(groups, request.GET.get("group", ""))}
    form = QuickStartForm(request.POST or None, groups=groups, versions=versions, initial=known)
    programme = try_to_save(form, partial(actions.begin_programme, by=request.user))
    if programme:
        messages.success(request, _("The programme stands. What helps before the first session is listed here."))
        return redirect("programmes.start", programme_id=programme.pk)
    parts = {"form": form, "has_packs": versions.exists()}
    return render(request, "programmes/new_programme.html", parts, status=_status(form))


def programme(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/ - the pathway, section by section."""
    programme = queries.programme_for(request.user, programme_id)
    stops = queries.pathway(programme, queries.content_of(programme))
    parts = {"programme": programme, "stops": stops, **standing_of(request.user, programme)}
    parts["newer"] = queries.newer_version(programme)
    if parts["may_archive"] and not parts["archived"]:
        parts["loose_ends"] = loose_ends_of(programme)
    parts |= {"meets": meets_in(request.user, programme), "coming": queries.next_gathering(programme)}
    return render(request, "programmes/programme.html", parts)


def new_gathering(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/gatherings/new/ - set a date for a section; ?section= chooses it."""
    programme = queries.programme_to_plan(request.user, programme_id)
    zone, sections = programme.group.site.time_zone, queries.content_of(programme).sections
    chosen = {"section": request.GET.get("section", ""), **queries.usual_of_next(programme)}
    closed = queries.closed_days(programme.group.site)
    form = GatheringForm(request.POST or None, zone=zone, no_go=closed, sections=sections, initial=chosen)
    gathering = try_to_save(form, partial(actions.add_gathering, programme, by=request.user))
    if gathering:
        return redirect("programmes.gathering", gathering_id=gathering.pk)
    parts = {"form": form, "programme": programme}
    return render(request, "programmes/new_gathering.html", parts, status=_status(form))


def gathering(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/ - the plan and run sheet of one session."""
    gathering = queries.gathering_for(request.user, gathering_id)
    return render(request, "programmes/gathering.html", _plan(request, gathering))


def gathering_when(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/when/ - another date or place."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    site = gathering.programme.group.site
    now = when_now(gathering.starts_at, gathering.ends_at, gathering.place, site.time_zone)
    form = WhenForm(request.POST or None, zone=site.time_zone, no_go=queries.closed_days(site), initial=now)
    if try_to_save(form, partial(actions.move_gathering, gathering, by=request.user)):
        messages.success(request, _("The new date stands."))
        return redirect("programmes.gathering", gathering_id=gathering.pk)
    parts = {"form": form, "gathering": gathering}
    return render(request, "programmes/gathering_when.html", parts, status=_status(form))


def gathering_removal(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/removal/ - only a session that was never opened."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    actions.remove_gathering(gathering, by=request.user)
    messages.success(request, _("The session is taken out of the programme."))
    return redirect("programmes.programme", programme_id=gathering.programme_id)


def new_activity(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/activities/new/ - an activity of the team's own."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    form = OwnActivityForm(request.POST or None, initial={"minutes": 10, "kind": "talk"})
    item = try_to_save(form, partial(actions.add_activity, gathering, by=request.user))
    if item:
        return _to_plan(item)
    parts = {"form": form, "gathering": gathering}
    return render(request, "programmes/new_activity.html", parts, status=_status(form))


def activity(request: PersonRequest, item_id: int) -> HttpResponse:
    """GET, POST desk/activities/<key>/ - change one activity of a plan."""
    item = queries.activity_to_plan(request.user, item_id)
    form = ActivityForm(request.POST or None, kind=item.kind, initial=as_it_is(item))
    if try_to_save(form, partial(actions.change_activity, item, by=request.user)):
        return _to_plan(item)
    section = queries.content_of(item.gathering.programme).section(item.gathering.section)
    may_restore = section is not None and section.activity(item.activity_key) is not None
    parts = {"form": form, "item": item, "gathering": item.gathering, "may_restore": may_restore}
    return render(request, "programmes/activity.html", parts, status=_status(form))


def activity_from_pack(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/activities/from-pack/ - put an activity of the pack into the plan."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    key = request.POST.get("activity_key", "")
    item = actions.put_in_from_pack(gathering, activity_key=key, by=request.user)
    return after_change(request, item, _("“%(title)s” is in the plan."))


def activity_earlier(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/earlier/ - one place up."""
    item = queries.activity_to_plan(request.user, item_id)
    actions.move_activity(item, places=-1, by=request.user)
    return after_change(request, item, _("“%(title)s” moved up."))


def activity_later(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/later/ - one place down."""
    item = queries.activity_to_plan(request.user, item_id)
    actions.move_activity(item, places=1, by=request.user)
    return after_change(request, item, _("“%(title)s” moved down."))


def activity_removal(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/removal/ - take it out of the plan."""
    item = queries.activity_to_plan(request.user, item_id)
    actions.remove_activity(item, by=request.user)
    return after_change(request, item, _("“%(title)s” is out of the plan."), at="plan")


def activity_pack_wording(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/activities/<key>/pack-wording/ - as it stands in the pack."""
    item = queries.activity_to_plan(request.user, item_id)
    item = actions.restore_from_pack(item, by=request.user)
    return after_change(request, item, _("“%(title)s” is as it stands in the toolkit."))


def _plan(request: PersonRequest, gathering: Gathering) -> dict[str, Any]:
    group = gathering.programme.group
    section = queries.content_of(gathering.programme).section(gathering.section)
    sheet, may_plan = queries.run_sheet(gathering, section, history=True), queries.may_plan(request.user, group)
    making, length = queries.making_of(gathering, sheet), rules.length_of(gathering.starts_at, gathering.ends_at)
    sittings, items = queries.sittings_of(gathering), [line.item for line in sheet.lines]
    return {
        "gathering": gathering,
        "section": section,
        "asked": sorted(section.considerations, key=lambda asked: list(When).index(asked.when)) if section else [],
        "sheet": sheet,
        "making": making,
        "changed": in_one_line(making.differs),
        "time_form": TimeForm(length=length, initial={"minutes": gathering.budget or length}),
        "length": length,
        "papers": PAPERS.items(),
        "come": queries.say_they_come(gathering),
        "asides": queries.asides_about(gathering, items) if may_plan else {},
        "enough": rules.ENOUGH_TO_SAY,
        "zone": group.site.time_zone,
        "sittings": sittings,
        "circle": list(queries.circle_of(gathering.programme)),
        "may_plan": may_plan,
        "is_leader": leads(request.user, group),
        "is_over": is_over(items, [one.ends_at for one in sittings], timezone.now()),
    }


def after_change(request: PersonRequest, item: PlanItem, said: str, *, at: str = "") -> HttpResponse:
    """Answer a button of the plan: the plan anew for htmx, else the page, at the same activity."""
    words = said % {"title": item.title}
    if request.headers.get("HX-Request") == "true":
        gathering = queries.gathering_to_plan(request.user, item.gathering_id)
        return render(request, "programmes/gathering.html#plan", {**_plan(request, gathering), "said": words})
    messages.success(request, words)
    return _to_plan(item, at=at)


def _to_plan(item: PlanItem, *, at: str = "") -> HttpResponse:
    plan = reverse("programmes.gathering", kwargs={"gathering_id": item.gathering_id})
    return redirect(f"{plan}#{at or f'activity-{item.pk}'}")


def _status(form: Form) -> int:
    return 422 if form.errors else 200
