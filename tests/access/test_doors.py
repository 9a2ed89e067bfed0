"""Every door of a room, with every ticket there is; a cookie opens none of them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from holdfast.config.asgi import application
from holdfast.config.routes import ROOM
from holdfast.gatherings import actions as live
from holdfast.gatherings.models import Room, Round
from holdfast.report_back import boxes
from holdfast.voices.admission import OPEN, Viewer
from holdfast.web.routes import Access, RoomRoute
from tests.access.asgi import Answer, ask, running
from tests.access.doors import DOORS, HOLDERS, Knock, Try
from tests.access.world import World, a_session, a_world

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
DOOR = {route.name: route for route in ROOM}
WITHOUT_A_CODE = (
    "gatherings.asset",
    "gatherings.shell",
    "gatherings.worker",
    "gatherings.slip",
    "gatherings.slip_tickets",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class House:
    """A running server with our room open for writing, another organisation's room, and one that has ended."""

    world: World
    room: Room
    round: Round
    other: Room
    ended: Room

    def ticket(self, holder: str) -> str:
        """Return what somebody holds up."""
        if holder == "no ticket":
            return ""
        if holder == "forged":
            real = OPEN.issue(self.room.pk, viewer=Viewer.PARTICIPANT)
            return real[:-1] + ("A" if real[-1] != "A" else "B")
        if holder == "other room":
            return OPEN.issue(self.other.pk, viewer=Viewer.PARTICIPANT)
        return OPEN.issue(self.room.pk, viewer=Viewer(holder))

    def knocks(self, holder: str) -> Try:
        """Return who knocks at our room."""
        shown = self.world.shown
        return Try(
            code=self.room.code,
            round=str(self.round.pk),
            ticket=self.ticket(holder),
            token=shown.staff.token,
            question=str(shown.question.pk),
        )


def in_the_house(act: Callable[[House], Awaitable[None]]) -> None:
    """Open the rooms, run the server around `act`, and put everything away again."""

    async def all_of_it() -> None:
        async with running(application):
            house = await asyncio.to_thread(_open)
            await asyncio.sleep(0.05)  # the hub has shown what was opened
            await act(house)
            await asyncio.to_thread(connections.close_all)

    asyncio.run(all_of_it())


def _open() -> House:
    world = a_world()
    _, gathering = a_session(world.ours.other_group, world.pack, by=world.ours.fay)
    ended = live.end_room(live.open_room(gathering, by=world.ours.fay), by=world.ours.fay)
    theirs = world.theirs.group.programmes.get().gatherings.get()
    other = live.open_room(theirs, by=world.theirs.hana)
    writing = live.begin_writing(world.round, by=world.ours.bo, small_is_agreed=True)
    boxes.open_box(world.shown.question)
    world.shown.question.save(update_fields=["box"])
    connections.close_all()
    return House(world=world, room=world.room, round=writing, other=other, ended=ended)


async def knock(house: House, name: str, method: str, t: Try, *, cookie: str = "") -> Answer:
    """Ask one door as its row says."""
    row, route = DOORS[name], DOOR[name]
    asked = row.knock[method](t) if method in row.knock else Knock()
    headers = [(b"content-type", asked.kind)] + ([(b"cookie", cookie.encode())] if cookie else [])
    return await ask(
        application, method, _path(route, row.arguments(t)), query=asked.query, body=asked.body, headers=headers
    )


def _path(route: RoomRoute, arguments: object) -> str:
    path = "/" + route.pattern
    for key, value in dict(arguments).items() if isinstance(arguments, dict) else ():
        path = path.replace(f"<str:{key}>", str(value))
    assert "<" not in path, path
    return path


def test_rows_answer_exactly_the_methods_of_their_routes_and_every_holder() -> None:
    for name, row in DOORS.items():
        assert set(row.outcomes) == set(DOOR[name].methods), name
        assert all(set(outcome) == set(HOLDERS) for outcome in row.outcomes.values()), name


def test_a_door_that_needs_a_ticket_opens_for_none_without() -> None:
    for name, row in DOORS.items():
        if DOOR[name].access is Access.TICKET:
            for outcome in row.outcomes.values():
                assert {outcome["no ticket"], outcome["forged"], outcome["other room"]} == {403}, name


