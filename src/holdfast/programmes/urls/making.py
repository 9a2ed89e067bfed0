"""Addresses of what a team makes of its plan."""

from holdfast.programmes.views import making
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
GATHERING = "desk/gatherings/<int:gathering_id>"
ACTIVITY = "desk/activities/<int:item_id>"
PROGRAMME = "desk/programmes/<int:programme_id>"
ROUTES: list[Route] = [
    page("programmes.plan_time", f"{GATHERING}/time/", making.plan_time, methods=PRESS),
    page("programmes.plan_fit", f"{GATHERING}/fit/", making.plan_fit, methods=FORM),
    page("programmes.run_sheet_on_paper", f"{GATHERING}/paper/", making.run_sheet_on_paper),
    page("programmes.saved_make", f"{GATHERING}/make/", making.saved_make, methods=PRESS),
    page("programmes.start_from_make", f"{GATHERING}/make/start/", making.start_from_make, methods=PRESS),
    page("programmes.record", f"{GATHERING}/record/", making.record, methods=FORM),
    page("programmes.activity_make", f"{ACTIVITY}/make/", making.activity_make, methods=PRESS),
    page("programmes.activity_place", f"{ACTIVITY}/place/", making.activity_place, methods=PRESS),
    page("programmes.makes", f"{PROGRAMME}/makes/", making.makes),
    page("programmes.newer_toolkit", f"{PROGRAMME}/newer-toolkit/", making.newer_toolkit, methods=FORM),
]
