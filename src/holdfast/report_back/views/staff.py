"""The desk of a staff page: its addresses, posters, marks for common areas, and removing words that name somebody."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes.models import Programme
from holdfast.report_back.actions import staff as actions
from holdfast.report_back.models import Concern, LetGoItem, OursItem, Progress, StaffLink
from holdfast.report_back.posters import poster
from holdfast.report_back.queries import staff as queries
from holdfast.report_back.staff import staff_page
from holdfast.report_back.staff_forms import AddressForm, MarkForm, PosterForm, ReplyForm
from holdfast.web.printing import Paper, as_pdf, qr_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address as the desk shows it; link is None while there is none."""

    scope: str
    label: str
    link: StaffLink | None

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{settings.PUBLIC_URL}/s/{self.link.token}/" if self.link else ""

    @property
    def qr(self) -> SafeString:
        """The address as a QR code, always dark on white."""
        return mark_safe(qr_of(self.url))  # noqa: S308 - drawn by the QR library from our own address


def desk(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/staff-page/ - addresses, posters, marks and what can be removed."""
    programme = queries.programme_to_show(request.user, programme_id)
    known = {scope: queries.address_of(programme, scope=scope) for scope in StaffLink.Scope.values}
    parts = {
        "programme": programme,
        "page": staff_page(programme, scope=StaffLink.Scope.STAFF),
        "addresses": [Address(scope, str(label), known[scope]) for scope, label in StaffLink.Scope.choices],
        "sides": queries.sides_of(request.user, programme.group),
        "strikes": queries.strikes_of(request.user, programme.group),
    }
    return render(request, "report_back/staff/desk.html", parts)


def addresses(request: PersonRequest, programme_id: int) -> HttpResponse:
    """POST desk/programmes/<key>/staff-page/addresses/ - make an address, or end one and make another."""
    programme = queries.programme_to_show(request.user, programme_id)
    asked = _read(AddressForm(request.POST))
    actions.renew_address(programme, scope=asked["scope"], instead_of=asked["instead_of"], by=request.user)
    if asked["instead_of"]:
        messages.success(request, _("The old address has ended. Print the poster anew."))
    return _back(programme)


def poster_of(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/staff-page/poster/ - one sheet as PDF; ?scope= and ?paper= choose it."""
    programme = queries.programme_to_show(request.user, programme_id)
    asked = _read(PosterForm(request.GET))
    link = queries.address_of(programme, scope=asked["scope"])
    if link is None:
        raise Http404
    made = poster(staff_page(programme, scope=link.scope), token=link.token, paper=Paper(asked["paper"]))
    return as_pdf(made, name=f"poster-{link.scope}")


def concern_mark(request: PersonRequest, concern_id: int) -> HttpResponse:
    """POST desk/concerns/<key>/wall/ - one side says whether it may hang in a common area."""
    return _mark(request, queries.concern_to_show(request.user, concern_id))


def ours_mark(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/ours/<key>/wall/ - one side says whether it may hang in a common area."""
    return _mark(request, queries.ours_to_show(request.user, item_id))


def progress_mark(request: PersonRequest, progress_id: int) -> HttpResponse:
    """POST desk/progress/<key>/wall/ - one side says whether it may hang in a common area."""
    return _mark(request, queries.progress_to_show(request.user, progress_id))


def concern_strike(request: PersonRequest, concern_id: int) -> HttpResponse:
    """POST desk/concerns/<key>/strikes/ - remove words that name somebody."""
    return _strike(request, queries.concern_to_show(request.user, concern_id))


def ours_strike(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/ours/<key>/strikes/ - remove words that name somebody."""
    return _strike(request, queries.ours_to_show(request.user, item_id))


def let_go_strike(request: PersonRequest, item_id: int) -> HttpResponse:
    """POST desk/let-go/<key>/strikes/ - remove words that name somebody."""
    return _strike(request, queries.let_go_to_show(request.user, item_id))


def reply_strike(request: PersonRequest, answer_id: int) -> HttpResponse:
    """POST desk/answers/<key>/replies/strikes/ - remove a reply that names somebody."""
    answer = queries.answer_to_show(request.user, answer_id)
    queries.check_strikes(request.user, answer.concern.programme.group, leader=False)
    actions.strike_reply(answer, reply_id=_read(ReplyForm(request.POST))["reply"], by=request.user)
    return _struck(request, answer.concern.programme)


def answer_strike(request: PersonRequest, answer_id: int) -> HttpResponse:
    """POST desk/answers/<key>/strikes/ - remove the words of an answer that names somebody."""
    answer = queries.answer_to_show(request.user, answer_id)
    queries.check_strikes(request.user, answer.concern.programme.group, leader=True)
    actions.strike_answer(answer, by=request.user)
    return _struck(request, answer.concern.programme)


def progress_strike(request: PersonRequest, progress_id: int) -> HttpResponse:
    """POST desk/progress/<key>/strikes/ - remove what has moved, because it names somebody."""
    step = queries.progress_to_show(request.user, progress_id)
    queries.check_strikes(request.user, step.answer.concern.programme.group, leader=True)
    actions.strike_progress(step, by=request.user)
    return _struck(request, step.answer.concern.programme)


def _mark(request: PersonRequest, item: Concern | OursItem | Progress) -> HttpResponse:
    asked = _read(MarkForm(request.POST))
    leader = asked["side"] == "leader"
    programme = item.answer.concern.programme if isinstance(item, Progress) else item.programme
    queries.check_speaks_for(request.user, programme.group, leader=leader)
    actions.mark_for_wall(item, by_leader=leader, on=asked["on"], by=request.user)
    return _back(programme)


def _strike(request: PersonRequest, item: Concern | OursItem | LetGoItem) -> HttpResponse:
    queries.check_strikes(request.user, item.programme.group, leader=False)
    actions.strike(item, by=request.user)
    return _struck(request, item.programme)


def _struck(request: PersonRequest, programme: Programme) -> HttpResponse:
    messages.success(request, _("The words are removed. A short note says that something stood there."))
    return _back(programme)


def _read(form: Form) -> dict[str, Any]:
    """Return what a form of buttons says; nobody types into it, so what it cannot say is not there."""
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def _back(programme: Programme) -> HttpResponse:
    return redirect("report_back.staff_page", programme_id=programme.pk)
