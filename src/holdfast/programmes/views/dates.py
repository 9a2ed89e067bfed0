"""One's own dates, on the page and in the calendar of a phone, and cancelling a session."""

import hashlib
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from holdfast.notifications.calendar_files import KIND
from holdfast.notifications.calendar_files import calendar_file as as_file
from holdfast.people.queries import PersonRequest
from holdfast.programmes import actions, queries
from holdfast.programmes.calendar_entries import entries_of
from holdfast.programmes.forms import CancellationForm, try_to_save
from holdfast.web.language import spoken_by


def dates(request: PersonRequest) -> HttpResponse:
    """GET desk/dates/ - what comes in all groups of a person, and how to have it in their own calendar."""
    address = queries.dates_address_of(request.user)
    where = reverse("programmes.feed", kwargs={"token": address.token}) if address else ""
    host = settings.PUBLIC_URL.split("://", 1)[1]
    coming = list(queries.coming_dates_of(request.user))
    parts = {
        "coming": coming,
        "ahead": sum(gathering.cancelled_at is None for gathering in coming),
        "address": address,
        "url": f"{settings.PUBLIC_URL}{where}",
        "follow": f"webcal://{host}{where}",
        "email": request.user.email,
    }
    return render(request, "programmes/dates/dates.html", parts)


def dates_address(request: PersonRequest) -> HttpResponse:
    """POST desk/dates/address/ - make the address of one's own dates, or another instead of the one on the screen."""
    instead_of = request.POST.get("instead_of", "")
    known = int(instead_of) if instead_of.isdecimal() and len(instead_of) < 20 else None
    actions.open_dates_address(by=request.user, instead_of=known)
    said = _("The old address has ended. Here is your new one.") if known else _("Here is your address.")
    messages.success(request, said)
    return redirect("programmes.dates")


def dates_address_end(request: PersonRequest) -> HttpResponse:
    """POST desk/dates/address/end/ - nobody reads one's dates there any more."""
    actions.end_dates_address(by=request.user)
    messages.success(request, _("The address has ended. Your calendar gets no more dates from here."))
    return redirect("programmes.dates")


def calendar_file(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET desk/gatherings/<key>/dates.ics - one session with its sittings, to put into a calendar once."""
    gathering = queries.gathering_to_note(request.user, gathering_id)
    made = as_file(entries_of([gathering]), name=gathering.title_now)
    return _file(request, made, name="session.ics")


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """GET dates/<token>.ics - all dates of whoever made this address, for a calendar that asks again and again."""
    person = queries.person_at(token)
    with spoken_by(person.language):
        made = as_file(entries_of(queries.dates_to_keep(person)), name=_("Sessions"))
    return _file(request, made, name="dates.ics")


def cancellation(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """GET, POST desk/gatherings/<key>/cancellation/ - say that a session does not take place, and tell everyone."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if try_to_save(form, partial(actions.cancel_gathering, gathering, by=request.user)):
        messages.success(request, _("The session is cancelled, and everyone is told."))
        return redirect("programmes.gathering", gathering_id=gathering.pk)
    told = [one for one in queries.told_about(gathering.programme.group) if one.pk != request.user.pk]
    parts = {"gathering": gathering, "form": form, "told": told, "by_mail": sum(bool(one.email) for one in told)}
    return render(request, "programmes/dates/cancellation.html", parts, status=422 if form.errors else 200)


def cancellation_return(request: PersonRequest, gathering_id: int) -> HttpResponse:
    """POST desk/gatherings/<key>/cancellation/return/ - it takes place at its date after all; everyone is told."""
    gathering = queries.gathering_to_plan(request.user, gathering_id)
    actions.take_up_gathering(gathering, by=request.user)
    messages.success(request, _("The session takes place after all, and everyone is told."))
    return redirect("programmes.gathering", gathering_id=gathering.pk)


def _file(request: HttpRequest, made: bytes, *, name: str) -> HttpResponse:
    """Answer with a calendar; whoever has this very one is told so in a few bytes."""
    tag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
        "ETag": tag,
    }
    answer = HttpResponse(made, content_type=KIND, headers=headers)
    return get_conditional_response(request, etag=tag, response=answer) or answer
