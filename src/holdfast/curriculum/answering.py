"""Answers that are a sheet of paper or the picture of one."""

from enum import StrEnum
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse

from holdfast.curriculum.posters import Picture, poster
from holdfast.web.printing import Form, PosterPaper

P = TypeVar("P", bound=StrEnum)


def paper_asked(request: HttpRequest, papers: type[P]) -> P:
    """Return the paper an address asks for with ?size=, the first one when it asks for none. Raises Http404."""
    try:
        return papers(request.GET.get("size", next(iter(papers))))
    except ValueError as error:
        raise Http404 from error


def as_pdf(made: bytes, *, name: str) -> HttpResponse:
    """Answer with a sheet, to look at or to print."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def as_picture(picture: Picture | None) -> HttpResponse:
    """Answer with the picture of a poster. Raises Http404 when there is none."""
    if picture is None:
        raise Http404
    made = poster(picture, paper=PosterPaper.A4, form=Form.SVG)
    return HttpResponse(made, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"})
