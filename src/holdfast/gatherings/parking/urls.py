"""Addresses of what is kept for later."""

from holdfast.gatherings.views import parking
from holdfast.web.routes import Route, page

PRESS = ("POST",)
KEPT = "desk/gatherings/<int:gathering_id>/kept-for-later"
PARKING_ROUTES: list[Route] = [
    page("gatherings.parking", f"{KEPT}/", parking.lines, methods=PRESS),
    page("gatherings.parked", f"{KEPT}/<int:parked_id>/", parking.settlement, methods=PRESS),
    page("gatherings.parked_of_round", "desk/rounds/<int:round_id>/kept-for-later/", parking.taken, methods=PRESS),
]
