"""Addresses of the desk and the wall."""

from holdfast.gatherings.flow.urls import FLOW_ROUTES
from holdfast.gatherings.parking.urls import PARKING_ROUTES
from holdfast.gatherings.views import (
    attendance,
    circle,
    drivers,
    further,
    notes,
    practice,
    priorities,
    room,
    sayings,
    steps,
    wall,
)
from holdfast.web.routes import Access, Route, page

PRESS = ("POST",)
ROUND = "desk/rounds/<int:round_id>"
PROGRAMME = "desk/programmes/<int:programme_id>"
DRIVER = f"{ROUND}/drivers/<int:driver_id>"
DESK_ROUTES: list[Route] = [
    page("gatherings.desk", "desk/gatherings/<int:gathering_id>/room/", room.desk),
    page("gatherings.opening", "desk/gatherings/<int:gathering_id>/room/opening/", room.opening, methods=PRESS),
    page("gatherings.practice", "desk/gatherings/<int:gathering_id>/room/rehearsal/", practice.practice, methods=PRESS),
    page("gatherings.wiping", "desk/rooms/<int:room_id>/removal/", practice.wiping, methods=PRESS),
    page(
        "gatherings.attendance",
        "desk/gatherings/<int:gathering_id>/attendance/",
        attendance.attendance,
        methods=("GET", "POST"),
    ),
    page(
        "gatherings.attendance_of",
        "desk/gatherings/<int:gathering_id>/attendance/<int:person_id>/",
        attendance.attendance_of,
        methods=PRESS,
    ),
    page(
        "gatherings.sign_in_sheet",
        "desk/gatherings/<int:gathering_id>/sign-in-sheet/",
        attendance.sign_in_sheet,
        methods=PRESS,
    ),
    # Outside desk/, so that the code on the wall is short; being known begins on the next page.
    page("gatherings.here", "here/<slug:code>/", attendance.here, access=Access.EVERYONE),
    page("gatherings.own_presence", "desk/here/<slug:code>/", attendance.own_presence, methods=("GET", "POST")),
    page("gatherings.rates", f"{PROGRAMME}/attendance/", attendance.rates),
    page("gatherings.closing", f"{PROGRAMME}/closing/", attendance.closing, methods=("GET", "POST")),
    page("gatherings.reopening", f"{PROGRAMME}/closing/undoing/", attendance.reopening, methods=PRESS),
    page("gatherings.certificates", f"{PROGRAMME}/certificates/", attendance.certificates),
    page("gatherings.certificate", "desk/certificates/<int:certificate_id>/", attendance.certificate),
    page("gatherings.wall", "desk/rooms/<int:room_id>/wall/", wall.wall),
    page("gatherings.rounds", "desk/rooms/<int:room_id>/rounds/", room.start, methods=PRESS),
    page("gatherings.ending", "desk/rooms/<int:room_id>/ending/", room.ending, methods=PRESS),
    page("gatherings.writing", f"{ROUND}/writing/", steps.writing, methods=PRESS),
    page("gatherings.screening", f"{ROUND}/screening/", steps.screening, methods=PRESS),
    page("gatherings.reveal", f"{ROUND}/reveal/", steps.reveal, methods=PRESS),
    page("gatherings.page", f"{ROUND}/page/", steps.turn, methods=PRESS),
    page("gatherings.handing_round", f"{ROUND}/handing-round/", steps.hand_round, methods=PRESS),
    page("gatherings.last_questions", f"{ROUND}/last-questions/", steps.last_questions, methods=PRESS),
    page("gatherings.closure", f"{ROUND}/closure/", steps.closure, methods=PRESS),
    page("gatherings.closure_undoing", f"{ROUND}/closure/undoing/", steps.closure_undoing, methods=PRESS),
    page("gatherings.seal", f"{ROUND}/seal/", steps.seal, methods=PRESS),
    page("gatherings.finish", f"{ROUND}/finish/", steps.finish, methods=PRESS),
    page("gatherings.sayings", f"{ROUND}/sayings/", sayings.sayings, methods=PRESS),
    page(
        "gatherings.saying_removal",
        f"{ROUND}/sayings/<int:saying_id>/removal/",
        sayings.saying_removal,
        methods=PRESS,
    ),
    page("gatherings.seats", f"{ROUND}/seats/", circle.seating, methods=PRESS),
    page("gatherings.turns", f"{ROUND}/turns/", circle.turns, methods=PRESS),
    page("gatherings.questions", f"{ROUND}/questions/", circle.questions, methods=PRESS),
    page("gatherings.speakers", f"{ROUND}/speakers/", circle.speakers, methods=PRESS),
    page("gatherings.decisions", f"{ROUND}/decisions/", notes.decisions, methods=PRESS),
    page("gatherings.acceptance", f"{ROUND}/acceptance/", notes.acceptance, methods=PRESS),
    page("gatherings.late", f"{ROUND}/late/", notes.late, methods=PRESS),
    page("gatherings.strikes", f"{ROUND}/strikes/", notes.strikes, methods=PRESS),
    page("gatherings.asked", f"{ROUND}/asked/", further.questions_about, methods=PRESS),
    page("gatherings.answers", f"{ROUND}/asked/<int:asked_id>/gathering/", further.gathering, methods=PRESS),
    page("gatherings.doubts_seen", f"{ROUND}/doubts/", steps.doubts, methods=PRESS),
    page("gatherings.grouping", f"{ROUND}/grouping/", steps.grouping, methods=PRESS),
    page("gatherings.drivers", f"{ROUND}/drivers/", drivers.together, methods=PRESS),
    page("gatherings.driver_undoing", f"{ROUND}/drivers/undoing/", drivers.undoing, methods=PRESS),
    page("gatherings.driver_wording", f"{DRIVER}/wording/", drivers.wording, methods=PRESS),
    page("gatherings.driver_parts", f"{DRIVER}/parts/", drivers.parts, methods=PRESS),
    page("gatherings.driver_place", f"{DRIVER}/place/", drivers.place, methods=PRESS),
    page("gatherings.setup", f"{ROUND}/setup/", priorities.setup, methods=PRESS),
    page("gatherings.again", f"{ROUND}/again/", priorities.again, methods=PRESS),
    page("gatherings.leaders_answers", f"{ROUND}/leaders/", priorities.leaders_answers, methods=PRESS),
    page("gatherings.driver_forward", f"{DRIVER}/forward/", priorities.forward, methods=PRESS),
    page("gatherings.driver_cut", f"{DRIVER}/cut/", drivers.cut, methods=PRESS),
    *FLOW_ROUTES,
    *PARKING_ROUTES,
]