def test_every_ticket_opens_what_the_table_says_and_no_answer_sets_a_cookie() -> None:
    got: dict[str, dict[str, int]] = {}

    async def try_all(house: House) -> None:
        for name, row in DOORS.items():
            for method in row.outcomes:
                for holder in HOLDERS:
                    answer = await knock(house, name, method, house.knocks(holder))
                    got.setdefault(f"{method} {name}", {})[holder] = answer.status
                    assert "set-cookie" not in answer.headers, (name, holder)

    in_the_house(try_all)
    wanted = {f"{m} {name}": dict(outcome) for name, row in DOORS.items() for m, outcome in row.outcomes.items()}
    assert got == wanted


def test_being_signed_in_makes_no_difference_at_any_door() -> None:
    async def try_all(house: House) -> None:
        cookie = await asyncio.to_thread(_session_of_dee, house)
        for name, row in DOORS.items():
            for method, outcome in row.outcomes.items():
                for holder in ("no ticket", "participant"):
                    answer = await knock(house, name, method, house.knocks(holder), cookie=cookie)
                    assert answer.status == outcome[holder], (name, holder)
                    assert "cookie" not in " ".join(answer.headers.get("vary", [])).lower(), name

    in_the_house(try_all)


def _session_of_dee(house: House) -> str:
    client = Client()
    client.force_login(house.world.ours.dee)
    connections.close_all()
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_a_code_nobody_gave_out_and_a_room_that_has_ended_open_nothing() -> None:
    async def try_all(house: House) -> None:
        unused = next(c for c in ("EFHKLM", "MLKHFE", "QRTWXY") if c not in {house.room.code, house.other.code})
        for name, row in DOORS.items():
            for method in row.outcomes:
                if name in WITHOUT_A_CODE or name.startswith("report_back."):
                    continue
                for holder in ("no ticket", "participant", "leader", "desk"):
                    t = house.knocks(holder)
                    unknown = await knock(house, name, method, replace(t, code=unused))
                    over = await knock(house, name, method, replace(t, code=house.ended.code))
                    assert (unknown.status, over.status) == (404, 410), (name, method, holder)

    in_the_house(try_all)


def test_another_rooms_ticket_with_this_rooms_round_writes_nothing_in_either() -> None:
    async def try_it(house: House) -> None:
        ours, theirs = house.knocks("participant"), house.knocks("other room")
        first = await knock(house, "gatherings.notes", "POST", ours)
        assert first.status == 201  # there is a round to write into
        for t in (theirs, replace(theirs, code=house.other.code)):
            answer = await knock(house, "gatherings.notes", "POST", t)
            assert answer.status in {403, 409}, answer.body

    in_the_house(try_it)


def test_a_method_that_is_not_in_the_table_is_refused() -> None:
    async def try_all(house: House) -> None:
        for name, row in DOORS.items():
            path = _path(DOOR[name], row.arguments(house.knocks("participant")))
            for method in sorted(set(METHODS) - set(DOOR[name].methods)):
                answer = await ask(application, method, path)
                assert answer.status == 405, (name, method)

    in_the_house(try_all)


def test_a_strange_host_gets_nothing_from_room_or_desk() -> None:
    async def try_all(house: House) -> None:
        for path in (f"/r/{house.room.code}/", "/desk/sign-in/", "/"):
            assert (await ask(application, "GET", path)).status == 200, path
            alone = await _with_host(path, b"evil.example")
            assert alone.status == 400, path
            assert house.room.code.encode() not in alone.body

    in_the_house(try_all)


async def _with_host(path: str, host: bytes) -> Answer:
    async def as_host(scope: dict[str, object], receive: object, send: object) -> None:
        await application({**scope, "headers": [(b"host", host)]}, receive, send)  # type: ignore[arg-type]

    return await ask(as_host, "GET", path)


def test_every_answer_carries_the_headers_that_guard_a_browser() -> None:
    async def try_all(house: House) -> None:
        for path in (f"/r/{house.room.code}/", "/desk/sign-in/", "/", "/nothing/"):
            answer = await ask(application, "GET", path)
            policy = answer.headers["content-security-policy"]
            assert len(policy) == 1, path
            assert "default-src 'none'" in policy[0], path
            assert answer.headers["x-content-type-options"] == ["nosniff"]
            assert answer.headers["referrer-policy"][0] in {"no-referrer", "same-origin"}
            assert answer.headers["x-frame-options"] == ["DENY"]

    in_the_house(try_all)
