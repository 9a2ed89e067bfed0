"""Getting ready: the list of steps, and the pages for values, readiness, leaders' parts and the team."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest, leads, may_coordinate
from holdfast.programmes import actions, queries
from holdfast.programmes.forms import (
    USUAL_WAIT,
    GapFateForm,
    GapForm,
    HandOverForm,
    PartForm,
    ReadinessForm,
    StepMarkForm,
    ValuesForm,
    part_now,
    try_to_save,
)
from holdfast.programmes.models import LeaderPart, Programme
from holdfast.programmes.rules import QUESTIONS, TEAM_AT_LEAST, StartStep
from holdfast.programmes.starting_words import AREAS, ASKED, TOOLKIT_VALUES

PAGES = {
    StartStep.CALENDAR: "programmes.calendar",
    StartStep.LEADERS: "programmes.leaders",
    StartStep.TEAM: "programmes.team",
    StartStep.VALUES: "programmes.values",
    StartStep.READINESS: "programmes.readiness",
    StartStep.WHYS: "programmes.whys",
    StartStep.PLEDGE: "programmes.pledge",
    StartStep.KIT: "programmes.launch_kit",
    StartStep.COMMITMENT: "programmes.commitment",
    StartStep.CIRCLE: "programmes.circle",
}
FOR_PLANNERS = {StartStep.CALENDAR}
FOR_LEADERS = {StartStep.WHYS}


def start(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/start/ - what helps before the first session, each step left and taken up at will."""
    programme = queries.programme_for(request.user, programme_id)
    steps = queries.steps_of(programme)
    may_plan, leading = queries.may_plan(request.user, programme.group), leads(request.user, programme.group)
    closed = (FOR_PLANNERS if not may_plan else set()) | (FOR_LEADERS if not leading else set())
    where = {step: reverse(name, kwargs={"programme_id": programme.pk}) for step, name in PAGES.items()}
    parts = {
        "programme": programme,
        "steps": [(step, "" if step.key in closed else where[StartStep(step.key)]) for step in steps],
        "done": sum(step.state == "done" for step in steps),
        "next": next((step for step in steps if step.state in {"open", "begun"} and step.key not in closed), None),
        "may_plan": may_plan,
    }
    return render(request, "programmes/start/start.html", parts)


