"""Addresses of touch-bases; the page of one is composed where everything can be seen, in homes."""

from holdfast.programmes.views import touch_bases
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
ONE = "desk/touch-bases/<int:touch_base_id>"
ROUTES: list[Route] = [
    page(
        "programmes.touch_bases",
        "desk/programmes/<int:programme_id>/touch-bases/",
        touch_bases.touch_bases,
        methods=FORM,
    ),
    page("programmes.touch_base_day", f"{ONE}/day/", touch_bases.day, methods=FORM),
    page("programmes.touch_base_catch_up", f"{ONE}/catch-up/", touch_bases.catch_up, methods=PRESS),
    page("programmes.touch_base_omission", f"{ONE}/omission/", touch_bases.omission, methods=PRESS),
    page(
        "programmes.agreed_settlement", "desk/agreed/<int:agreed_id>/settlement/", touch_bases.settlement, methods=PRESS
    ),
]
