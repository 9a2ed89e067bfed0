"""Addresses of what a section gives to read and to hang up."""

from holdfast.programmes.views import giving
from holdfast.web.routes import Route, page

OF = "desk/programmes/<int:programme_id>"
SECTION = f"{OF}/sections/<int:number>"
ROUTES: list[Route] = [
    page("programmes.share", f"{SECTION}/share/", giving.share),
    page("programmes.share_on_paper", f"{SECTION}/share/paper/", giving.share_on_paper),
    page("programmes.visual", f"{SECTION}/visual/", giving.visual, methods=("GET", "POST")),
    page("programmes.visual_on_paper", f"{SECTION}/visual/paper/", giving.visual_on_paper),
    page("programmes.picture", f"{SECTION}/visual/picture/", giving.picture),
    page(
        "programmes.hanging_removal", "desk/hangings/<int:hanging_id>/removal/", giving.hanging_removal,
        methods=("POST",),
    ),
    page("programmes.circle_on_paper", f"{OF}/circle/paper/", giving.circle_on_paper),
]  # fmt: skip
