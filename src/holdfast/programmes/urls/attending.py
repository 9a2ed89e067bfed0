"""Addresses of coming and of what keeps people from it."""

from holdfast.programmes.views import attending
from holdfast.web.routes import Access, Route, page

FORM = ("GET", "POST")
PROGRAMME = "desk/programmes/<int:programme_id>"
ROUTES: list[Route] = [
    page("programmes.coming", "desk/gatherings/<int:gathering_id>/coming/", attending.coming, methods=("POST",)),
    page("programmes.in_the_way", f"{PROGRAMME}/in-the-way/", attending.in_the_way, methods=FORM),
    # Outside desk/: the browser sends no cookie there, so that nothing in the request says who is writing.
    page(
        "programmes.unnamed_barrier",
        "barrier/<str:token>/",
        attending.unnamed_barrier,
        methods=FORM,
        access=Access.EVERYONE,
    ),
    page("programmes.barriers", f"{PROGRAMME}/barriers/", attending.barriers),
    page("programmes.barrier", "desk/barriers/<int:barrier_id>/", attending.barrier, methods=FORM),
]
