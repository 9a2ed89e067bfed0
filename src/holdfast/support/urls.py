"""Addresses of coaching, of help requests, and of links and handouts."""

from dataclasses import replace

from holdfast.support.rules import LARGEST_FILE
from holdfast.support.views import coaching, requests, resources
from holdfast.web.routes import Route, page

FORM = ("GET", "POST")
PRESS = ("POST",)
SECTION = "desk/programmes/<int:programme_id>/sections/<int:section_number>"
ROUTES: list[Route] = [
    page("support.coaches", "desk/coaches/", coaching.coaches, methods=FORM),
    page("support.acceptance", "desk/invitations/<int:invitation_id>/acceptance/", coaching.acceptance, methods=PRESS),
    page("support.ending", "desk/invitations/<int:invitation_id>/ending/", coaching.ending, methods=PRESS),
    page("support.coached", "desk/coached/<int:programme_id>/", coaching.coached),
    page("support.requests", "desk/help-requests/", requests.requests),
    page(
        "support.new_request",
        "desk/programmes/<int:programme_id>/help-requests/new/",
        requests.new_request,
        methods=FORM,
    ),
    page("support.help_request", "desk/help-requests/<int:request_id>/", requests.help_request, methods=FORM),
    page("support.closure", "desk/help-requests/<int:request_id>/closure/", requests.closure, methods=PRESS),
    page("support.return", "desk/help-requests/<int:request_id>/return/", requests.take_up, methods=PRESS),
    page("support.resources", "desk/programmes/<int:programme_id>/resources/", resources.resources),
    page("support.new_link", f"{SECTION}/links/new/", resources.new_link, methods=FORM),
    page("support.link", "desk/links/<int:link_id>/", resources.link, methods=FORM),
    page("support.link_removal", "desk/links/<int:link_id>/removal/", resources.link_removal, methods=PRESS),
    replace(
        page("support.new_handout", f"{SECTION}/handouts/new/", resources.new_handout, methods=FORM),
        body_limit=LARGEST_FILE + 64 * 1024,
    ),
    page("support.handout", "desk/handouts/<int:handout_id>/", resources.handout),
    page(
        "support.handout_removal", "desk/handouts/<int:handout_id>/removal/", resources.handout_removal, methods=PRESS
    ),
]
