"""“I’m done”: a phone says that it has written what it wanted, and the desk is told roughly how many have."""

from functools import partial
from typing import Any

from holdfast.gatherings.contributions import writable_round
from holdfast.gatherings.doors import as_it_is_now, room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, hex_of, number_of, read_json, text_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.live import LiveRoom
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.web.routes import Receive, Scope, Send


async def say_done(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/done/: this phone is done, or writes on after all. Kept in memory alone, and by no name.

    Where several servers share the room they tell each other: the next request of a phone may meet another one.
    """
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        await note_done(room, viewer, body)
        await answer_json(send, 200, {})
    except Refused as refused:
        await answer_refusal(send, refused)


async def note_done(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> None:
    """Count a phone once, by a number it draws for this and nothing else. Raises Refused."""
    round_id, mark = number_of(body, "round", low=1, high=LARGEST_KEY), hex_of(body, "mark")
    await as_it_is_now(room, partial(writable_round, room, viewer, round_id, act="write"))
    HUB.note_done(round_id, mark, done=body.get("done") is True)
