"""Addresses of archiving and deleting a programme."""

from holdfast.programmes.views import archiving
from holdfast.web.routes import Route, page

PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>"
ROUTES: list[Route] = [
    page("programmes.archiving", f"{OF}/archiving/", archiving.archiving, methods=PRESS),
    page("programmes.archiving_return", f"{OF}/archiving/return/", archiving.archiving_return, methods=PRESS),
    page("programmes.programme_removal", f"{OF}/removal/", archiving.programme_removal, methods=PRESS),
]
