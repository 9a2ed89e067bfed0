"""Addresses of the answer: the group's side, the leaders' side, and what both read."""

from holdfast.report_back.staff_urls import STAFF_ROUTES
from holdfast.report_back.views import group, leading, publishing, reading
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
PROGRAMME = "desk/programmes/<int:programme_id>/"
CONCERN = "desk/concerns/<int:concern_id>/"
SET = "desk/report-backs/<int:report_back_id>/"
ROUTES: list[Route] = [
    page("report_back.answers", "desk/answers/", reading.answers),
    page("report_back.programme", f"{PROGRAMME}answers/", reading.programme),
    page("report_back.hand_over", "desk/gatherings/<int:gathering_id>/hand-over/", group.hand_over, methods=FORM),
    page(
        "report_back.place_return",
        "desk/gatherings/<int:gathering_id>/drivers/<int:driver_id>/return/",
        group.place_return,
        methods=PRESS,
    ),
    page("report_back.our_list", f"{PROGRAMME}our-list/", group.our_list, methods=FORM),
    page("report_back.ours", f"{PROGRAMME}ours/", group.ours, methods=PRESS),
    page("report_back.ours_item", "desk/ours/<int:item_id>/", group.ours_item, methods=FORM),
    page("report_back.ours_return", "desk/ours/<int:item_id>/return/", group.ours_return, methods=PRESS),
    page("report_back.let_go", f"{PROGRAMME}let-go/", group.let_go, methods=PRESS),
    page("report_back.let_go_return", "desk/let-go/<int:item_id>/return/", group.let_go_return, methods=PRESS),
    page("report_back.concerns", f"{PROGRAMME}concerns/", leading.concerns),
    page("report_back.themes", f"{PROGRAMME}themes/", leading.themes, methods=PRESS),
    page("report_back.concern", CONCERN, leading.concern, methods=FORM),
    page("report_back.ownership", f"{CONCERN}ownership/", leading.ownership, methods=PRESS),
    page("report_back.draft_removal", f"{CONCERN}removal/", leading.draft_removal, methods=PRESS),
    page("report_back.progress", "desk/answers/<int:answer_id>/progress/", leading.progress, methods=FORM),
    page("report_back.report_backs", f"{PROGRAMME}report-backs/", publishing.report_backs, methods=FORM),
    page("report_back.report_back", SET, publishing.report_back),
    page("report_back.publication", f"{SET}publication/", publishing.publication, methods=PRESS),
    *STAFF_ROUTES,
]
