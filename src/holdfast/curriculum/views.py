"""Pages for reading packs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page

from holdfast.curriculum import posters, queries
from holdfast.curriculum.answering import as_picture
from holdfast.curriculum.pack import LeaderMode
from holdfast.web.printing import PAPERS, POSTER_PAPERS, Paper, PosterPaper, as_pdf, paper_asked


def packs(request: HttpRequest) -> HttpResponse:
    """GET desk/packs/ - every loaded version."""
    return render(request, "curriculum/packs.html", {"versions": queries.loaded_packs()})


def pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """GET desk/packs/<key>/ - what a pack is about, and its sections."""
    version = queries.pack_version(pack_id)
    return render(request, "curriculum/pack.html", {"version": version, "pack": queries.pack_of(version)})


def section(request: HttpRequest, pack_id: int, number: int) -> HttpResponse:
    """GET desk/packs/<key>/sections/<number>/ - one section, to read and to print."""
    version = queries.pack_version(pack_id)
    section = queries.pack_section(version, number)
    order = (LeaderMode.BOTH, LeaderMode.TAKING_PART, LeaderMode.SUPPORTING)
    by_mode = [(mode, [c for c in section.considerations if c.mode is mode]) for mode in order]
    pack = queries.pack_of(version)
    parts = {
        "version": version,
        "pack": pack,
        "section": section,
        "considerations": [(mode, found) for mode, found in by_mode if found],
        "picture": posters.picture_of(pack, section),
        "papers": PAPERS.items(),
        "poster_papers": POSTER_PAPERS.items(),
    }
    return render(request, "curriculum/section.html", parts)


def share_on_paper(request: HttpRequest, pack_id: int, number: int) -> HttpResponse:
    """GET desk/packs/<key>/sections/<number>/share/paper/ - the share document as PDF; ?size= chooses the paper."""
    version = queries.pack_version(pack_id)
    section = queries.pack_section(version, number)
    paper = paper_asked(request, Paper)
    if section.share is None:
        raise Http404
    made = posters.share_on_paper(queries.pack_of(version), section, section.share, paper=paper)
    return as_pdf(made, name=f"{section.key}-share")


def visual_on_paper(request: HttpRequest, pack_id: int, number: int) -> HttpResponse:
    """GET desk/packs/<key>/sections/<number>/visual/paper/ - the visual as PDF; ?size= chooses the paper."""
    version = queries.pack_version(pack_id)
    section = queries.pack_section(version, number)
    paper = paper_asked(request, PosterPaper)
    picture = posters.picture_of(queries.pack_of(version), section)
    if picture is None:
        raise Http404
    return as_pdf(posters.poster(picture, paper=paper), name=f"{section.key}-visual")


@gzip_page  # a drawing is mostly repetition, and says nothing secret beside what somebody sent
def picture(request: HttpRequest, pack_id: int, number: int) -> HttpResponse:
    """GET desk/packs/<key>/sections/<number>/visual/picture/ - the visual as a picture for the page."""
    version = queries.pack_version(pack_id)
    return as_picture(posters.picture_of(queries.pack_of(version), queries.pack_section(version, number)))
