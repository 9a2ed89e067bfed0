"""Words that come after their activity has closed: nobody sees them before the session ends, and then mixed."""

import asyncio
import time
from typing import Any

from holdfast.gatherings.actions.parking import open_late_box
from holdfast.gatherings.box import in_pace, states_of
from holdfast.gatherings.contributions import MOST_REVS, read_text, refuse, take_in
from holdfast.gatherings.exchange import hex_of, number_of
from holdfast.gatherings.live import LiveRoom
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import CannotSave, Contribution, Receipt, Standing
from holdfast.web.routes import Receive, Scope, Send


async def keep_late_words(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/late/: keep words for later."""
    await take_in(scope, receive, send, store_late_words)


async def store_late_words(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> Receipt:
    """Check what a phone sent and put it into the box of this session. Raises Refused; nothing is kept then."""
    if viewer is Viewer.LEADER:
        raise Refused("gatherings.leaders_keep_their_own", status=403)
    if viewer is not Viewer.PARTICIPANT:
        raise Refused("gatherings.ticket_not_valid", status=403)
    if room.view.rehearsal:
        raise Refused("gatherings.only_practice", status=409)
    wanted = _read(body)
    if not in_pace(room.view.id, time.monotonic()):
        raise Refused("gatherings.slow_down", status=429)
    if not await asyncio.to_thread(states_of, [room.view.id]):
        await asyncio.to_thread(open_late_box, room.view.id)
    try:
        receipt = await intake.write(room.view.id, wanted, standing=Standing.ACCEPTED)
    except CannotSave as error:
        raise Refused("gatherings.cannot_save_now", status=503) from error
    refuse(receipt.outcome)
    return receipt


def _read(body: dict[str, Any]) -> Contribution:
    return Contribution(
        id=number_of(body, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(body, "secret"),
        tag=hex_of(body, "secret"),  # each text has a tag of its own: two of one phone cannot be told to be of one
        rev=number_of(body, "rev", low=1, high=MOST_REVS),
        column="",
        text=read_text(body),
        from_leader=False,
    )
