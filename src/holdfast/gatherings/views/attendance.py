"""Who was there: a record with names, apart from everything anybody wrote."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.gatherings import actions, queries
from holdfast.gatherings.forms import AttendanceForm
from holdfast.people.queries import PersonRequest


def attendance(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/attendance/ - tick who was there."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    members, there = queries.members_of(gathering), queries.attending(gathering)
    form = AttendanceForm(request.POST if request.method == "POST" else None, members=members, there=there)
    if request.method == "POST" and form.is_valid():
        actions.set_attendance(gathering, people=list(form.cleaned_data["people"]), by=request.user)
        messages.success(request, _("Who was there is written down."))
        return redirect("gatherings.attendance", gathering_id=gathering.pk)
    zone = gathering.programme.group.site.time_zone
    parts = {"form": form, "gathering": gathering, "zone": zone, "members": members.exists(), "there": len(there)}
    return render(request, "gatherings/desk/attendance.html", parts, status=422 if form.errors else 200)
