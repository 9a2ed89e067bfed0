"""The launch kit on the screen and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes import queries
from holdfast.programmes.kit import SheetKind, printed, sheet_of
from holdfast.programmes.models import StepMark
from holdfast.web.printing import PAPERS, Paper, as_pdf, paper_asked

SHEETS = [
    (
        SheetKind.INVITATION,
        _("Invitation"),
        _("For everybody who may come: why, when, whom to ask, and that it is their choice."),
    ),
    (
        SheetKind.UNION,
        _("For union and privacy officer"),
        _("One page: what is kept, what is not, and what nobody can promise."),
    ),
    (SheetKind.IT, _("For IT"), _("One page: what runs here, what it needs, and what must not be kept.")),
]


def launch_kit(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/launch-kit/ - the three pages, to read and to print."""
    programme = queries.programme_for(request.user, programme_id)
    handed = StepMark.objects.filter(programme=programme, step="kit", kind=StepMark.Kind.DONE).first()
    parts = {"programme": programme, "sheets": SHEETS, "papers": PAPERS.items(), "handed": handed}
    return render(request, "programmes/start/launch_kit.html", parts)


def sheet(request: PersonRequest, programme_id: int, kind: str) -> HttpResponse:
    """GET desk/programmes/<key>/launch-kit/<kind>/ - one page of the kit on the screen."""
    programme = queries.programme_for(request.user, programme_id)
    parts = {"programme": programme, "sheet": sheet_of(programme, _kind(kind)), "papers": PAPERS.items()}
    return render(request, "programmes/start/sheet.html", parts)


def sheet_on_paper(request: PersonRequest, programme_id: int, kind: str) -> HttpResponse:
    """GET desk/programmes/<key>/launch-kit/<kind>/paper/ - the same as PDF; ?size= chooses the paper."""
    programme = queries.programme_for(request.user, programme_id)
    made = printed(sheet_of(programme, _kind(kind)), paper=paper_asked(request, Paper))
    return as_pdf(made, name=_kind(kind))


def _kind(kind: str) -> SheetKind:
    if kind not in set(SheetKind):
        raise Http404
    return SheetKind(kind)
