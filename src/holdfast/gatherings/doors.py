"""Finding a room by code or ticket, and slowing down whoever tries codes."""

import asyncio
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from holdfast.gatherings.exchange import number_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.joined import is_joined
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoundView
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices.admission import OPEN, SLIPS, Ticket, Viewer, read_code

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
    await slow_down_guessing()
    wanted = read_code(code)
    room = HUB.rooms.get(wanted or "")
    if room is not None:
        return room
    if wanted and is_joined() and (found := await asyncio.to_thread(HUB.look_for, wanted)):
        return found
    if wanted in HUB.ended_codes:
        raise Refused("gatherings.room_ended", status=410)
    was_wrong()
    raise Refused("gatherings.no_such_room", status=404)


async def slow_down_guessing() -> None:
    """Wait a little while codes or slips are being guessed. Raises Refused when too many wait already."""
    GUESSES.refill(time.monotonic())
    if GUESSES.left < 1:
        if GUESSES.waiting >= WAITING_AT_ONCE:
            raise Refused("gatherings.slow_down", status=429)
        GUESSES.waiting += 1
        try:
            await asyncio.sleep(WAIT_SECONDS)
        finally:
            GUESSES.waiting -= 1


def was_wrong() -> None:
    """Count a guess that was wrong."""
    GUESSES.left = max(0.0, GUESSES.left - 1)


def redeemed(room: LiveRoom, ticket: str) -> Ticket | None:
    """Return what a ticket says in this room; people of a room that asks for slips need the ticket of one."""
    found = OPEN.redeem(ticket, room_id=room.view.id)
    if not room.view.draw or (found and found.viewer in {Viewer.DESK, Viewer.WALL}):
        return found
    return SLIPS.redeem(ticket, room_id=room.view.id, draw=room.view.draw)


async def room_by_ticket(
    code: str, ticket: str, *, said: MutableMapping[str, Any] | None = None
) -> tuple[LiveRoom, Viewer]:
    """Return the room and kind of viewer of a ticket. Raises Refused.

    Holders of a valid ticket never wait for those who guess codes. said: what came with it, where something is done
    with it; in a room that asks for slips its tag becomes that of the slip, so that a phone that forgets itself, or a
    second one, is still one voice.
    """
    known = HUB.rooms.get(code)
    if known is not None and (found := redeemed(known, ticket)):
        acts = said is not None and known.view.draw and found.viewer in {Viewer.PARTICIPANT, Viewer.LEADER}
        if acts and found.holder and said is not None and "round" in said:
            said["tag"] = SLIPS.tag(found.holder, number_of(said, "round", low=1, high=LARGEST_KEY))
        if not acts or found.holder:
            return known, found.viewer
    room = await room_by_code(code)  # a wrong ticket must not be a quicker way to try codes
    raise Refused("gatherings.slip_needed" if room.view.draw else "gatherings.ticket_not_valid", status=403)


async def as_it_is_now(room: LiveRoom, find: Callable[[], RoundView]) -> RoundView:
    """Return what `find` finds; before a no, look whether another server has moved the room on. Raises Refused."""
    try:
        return find()
    except Refused as refused:
        if refused.code != "gatherings.not_writing_now" or not is_joined():
            raise
    await asyncio.to_thread(HUB.look_again, room.view.id)
    return find()
