"""Finding a room by code or ticket, and slowing down whoever tries codes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from holdfast.gatherings.hub import HUB
from holdfast.gatherings.joined import is_joined
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoundView
from holdfast.refusals import Refused
from holdfast.voices.admission import OPEN, Viewer, read_code

WRONG_AT_ONCE = 60
WRONG_A_SECOND = 2.0
WAIT_SECONDS = 2.0
WAITING_AT_ONCE = 10


@dataclass(slots=True)
class Guesses:
    """How many wrong codes this process still takes calmly. No address is looked at: a school has only one."""

    left: float = WRONG_AT_ONCE
    at: float = 0.0
    waiting: int = 0

    def refill(self, now: float) -> None:
        """Let the allowance grow with time."""
        self.left = min(float(WRONG_AT_ONCE), self.left + (now - self.at) * WRONG_A_SECOND)
        self.at = now


GUESSES = Guesses(at=time.monotonic())


async def room_by_code(code: str) -> LiveRoom:
    """Return the open room with this code. Raises Refused: no such room, ended, or too many wrong codes lately.

    While codes are being guessed everyone without a ticket waits a little, so that right and wrong take the same time.
    """
    GUESSES.refill(time.monotonic())
    if GUESSES.left < 1:
        if GUESSES.waiting >= WAITING_AT_ONCE:
            raise Refused("gatherings.slow_down", status=429)
        GUESSES.waiting += 1
        try:
            await asyncio.sleep(WAIT_SECONDS)
        finally:
            GUESSES.waiting -= 1
    wanted = read_code(code)
    room = HUB.rooms.get(wanted or "")
    if room is not None:
        return room
    if wanted and is_joined() and (found := await asyncio.to_thread(HUB.look_for, wanted)):
        return found
    if wanted in HUB.ended_codes:
        raise Refused("gatherings.room_ended", status=410)
    GUESSES.left = max(0.0, GUESSES.left - 1)
    raise Refused("gatherings.no_such_room", status=404)


async def room_by_ticket(code: str, ticket: str) -> tuple[LiveRoom, Viewer]:
    """Return the room and kind of viewer of a ticket. Raises Refused.

    Holders of a valid ticket never wait for those who guess codes.
    """
    known = HUB.rooms.get(code)
    if known is not None and (redeemed := OPEN.redeem(ticket, room_id=known.view.id)):
        return known, redeemed.viewer
    await room_by_code(code)  # a wrong ticket must not be a quicker way to try codes
    raise Refused("gatherings.ticket_not_valid", status=403)


async def as_it_is_now(room: LiveRoom, find: Callable[[], RoundView]) -> RoundView:
    """Return what `find` finds; before a no, look whether another server has moved the room on. Raises Refused."""
    try:
        return find()
    except Refused as refused:
        if refused.code != "gatherings.not_writing_now" or not is_joined():
            raise
    await asyncio.to_thread(HUB.look_again, room.view.id)
    return find()
