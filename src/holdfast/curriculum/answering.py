"""The answer that is the picture of a poster."""

from django.http import Http404, HttpResponse

from holdfast.curriculum.posters import Picture, poster
from holdfast.web.printing import Form, PosterPaper


def as_picture(picture: Picture | None) -> HttpResponse:
    """Answer with the picture of a poster. Raises Http404 when there is none."""
    if picture is None:
        raise Http404
    made = poster(picture, paper=PosterPaper.A4, form=Form.SVG)
    return HttpResponse(made, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"})
