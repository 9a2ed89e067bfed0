"""Addresses of the room: the phone's in front of Django, desk and wall behind signing in."""

from holdfast.gatherings import (
    being_done,
    contributions,
    envelopes,
    handing_round,
    pages,
    seldom,
    streams,
    without_network,
)
from holdfast.gatherings.desk_urls import DESK_ROUTES
from holdfast.gatherings.hands import door as hands
from holdfast.gatherings.hands.urls import HAND_ROUTES
from holdfast.gatherings.paper_urls import PAPER_ROUTES
from holdfast.gatherings.parking import late
from holdfast.gatherings.slip_urls import SLIP_ROUTES
from holdfast.gatherings.small_room_urls import SMALL_ROOM_ROUTES
from holdfast.web.routes import Access, AsgiHandler, RoomRoute, Route

NOTE_LIMIT = 8 * 1024
PLAIN_LIMIT = 16 * 1024


def room(
    name: str,
    pattern: str,
    handler: AsgiHandler,
    *,
    methods: tuple[str, ...] = ("GET",),
    access: Access = Access.EVERYONE,
    body_limit: int = NOTE_LIMIT,
    seconds: int = 30,
) -> RoomRoute:
    """Write a route of the room in one line."""
    return RoomRoute(
        name=f"gatherings.{name}",
        pattern=pattern,
        methods=methods,
        access=access,
        body_limit=body_limit,
        seconds=seconds,
        handler=handler,
    )


ROUTES: list[Route] = [
    room("join", "join/", pages.find_room),
    room("shell", "r/shell/", without_network.shell),
    room("worker", "r/worker.js", without_network.worker),
    room("asset", "r/assets/<str:name>", pages.asset),
    room("phone", "r/<str:code>/", pages.phone),
    room("kinds", "r/<str:code>/kinds/", pages.kinds),
    room("pieces", "r/<str:code>/pieces/", seldom.pieces),
    room("holding", "r/<str:code>/holding/", seldom.holding),
    room("plain", "r/<str:code>/plain/", pages.plain, methods=("GET", "POST"), body_limit=PLAIN_LIMIT),
    room("tickets", "r/<str:code>/tickets/", contributions.create_ticket, methods=("POST",)),
    room("stream", "r/<str:code>/stream", streams.stream, access=Access.TICKET, seconds=0),
    room("poll", "r/<str:code>/poll", streams.poll, access=Access.TICKET),
    room("notes", "r/<str:code>/notes/", contributions.write_note, methods=("POST",), access=Access.TICKET),
    room(
        "ballots",
        "r/<str:code>/ballots/",
        contributions.hand_in_ballot,
        methods=("POST",),
        access=Access.TICKET,
        body_limit=16 * 1024,
    ),
    room("late_words", "r/<str:code>/late/", late.keep_late_words, methods=("POST",), access=Access.TICKET),
    room("stories", "r/<str:code>/stories/", handing_round.hand_round, methods=("POST",), access=Access.TICKET),
    room("done", "r/<str:code>/done/", being_done.say_done, methods=("POST",), access=Access.TICKET),
    room("hands", "r/<str:code>/hands/", hands.hands, methods=("POST",), access=Access.TICKET),
    room("envelopes", "r/<str:code>/envelopes/", envelopes.hand_in_envelope, methods=("POST",), access=Access.TICKET),
    room("doubts", "r/<str:code>/doubts/", contributions.press_doubt, methods=("POST",), access=Access.TICKET),
    room(
        "open_sayings",
        "r/<str:code>/sayings/",
        contributions.write_in_the_open,
        methods=("POST",),
        access=Access.TICKET,
        body_limit=16 * 1024,
    ),
    room(
        "withdrawals",
        "r/<str:code>/withdrawals/",
        contributions.withdraw_notes,
        methods=("POST",),
        access=Access.TICKET,
    ),
    *DESK_ROUTES,
    *SMALL_ROOM_ROUTES,
    *PAPER_ROUTES,
    *SLIP_ROUTES,
    *HAND_ROUTES,
]
