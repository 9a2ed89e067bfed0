"""The wall: a page for a projector, told no more than everybody in the room."""

from django.http import HttpResponse
from django.shortcuts import render

from holdfast.gatherings import queries
from holdfast.gatherings.wall import wall_of
from holdfast.people.queries import PersonRequest


def wall(request: PersonRequest, room_id: int) -> HttpResponse:
    """GET desk/rooms/<key>/wall/ - the code, the question, and after the reveal every note once."""
    room = queries.room_to_run(request.user, room_id)
    response = render(request, "gatherings/wall/wall.html", {"wall": wall_of(room)})
    response["Cache-Control"] = "no-store"
    return response
