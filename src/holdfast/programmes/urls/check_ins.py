"""Addresses of check-ins: looking whether it still goes."""

from holdfast.programmes.views import check_ins
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
ONE = "desk/check-ins/<int:check_in_id>"
ROUTES: list[Route] = [
    page("programmes.check_ins", "desk/programmes/<int:programme_id>/check-ins/", check_ins.check_ins, methods=FORM),
    page("programmes.check_in", f"{ONE}/", check_ins.check_in, methods=FORM),
    page("programmes.check_in_removal", f"{ONE}/removal/", check_ins.check_in_removal, methods=("POST",)),
]
