"""Addresses of raised hands at the desk."""

from holdfast.gatherings.views import hands
from holdfast.web.routes import Route, page

HAND_ROUTES: list[Route] = [
    page("gatherings.calling", "desk/rounds/<int:round_id>/hands/", hands.calling, methods=("POST",)),
]
