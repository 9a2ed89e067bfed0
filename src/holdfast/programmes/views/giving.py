"""What a section gives: a page to read on a phone, a poster, and where it hangs."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from holdfast.curriculum import posters
from holdfast.curriculum.answering import as_picture
from holdfast.curriculum.pack import Section
from holdfast.people.queries import PersonRequest, leads
from holdfast.programmes import actions, queries
from holdfast.programmes.companion_words import Alone, alone_in
from holdfast.programmes.forms import HangingForm, try_to_save
from holdfast.programmes.models import Programme
from holdfast.web.printing import PAPERS, POSTER_PAPERS, Paper, PosterPaper, as_pdf, paper_asked


def share(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/share/ - the share document, to read on a phone."""
    programme = queries.programme_to_read(request.user, programme_id)
    section = queries.section_of(programme, number)
    share = queries.share_of(programme, section)
    parts = {
        "programme": programme,
        "section": section,
        "share": share,
        "session": queries.session_on(programme, number),
        "minutes": posters.minutes_to_read(share),
        "timing": queries.timing_of(programme, number),
        "papers": PAPERS.items(),
        "reads_plans": queries.reads_plans_of(request.user, programme),
        "alone": _alone(request, programme, section),
    }
    parts["address"] = address = request.build_absolute_uri(request.path)
    parts["mail"] = queries.mail_with(
        share.title, _("To read on your phone, in a few minutes: %(address)s") % {"address": address}
    )
    return render(request, "programmes/share.html", parts)


def share_on_paper(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/share/paper/ - the same as PDF; ?size= chooses the paper."""
    programme = queries.programme_to_read(request.user, programme_id)
    section = queries.section_of(programme, number)
    paper, share = paper_asked(request, Paper), queries.share_of(programme, section)
    session = queries.session_on(programme, number)
    when = queries.when_in_words(programme, session) if session else ""
    said = f"{programme.group.name} · {when}" if when else programme.group.name
    made = posters.share_on_paper(queries.content_of(programme), section, share, paper=paper, when=said)
    return as_pdf(made, name=f"{section.key}-share")


def visual(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET, POST desk/programmes/<key>/sections/<number>/visual/ - the visual, and where it hangs."""
    programme = queries.programme_to_read(request.user, programme_id)
    if request.method == "POST":
        programme = queries.programme_for(request.user, programme_id)
    section = queries.section_of(programme, number)
    picture = queries.visual_of(programme, section)
    form = HangingForm(request.POST or None, initial=_here_and_now(request, programme))
    if try_to_save(form, partial(actions.hang_up, programme, section=number, by=request.user)):
        messages.success(request, _("It is on the list."))
        return redirect("programmes.visual", programme_id=programme.pk, number=number)
    parts = {
        "programme": programme,
        "section": section,
        "picture": picture,
        "form": form,
        "hangings": list(queries.hangings_of(programme, number)),
        "papers": POSTER_PAPERS.items(),
        "reads_plans": queries.reads_plans_of(request.user, programme),
    }
    return render(request, "programmes/visual.html", parts, status=422 if form.errors else 200)


def visual_on_paper(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/visual/paper/ - the poster as PDF; ?size= chooses the paper."""
    programme = queries.programme_to_read(request.user, programme_id)
    section = queries.section_of(programme, number)
    paper = paper_asked(request, PosterPaper)
    return as_pdf(posters.poster(queries.visual_of(programme, section), paper=paper), name=f"{section.key}-visual")


@gzip_page  # a drawing is mostly repetition, and says nothing secret beside what somebody sent
def picture(request: PersonRequest, programme_id: int, number: int) -> HttpResponse:
    """GET desk/programmes/<key>/sections/<number>/visual/picture/ - the poster as a picture for the page."""
    programme = queries.programme_to_read(request.user, programme_id)
    return as_picture(queries.visual_of(programme, queries.section_of(programme, number)))


def hanging_removal(request: PersonRequest, hanging_id: int) -> HttpResponse:
    """POST desk/hangings/<key>/removal/ - it does not hang there any more."""
    hanging = queries.hanging_to_change(request.user, hanging_id)
    actions.take_down(hanging, by=request.user)
    messages.success(request, _("It is off the list."))
    return redirect("programmes.visual", programme_id=hanging.programme_id, number=hanging.section)


def circle_on_paper(request: PersonRequest, programme_id: int) -> HttpResponse:
    """GET desk/programmes/<key>/circle/paper/ - the group's own agreements as a poster; ?size= chooses the paper."""
    programme = queries.programme_to_read(request.user, programme_id)
    paper = paper_asked(request, PosterPaper)
    return as_pdf(posters.poster(queries.circle_picture(programme), paper=paper), name="circle")


def _alone(request: PersonRequest, programme: Programme, section: Section) -> list[Alone]:
    """Return what goes with this section and is looked at alone, for who belongs to the group."""
    found = alone_in([section])
    return found if found and queries.belongs_to(request.user, programme) else []


def _here_and_now(request: PersonRequest, programme: Programme) -> dict[str, object]:
    """Begin with the person who writes, today; a leader most likely hangs it in their own office."""
    own = leads(request.user, programme.group)
    place = _("The leader’s own office") if own else ""
    return {"who": request.user.name, "hung_on": queries.today_at(programme), "place": place, "own_office": own}
