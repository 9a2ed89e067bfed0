"""Pages of links and handouts: what stands in each section, adding, changing, removing, and the file itself."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from holdfast.curriculum.pack import Section
from holdfast.people.queries import PersonRequest, may_coordinate_organisation
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.support import actions, files, queries
from holdfast.support.forms import HandoutForm, LinkForm, NewLinkForm, try_to_save
from holdfast.support.models import Added
from holdfast.support.rules import CONTENT_TYPES, FileKind, download_name


def resources(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/resources/ - links and handouts, section by section."""
    programme = plans.programme_to_read(request.user, programme_id)
    shelves, may_add = queries.shelves(programme), plans.may_plan(request.user, programme.group)
    parts = {"programme": programme, "shelves": shelves, "may_add": may_add}
    parts["may_share"] = may_add and may_coordinate_organisation(request.user)
    return render(request, "support/resources.html", parts)


def new_link(request: PersonRequest, programme_id: int, section_number: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/sections/<n>/links/new/ - set a link; ?slot= suggests which."""
    programme, section = _section(request, programme_id, section_number)
    suggested = {"slot": request.GET.get("slot", ""), "title": _title(section, request.GET.get("slot", ""))}
    may_share = may_coordinate_organisation(request.user)
    form = NewLinkForm(request.POST or None, section=section, may_share=may_share, initial=suggested)
    if try_to_save(form, partial(actions.add_link, programme, section=section.number, by=request.user)):
        messages.success(request, _("The link is set. Holdfast looks soon whether it works."))
        return _back(programme, section.number)
    parts = {"form": form, "programme": programme, "section": section}
    return render(request, "support/new_link.html", parts, status=422 if form.errors else 200)


def link(request: PersonRequest, link_id: int) -> HttpResponse:
    """GET, POST desk/links/<key>/ - change a link; ?programme= is where to go back."""
    found = queries.link_to_change(request.user, link_id)
    now = {"title": found.title, "url": found.url, "recommended_by": found.recommended_by}
    form = LinkForm(request.POST or None, initial=now)
    if try_to_save(form, partial(actions.change_link, found, by=request.user)):
        return _whence(request, found)
    parts = {"form": form, "link": found, "back": _whence(request, found)["Location"]}
    return render(request, "support/link.html", parts, status=422 if form.errors else 200)


def link_removal(request: PersonRequest, link_id: int) -> HttpResponse:
    """POST desk/links/<key>/removal/ - take a link out."""
    found = queries.link_to_change(request.user, link_id)
    answer = _whence(request, found)
    actions.remove_link(found, by=request.user)
    messages.success(request, _("The link is taken out."))
    return answer


def new_handout(request: PersonRequest, programme_id: int, section_number: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/sections/<n>/handouts/new/ - add a file of the organisation's own."""
    programme, section = _section(request, programme_id, section_number)
    may_share = may_coordinate_organisation(request.user)
    suggested = {"slot": request.GET.get("slot", ""), "title": _title(section, request.GET.get("slot", ""))}
    form = HandoutForm(
        request.POST or None, request.FILES or None, section=section, may_share=may_share, initial=suggested
    )
    if try_to_save(form, partial(actions.add_handout, programme, section=section.number, by=request.user)):
        messages.success(request, _("The handout is kept, and part of every backup."))
        return _back(programme, section.number)
    parts = {"form": form, "programme": programme, "section": section}
    return render(request, "support/new_handout.html", parts, status=422 if form.errors else 200)


def handout(request: PersonRequest, handout_id: int) -> HttpResponse | FileResponse:
    """GET desk/handouts/<key>/ - the file, to be saved and never to be run."""
    found = queries.handout_for(request.user, handout_id)
    path, kind = files.path_of(found), FileKind(found.kind)
    if not path.exists():
        raise Refused("support.file_is_missing", status=404)
    answer = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=download_name(found.title, kind),
        content_type=CONTENT_TYPES[kind],
    )
    # Whatever a file has in it, no browser guesses another kind, draws it in our place or lets it run.
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def handout_removal(request: PersonRequest, handout_id: int) -> HttpResponse:
    """POST desk/handouts/<key>/removal/ - remove a handout and its file."""
    found = queries.handout_to_change(request.user, handout_id)
    answer = _whence(request, found)
    actions.remove_handout(found, by=request.user)
    messages.success(request, _("The handout is removed."))
    return answer


def _section(request: PersonRequest, programme_id: int, number: int) -> tuple[Programme, Section]:
    programme = plans.programme_to_plan(request.user, programme_id)
    section = plans.content_of(programme).section(number)
    if section is None:
        raise Http404
    return programme, section


def _title(section: Section, slot: str) -> str:
    return next((one.title for one in section.resources if one.key == slot), "")


def _back(programme: Programme, section: int) -> HttpResponse:
    answer = redirect("support.resources", programme_id=programme.pk)
    answer["Location"] += f"#section-{section}"
    return answer


def _whence(request: PersonRequest, added: Added) -> HttpResponse:
    """Go back to the programme somebody came from: what is for all has none of its own."""
    asked = request.GET.get("programme", "")
    if added.programme is not None:
        return _back(added.programme, added.section)
    if asked.isdecimal() and len(asked) < 20:
        return _back(plans.programme_to_plan(request.user, int(asked)), added.section)
    return redirect("programmes.programmes")
