"""Words that come after their activity has closed: nobody sees them before the session ends, and then mixed."""

import asyncio
import time

from holdfast.gatherings.actions.parking import open_late_box
from holdfast.gatherings.box import in_pace, states_of
from holdfast.gatherings.contributions import MOST_REVS, refuse
from holdfast.gatherings.doors import room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, hex_of, number_of, read_json, text_of
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.rules import LONGEST_TEXT, clean_text
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import CannotSave, Contribution, Outcome, Receipt, Standing
from holdfast.web.routes import Receive, Scope, Send


async def keep_late_words(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/late/: keep words for later; 201 or 200 only after the commit."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200))
        receipt = await store_late_words(room, viewer, body)
        status = 201 if receipt.outcome is Outcome.STORED else 200
        await answer_json(send, status, {"id": str(body["id"]), "rev": receipt.rev})
    except Refused as refused:
        await answer_refusal(send, refused)


async def store_late_words(room: LiveRoom, viewer: Viewer, body: dict[str, object]) -> Receipt:
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


def _read(body: dict[str, object]) -> Contribution:
    text = clean_text(text_of(body, "text", most=8192))
    if not text:
        raise Refused("gatherings.nothing_written", status=422)
    if len(text) > LONGEST_TEXT:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_TEXT, "has": len(text)}, status=422)
    return Contribution(
        id=number_of(body, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(body, "secret"),
        tag=hex_of(body, "secret"),  # each text has a tag of its own: two of one phone cannot be told to be of one
        rev=number_of(body, "rev", low=1, high=MOST_REVS),
        column="",
        text=text,
        from_leader=False,
    )
