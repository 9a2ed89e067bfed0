"""Stories handed round: each phone asks for the one it reads, and never gets its own."""

import asyncio
from collections.abc import Mapping
from typing import Any

from holdfast.gatherings.doors import room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, hex_of, number_of, read_json, text_of
from holdfast.gatherings.live import LiveRoom
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import Viewer
from holdfast.web.routes import Receive, Scope, Send


async def hand_round(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/stories/: what somebody else wrote, for this device to read."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        await asyncio.to_thread(intake.catch_up, [room.round.id] if room.round else [])
        await answer_json(send, 200, {"stories": story_for(room, viewer, body)})
    except Refused as refused:
        await answer_refusal(send, refused)


def story_for(room: LiveRoom, viewer: Viewer, body: Mapping[str, Any]) -> list[str]:
    """Return what another device wrote; nothing once too few are left to hide among. Raises Refused."""
    round_id, tag = number_of(body, "round", low=1, high=LARGEST_KEY), hex_of(body, "tag")
    found = room.round
    if viewer not in {Viewer.PARTICIPANT, Viewer.LEADER}:
        raise Refused("gatherings.ticket_not_valid", status=403)
    if found is None or found.id != round_id or "read" not in found.rules.may(viewer, found.phase):
        raise Refused("gatherings.not_writing_now", status=409)
    return intake.handed_to(round_id, tag=tag)
