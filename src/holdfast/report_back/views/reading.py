"""Pages that both sides read: where the answers are, and one group's answers with everything around them."""

from django.http import HttpResponse
from django.shortcuts import render

from holdfast.people.models import Role
from holdfast.people.queries import PersonRequest, has_role
from holdfast.programmes.queries import check_reads_plans, may_plan, programme_for, programmes_for, today_at
from holdfast.report_back import queries, rules


def answers(request: PersonRequest) -> HttpResponse:
    """GET desk/answers/ - the programmes whose answers somebody may read, and what waits for their own answer."""
    check_reads_plans(request.user)
    parts = {
        "programmes": list(programmes_for(request.user).prefetch_related(None)),
        "waiting": queries.waiting_for(request.user),
        "leads": has_role(request.user, Role.Kind.LEADER),
        "inherited": queries.without_a_leader(request.user),
    }
    return render(request, "report_back/answers.html", parts)


def programme(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/answers/ - what the group does itself, handed over, was answered and let go."""
    programme = programme_for(request.user, programme_id)
    view, today = queries.public_view(programme), today_at(programme)
    parts = {
        "programme": programme,
        "view": view,
        "past": {concern.id: rules.days_past(concern.due_on, today) for concern in view.open},
        "may_answer": queries.may_answer(request.user, programme),
        "may_plan": may_plan(request.user, programme.group),
    }
    return render(request, "report_back/programme.html", parts)
