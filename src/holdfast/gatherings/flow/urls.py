"""Addresses of a session that goes otherwise than planned."""

from holdfast.gatherings.views import asides, flow
from holdfast.web.routes import Route, page

PRESS = ("POST",)
ROOM, ROUND = "desk/rooms/<int:room_id>", "desk/rounds/<int:round_id>"
FLOW_ROUTES: list[Route] = [
    page("gatherings.extension", f"{ROUND}/extension/", flow.extension, methods=PRESS),
    page(
        "gatherings.aside", "desk/gatherings/<int:gathering_id>/own-notes/<int:item_id>/", asides.aside, methods=PRESS
    ),
    page("gatherings.leaving", f"{ROUND}/leaving/", flow.leaving, methods=PRESS),
    page("gatherings.skipping", f"{ROOM}/skipping/", flow.skipping, methods=PRESS),
    page("gatherings.taking_up", f"{ROOM}/taking-up/", flow.taking_up, methods=PRESS),
    page("gatherings.preview", f"{ROOM}/preview/", flow.preview),
    page("gatherings.pause", f"{ROOM}/pause/", flow.pause, methods=PRESS),
    page("gatherings.pause_ending", f"{ROOM}/pause/ending/", flow.pause_ending, methods=PRESS),
    page("gatherings.stopping", f"{ROOM}/stopping/", flow.stopping, methods=PRESS),
    page("gatherings.order", f"{ROOM}/order/", flow.order, methods=PRESS),
    page("gatherings.looking_back", f"{ROOM}/looking-back/", flow.looking_back, methods=PRESS),
]
