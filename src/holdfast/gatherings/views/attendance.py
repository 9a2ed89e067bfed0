"""Who was there: a record with names, apart from everything anybody wrote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.gatherings import actions, attending, queries
from holdfast.gatherings.certificates import certificates_on_paper
from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Gathering
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked


def attendance(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/attendance/ - one tap per person; POST: everybody was there."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    if request.method == "POST":
        actions.note_everybody(gathering, by=request.user)
    return _drawn(request, gathering)


def attendance_of(request: PersonRequest, gathering_id: int, person_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/attendance/<key>/ - this one was there (here=1), or was not."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    person = attending.member_to_note(gathering, person_id)
    actions.note_presence(gathering, person=person, here=request.POST.get("here") == "1", by=request.user)
    return _drawn(request, gathering)


def sign_in_sheet(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/sign-in-sheet/ - let members write themselves down, or end it (open=)."""
    gathering = queries.gathering_to_run(request.user, gathering_id)
    if request.POST.get("open") == "1":
        actions.open_sheet(gathering, by=request.user)
    else:
        actions.close_sheet(gathering, by=request.user)
    return redirect("gatherings.attendance", gathering_id=gathering.pk)


def _drawn(request: PersonRequest, gathering: Gathering) -> HttpResponse:
    whole = request.headers.get("HX-Request") != "true"
    if whole and request.method == "POST":
        return redirect("gatherings.attendance", gathering_id=gathering.pk)
    zone = gathering.programme.group.site.time_zone
    parts = {"presence": attending.presence_at(gathering), "gathering": gathering, "zone": zone}
    return render(request, f"gatherings/desk/attendance.html{'' if whole else '#people'}", parts)


def here(request: HttpRequest, code: str) -> HttpResponse:
    """GET here/<code>/ - the short address of the QR code; it knows nobody, and leads to where one is known."""
    return render(request, "gatherings/presence/here.html", {"sheet": attending.sheet_with(code)})


def own_presence(request: PersonRequest, code: str) -> HttpResponse:
    """GET, POST desk/here/<code>/ - a member writes themselves down (here=1), or takes it back."""
    sheet = attending.own_sheet(request.user, code)
    if request.method == "POST":
        actions.note_own_presence(sheet, here=request.POST.get("here") == "1", by=request.user)
        return redirect("gatherings.own_presence", code=sheet.code)
    parts = {"sheet": sheet, "gathering": sheet.gathering, "is_here": attending.is_here(sheet, request.user)}
    return render(request, "gatherings/presence/own.html", parts)


def rates(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/attendance/ - how many came, rounded: never who, and never how many did not."""
    programme = plans.programme_for(request.user, programme_id)
    counts, share = attending.rough_counts(programme)
    parts: dict[str, Any] = {"programme": programme, "counts": counts, "share": share}
    parts["may_plan"] = plans.may_plan(request.user, programme.group)
    return render(request, "gatherings/presence/rates.html", parts)


def closing(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/closing/ - the end of a programme: hours become certificates for everybody."""
    programme = plans.programme_to_plan(request.user, programme_id)
    if request.method == "POST":
        made = actions.close_with_certificates(programme, by=request.user)
        messages.success(request, _("The programme is closed. Certificates: %(n)s.") % {"n": made})
        return redirect("gatherings.closing", programme_id=programme.pk)
    parts: dict[str, Any] = {"programme": programme, "papers": PAPERS.items()}
    parts["certificates"] = list(attending.certificates_of(programme))
    parts["unwritten"] = attending.sessions_without_attendance(programme)
    parts["people"] = len(attending.hours_of(programme))
    return render(request, "gatherings/presence/closing.html", parts)


def reopening(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/closing/undoing/ - go on after all; the certificates are made anew next time."""
    programme = plans.programme_to_plan(request.user, programme_id)
    actions.reopen(programme, by=request.user)
    messages.success(request, _("The programme goes on. Its certificates are taken back."))
    return redirect("gatherings.closing", programme_id=programme.pk)


def certificates(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/certificates/ - all of them as one PDF, to hand out; ?size= chooses the paper."""
    programme = plans.programme_to_plan(request.user, programme_id)
    found = list(attending.certificates_of(programme))
    if not found:
        raise Http404
    return as_pdf(certificates_on_paper(found, paper=paper_asked(request, Paper)), name="certificates")


def certificate(request: PersonRequest, certificate_id: int) -> HttpResponse:
    """GET desk/certificates/<key>/ - one's own as PDF."""
    found = attending.own_certificate(request.user, certificate_id)
    return as_pdf(certificates_on_paper([found], paper=paper_asked(request, Paper)), name="certificate")
