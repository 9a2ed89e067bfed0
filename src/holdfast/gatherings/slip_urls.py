"""Addresses of slips: the phone's in front of Django, the desk's behind signing in."""

from holdfast.gatherings.desk_urls import PRESS
from holdfast.gatherings.drawn import pages
from holdfast.gatherings.views import slips
from holdfast.web.routes import Access, RoomRoute, Route, page

SESSION = "desk/gatherings/<int:gathering_id>/slips"
LIMIT = 4 * 1024
SLIP_ROUTES: list[Route] = [
    RoomRoute(
        name="gatherings.slip",
        pattern="slip/",
        methods=("GET", "POST"),
        access=Access.EVERYONE,
        body_limit=LIMIT,
        handler=pages.slip,
    ),
    RoomRoute(
        name="gatherings.slip_tickets",
        pattern="slips/",
        methods=PRESS,
        access=Access.EVERYONE,
        body_limit=LIMIT,
        handler=pages.come_in,
    ),
    page("gatherings.slips", f"{SESSION}/", slips.slips, methods=("GET", "POST")),
    page("gatherings.slip_removal", f"{SESSION}/removal/", slips.removal, methods=PRESS),
]
