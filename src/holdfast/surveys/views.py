"""Pages to look at alone, whose words stay on the device, and what was chosen to be shared."""

from functools import partial
from typing import TypeVar, cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.people.queries import PersonRequest
from holdfast.programmes.forms import try_to_save
from holdfast.programmes.queries import reads_plans_of
from holdfast.surveys import actions, queries
from holdfast.surveys.forms import ShareForm
from holdfast.surveys.reflections import HOW_OFTEN, Kind
from holdfast.web.routes import View

V = TypeVar("V", bound=View)


def keeps_to_itself(page: V) -> V:
    """Let no script of a page send anything anywhere: not ours by mistake, and not one that somebody planted."""
    return cast("V", csp_replace({"connect-src": [NONE], "img-src": [SELF]})(page))


@keeps_to_itself
def reflection(request: PersonRequest, programme_id: int, kind: str, section: int = 0) -> HttpResponse:
    """GET, POST desk/programmes/<key>/reflections/<kind>/ - look at it alone; only what is shared is ever sent."""
    programme = queries.programme_to_reflect_in(request.user, programme_id, kind)
    found = queries.reflection(programme, request.user, kind, section)
    shared = queries.shared_of(programme, request.user, kind, section)
    begin = {"text": shared.text, "audience": shared.audience} if shared else None
    form = ShareForm(request.POST or None, initial=begin)
    if try_to_save(form, partial(actions.share, programme, kind=kind, section=section, by=request.user)):
        messages.success(request, _("They can read it. All the rest has stayed on this device."))
        return redirect(request.path)
    parts = {"programme": programme, "reflection": found, "form": form, "shared": shared, "section": section}
    parts |= {"often": HOW_OFTEN, "place": f"{programme.pk}.{kind}.{section}"}
    parts["reads_plans"] = reads_plans_of(request.user, programme)
    return render(request, "surveys/reflection.html", parts, status=422 if form.errors else 200)


def removal(request: PersonRequest, programme_id: int, kind: str, section: int = 0) -> HttpResponse:
    """POST desk/programmes/<key>/reflections/<kind>/removal/ - take back what one shared."""
    programme = queries.programme_to_reflect_in(request.user, programme_id, kind)
    queries.reflection(programme, request.user, kind, section)
    actions.take_back(programme, kind=kind, section=section, by=request.user)
    messages.success(request, _("It is taken back. They no longer see it."))
    if section:
        return redirect("surveys.sharing", programme_id=programme.pk, section=section)
    return redirect("surveys.reflection", programme_id=programme.pk, kind=kind)


def shared(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/shared/ - what others chose to share with whoever reads this."""
    programme = queries.programme_of_member(request.user, programme_id)
    found = list(queries.shared_with(request.user, programme))
    return render(request, "surveys/shared.html", {"programme": programme, "found": found})


@keeps_to_itself
def sharing(request: PersonRequest, programme_id: int, section: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/sections/<number>/sharing/ - what one would share at each question."""
    return reflection(request, programme_id, Kind.SHARING, section)


def sharing_removal(request: PersonRequest, programme_id: int, section: int) -> HttpResponse:
    """POST desk/programmes/<key>/sections/<number>/sharing/removal/ - take back what one shared of it."""
    return removal(request, programme_id, Kind.SHARING, section)