def marks(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/start/marks/ - say `not this time` or `done` about a step, or take it back."""
    programme = queries.programme_for(request.user, programme_id)
    form = StepMarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.mark_step(programme, **form.cleaned_data, by=request.user)
    page = reverse("programmes.start", kwargs={"programme_id": programme.pk})
    return redirect(f"{page}#{form.cleaned_data['step']}")


def values(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/values/ - values beside the toolkit's, missing voices, and the team's gaps."""
    programme = queries.programme_for(request.user, programme_id)
    saved = queries.values_of(programme)
    form = ValuesForm.from_saved(request.POST or None, saved)
    if try_to_save(form, partial(actions.write_values, programme, by=request.user)):
        return _saved(_("It is written."), "programmes.values", programme, request)
    gaps = list(queries.gaps_of(programme))
    parts = {"programme": programme, "form": form, "saved": saved, "gaps": gaps, "toolkit": TOOLKIT_VALUES}
    parts["today"] = queries.today_at(programme)
    return render(request, "programmes/start/values.html", parts, status=422 if form.errors else 200)


def new_gap(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/gaps/new/ - what the team lacks, with a coaching step."""
    programme = queries.programme_for(request.user, programme_id)
    form = GapForm(request.POST or None, initial={"look_again_on": queries.today_at(programme) + USUAL_WAIT})
    if try_to_save(form, partial(actions.note_gap, programme, by=request.user)):
        return _saved(_("It is noted, with its day."), "programmes.values", programme, request)
    parts = {"programme": programme, "form": form}
    return render(request, "programmes/start/gap.html", parts, status=422 if form.errors else 200)


def gap(request: PersonRequest, gap_id: int) -> HttpResponse:
    """GET, POST desk/gaps/<key>/ - change it, or say what came of it."""
    gap = queries.gap_to_change(request.user, gap_id)
    names = ("kind", "text", "coaching_step", "look_again_on", "came_of_it")
    form = GapFateForm(request.POST or None, initial={name: getattr(gap, name) for name in names})
    if try_to_save(form, partial(actions.change_gap, gap, by=request.user)):
        return _saved(_("It is written."), "programmes.values", gap.programme, request)
    parts = {"programme": gap.programme, "form": form, "gap": gap}
    return render(request, "programmes/start/gap.html", parts, status=422 if form.errors else 200)


def gap_removal(request: PersonRequest, gap_id: int) -> HttpResponse:
    """POST desk/gaps/<key>/removal/ - take it off the list."""
    gap = queries.gap_to_change(request.user, gap_id)
    actions.remove_gap(gap, by=request.user)
    return _saved(_("It is off the list."), "programmes.values", gap.programme, request)


def readiness(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/readiness/ - every look at how ready the team is, side by side, in words."""
    programme = queries.programme_for(request.user, programme_id)
    looks = queries.looks_of(programme)
    rows = [
        (
            *AREAS[area],
            [(ASKED[key], [(look.looked_on, queries.answer_in(look, key)) for look in looks]) for key in questions],
            [(look.looked_on, look.notes.get(area, "")) for look in looks if look.notes.get(area)],
        )
        for area, questions in QUESTIONS.items()
    ]
    return render(request, "programmes/start/readiness.html", {"programme": programme, "looks": looks, "rows": rows})


def new_readiness(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/readiness/new/ - look at it today; earlier looks stay."""
    programme = queries.programme_for(request.user, programme_id)
    form = ReadinessForm(request.POST or None)
    if try_to_save(form, partial(actions.look_at_readiness, programme, by=request.user)):
        return _saved(_("It is kept with today’s date."), "programmes.readiness", programme, request)
    parts = {"programme": programme, "form": form}
    return render(request, "programmes/start/new_readiness.html", parts, status=422 if form.errors else 200)


def leaders(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/leaders/ - who leads, in which way, and where a section differs."""
    programme = queries.programme_for(request.user, programme_id)
    may_plan = queries.may_plan(request.user, programme.group)
    labels = dict(LeaderPart.choices)
    found = [
        (leader, labels[leader.whole], [(number, labels[part]) for number, part in leader.differs],
         may_plan or leader.person == request.user)
        for leader in queries.parts_of(programme)
    ]  # fmt: skip
    parts = {"programme": programme, "leaders": found, "may_coordinate": may_coordinate(request.user)}
    return render(request, "programmes/start/leaders.html", parts)


def leader(request: PersonRequest, programme_id: int, person_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/leaders/<key>/ - in which way one leader is there."""
    programme = queries.programme_for(request.user, programme_id)
    who = queries.leader_to_place(request.user, programme, person_id)
    now = next(part_now(view) for view in queries.parts_of(programme) if view.person == who)
    sections = queries.sections_of(programme)
    form = PartForm(request.POST or None, sections=sections, initial=now)
    if try_to_save(form, partial(_choose_parts, programme, leader=who, by=request.user)):
        return _saved(_("It is written."), "programmes.leaders", programme, request)
    parts = {"programme": programme, "leader": who, "form": form}
    return render(request, "programmes/start/leader.html", parts, status=422 if form.errors else 200)


def team(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/team/ - who facilitates, and the one page for whoever comes next, to print."""
    programme = queries.programme_for(request.user, programme_id)
    facilitators = list(queries.facilitators_of(programme.group))
    parts = {
        "programme": programme,
        "facilitators": facilitators,
        "too_few": len(facilitators) < TEAM_AT_LEAST,
        "page": queries.hand_over_of(programme),
        "leaders": [(one, dict(LeaderPart.choices)[one.whole]) for one in queries.parts_of(programme)],
        "coming": list(queries.coming_of(programme)),
        "circle": list(queries.circle_of(programme)),
        "gaps": [gap for gap in queries.gaps_of(programme) if gap.closed_on is None],
        "may_plan": queries.may_plan(request.user, programme.group),
        "may_coordinate": may_coordinate(request.user),
    }
    return render(request, "programmes/start/team.html", parts)


def successor(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/successor/ - write what whoever comes next must know."""
    programme = queries.programme_to_plan(request.user, programme_id)
    form = HandOverForm.from_saved(request.POST or None, queries.hand_over_of(programme))
    if try_to_save(form, partial(actions.write_hand_over, programme, by=request.user)):
        return _saved(_("The page for whoever comes next is written."), "programmes.team", programme, request)
    parts = {"programme": programme, "form": form}
    return render(request, "programmes/start/successor.html", parts, status=422 if form.errors else 200)


def _choose_parts(programme: Programme, **given: object) -> bool:
    actions.choose_parts(programme, **given)  # type: ignore[arg-type]
    return True


def _saved(said: str, page: str, programme: Programme, request: PersonRequest) -> HttpResponse:
    messages.success(request, said)
    return redirect(page, programme_id=programme.pk)
