"""Addresses of getting ready and of the launch kit."""

from holdfast.programmes.views import circle, kit, starting
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
OF = "desk/programmes/<int:programme_id>"
ROUTES: list[Route] = [
    page("programmes.start", f"{OF}/start/", starting.start),
    page("programmes.marks", f"{OF}/start/marks/", starting.marks, methods=PRESS),
    page("programmes.values", f"{OF}/values/", starting.values, methods=FORM),
    page("programmes.new_gap", f"{OF}/gaps/new/", starting.new_gap, methods=FORM),
    page("programmes.gap", "desk/gaps/<int:gap_id>/", starting.gap, methods=FORM),
    page("programmes.gap_removal", "desk/gaps/<int:gap_id>/removal/", starting.gap_removal, methods=PRESS),
    page("programmes.readiness", f"{OF}/readiness/", starting.readiness),
    page("programmes.new_readiness", f"{OF}/readiness/new/", starting.new_readiness, methods=FORM),
    page("programmes.leaders", f"{OF}/leaders/", starting.leaders),
    page("programmes.leader", f"{OF}/leaders/<int:person_id>/", starting.leader, methods=FORM),
    page("programmes.team", f"{OF}/team/", starting.team),
    page("programmes.successor", f"{OF}/successor/", starting.successor, methods=FORM),
    page("programmes.circle", f"{OF}/circle/", circle.circle, methods=FORM),
    page("programmes.circle_agreement", "desk/circle/<int:agreement_id>/", circle.circle_agreement, methods=FORM),
    page("programmes.circle_removal", "desk/circle/<int:agreement_id>/removal/", circle.circle_removal, methods=PRESS),
    page("programmes.pledge", f"{OF}/pledge/", circle.pledge, methods=FORM),
    page("programmes.pledge_return", f"{OF}/pledge/return/", circle.pledge_return, methods=PRESS),
    page("programmes.commitment", f"{OF}/commitment/", circle.commitment),
    page("programmes.taking_part", f"{OF}/taking-part/", circle.taking_part, methods=FORM),
    page("programmes.launch_kit", f"{OF}/launch-kit/", kit.launch_kit),
    page("programmes.sheet", f"{OF}/launch-kit/<slug:kind>/", kit.sheet),
    page("programmes.sheet_on_paper", f"{OF}/launch-kit/<slug:kind>/paper/", kit.sheet_on_paper),
]
