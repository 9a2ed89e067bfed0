"""Pages for signing in and out, and one's own page."""

from typing import NoReturn
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.people import actions, queries
from holdfast.people.forms import LanguageForm, NameForm
from holdfast.people.queries import PersonRequest
from holdfast.refusals import Refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST desk/sign-in/link/<token>/ - looking changes nothing, so a preview cannot use it up."""
    known = queries.link_with(token)
    if known and known.used_at and request.user == known.person:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        # A new session each time: whoever set up this browser's session beforehand is not signed in with us.
        login(request, actions.redeem(token), backend=BACKEND)
        return redirect(settings.LOGIN_REDIRECT_URL)
    response = render(request, "people/link.html", {"link": actions.check_link(token)})
    response["Cache-Control"] = "no-store"
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """GET desk/sign-in/ and desk/sign-in/new/ - there is one way in by mail, and nobody signs up."""
    where = request.GET.get(REDIRECT_FIELD_NAME)
    address = reverse("account_request_login_code")
    return redirect(f"{address}?{urlencode({REDIRECT_FIELD_NAME: where})}" if where else address)


def no_access(request: HttpRequest) -> NoReturn:
    """GET desk/sign-in/no-access/ - somebody who left was still signing in. Raises Refused."""
    raise Refused("people.no_access_now", status=403)


def me(request: PersonRequest) -> HttpResponse:
    """GET and POST desk/me/ - one's own name, address and roles."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_self(request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Your name is saved."))
        return redirect("people.me")
    parts = {"form": form, "roles": queries.roles_of(request.user), "languages": settings.LANGUAGES}
    return render(request, "people/me.html", parts, status=422 if form.errors else 200)


def language(request: PersonRequest) -> HttpResponse:
    """POST desk/me/language/ - keep the language one reads in."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        actions.choose_language(request.user, language=form.cleaned_data["language"])
    return redirect("people.me")


def my_sign_outs(request: PersonRequest) -> HttpResponse:
    """POST desk/me/sign-outs/ - sign oneself out on every device, this one too."""
    actions.end_sign_ins(request.user, by=request.user)
    return redirect("account_request_login_code")
