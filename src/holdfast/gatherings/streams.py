"""The way down: server-sent events, and the same events for those whose network holds streams back."""

import asyncio
import json

from django.conf import settings

from holdfast.gatherings.doors import room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, query_of
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.joined import is_joined
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.transport import LentSink, QueueSink, lent_transport
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.web.routes import Receive, Scope, Send

POLL_SECONDS = 20.0
OTHER_SERVER_SECONDS = 1.0
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store, no-transform"),
        (b"x-accel-buffering", b"no"),
    ],
}


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/stream: the whole state, then every event as it happens."""
    try:
        room, viewer = await room_by_ticket(scope["path_args"]["code"], query_of(scope).get("ticket", ""))
    except Refused as refused:
        await answer_refusal(send, refused)
        return
    transport = lent_transport(scope) if settings.LENT_TRANSPORT else None
    await send(START)
    if transport is None:
        await _through_asgi(room, viewer, receive, send)
        return
    first = _first(room, viewer)
    lent = LentSink(transport, first=len(first))
    await send({"type": "http.response.body", "body": first, "more_body": True})
    HUB.join(room, viewer, lent)  # same step of the loop as the snapshot: send() to an unpaused transport does not wait
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        HUB.leave(room, viewer, lent)


async def poll(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/poll: events after the given one, at once or within 20 seconds; a whole state on any doubt."""
    query = query_of(scope)
    try:
        room, viewer = await room_by_ticket(scope["path_args"]["code"], query.get("ticket", ""))
    except Refused as refused:
        await answer_refusal(send, refused)
        return
    room.audiences[viewer].polling += 1
    try:
        newer = await _newer(room, viewer, query.get("after", ""))
    finally:
        room.audiences[viewer].polling -= 1
    await answer_json(send, 200, newer)


async def _newer(room: LiveRoom, viewer: Viewer, after: str) -> list[dict[str, object]]:
    audience = room.audiences[viewer]
    epoch, _, number = after.partition("-")
    oldest = audience.recent[0][0] if audience.recent else audience.number + 1
    if epoch != audience.epoch and epoch and is_joined():
        await asyncio.sleep(OTHER_SERVER_SECONDS)  # its last poll was answered by another server, as the next may be
    if epoch != audience.epoch or not _is_number(number) or not oldest - 1 <= int(number) <= audience.number:
        return [_event(audience.epoch, audience.number, event, data) for event, data in room.whole(viewer)]
    seen = int(number)
    if seen == audience.number:
        end = asyncio.get_running_loop().time() + POLL_SECONDS
        while not HUB.stopping and seen == audience.number and (left := end - asyncio.get_running_loop().time()) > 0:
            try:
                await asyncio.wait_for(HUB.arrived.wait(), left)
            except TimeoutError:
                break
    return [_event(audience.epoch, n, event, data) for n, event, data in audience.recent if n > seen]


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 20


def _event(epoch: str, number: int, event: str, data: str) -> dict[str, object]:
    return {"id": f"{epoch}-{number}", "event": event, "data": json.loads(data)}


def _first(room: LiveRoom, viewer: Viewer) -> bytes:
    audience = room.audiences[viewer]
    if audience.waiting:  # numbered but not yet sent: the others get it now, so that the snapshot is the newest
        room.collect()
        audience.flush()
    return b"retry: 2000\n\n" + room.snapshot(viewer)


async def _through_asgi(room: LiveRoom, viewer: Viewer, receive: Receive, send: Send) -> None:
    sink = QueueSink()
    first = _first(room, viewer)
    HUB.join(room, viewer, sink)
    watching = asyncio.ensure_future(_until_gone(receive, sink))
    try:
        await send({"type": "http.response.body", "body": first, "more_body": True})
        while body := await sink.next():
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        watching.cancel()
        HUB.leave(room, viewer, sink)


async def _until_gone(receive: Receive, sink: QueueSink) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    sink.gone = True
    sink.push(b"", b"")
