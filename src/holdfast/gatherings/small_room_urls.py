"""Addresses of what a room of few can do instead."""

from holdfast.gatherings.desk_urls import PRESS, ROUND
from holdfast.gatherings.views import small_rooms
from holdfast.web.routes import Route, page

SMALL_ROOM_ROUTES: list[Route] = [
    page("gatherings.scribe_instead", f"{ROUND}/scribe/", small_rooms.scribe_instead, methods=PRESS),
    page("gatherings.together", f"{ROUND}/together/", small_rooms.together, methods=PRESS),
    page("gatherings.waiting", f"{ROUND}/together/waiting/", small_rooms.waiting, methods=PRESS),
    page("gatherings.together_ending", f"{ROUND}/together/ending/", small_rooms.together_ending, methods=PRESS),
    page("gatherings.reading_after_all", f"{ROUND}/together/screening/", small_rooms.reading_after_all, methods=PRESS),
]
