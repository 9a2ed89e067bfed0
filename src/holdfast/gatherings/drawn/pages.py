"""Coming in with a slip, scanned by a phone’s own script or typed into a plain form: no cookie, no session, no log."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.db import close_old_connections
from django.template.loader import render_to_string

from holdfast.gatherings.doors import slow_down_guessing, was_wrong
from holdfast.gatherings.drawn.shown import room_of
from holdfast.gatherings.drawn.tokens import read_token
from holdfast.gatherings.exchange import (
    again_after,
    answer_json,
    answer_page,
    answer_refusal,
    read_body,
    read_json,
    text_of,
    words_of,
)
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.models import Room
from holdfast.gatherings.pages import links
from holdfast.refusals import Refused
from holdfast.voices.admission import SLIPS, Viewer
from holdfast.web.routes import Receive, Scope, Send

LONGEST_TYPED = 60


async def come_in(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /slips/: what stands on a slip, for its ticket; the same slip has the same ticket on every phone."""
    try:
        body = await read_json(receive)
        room, ticket = await _let_in(text_of(body, "token", most=LONGEST_TYPED))
        await answer_json(send, 201, {"ticket": ticket, "room": str(room.pk), "code": room.code})
    except Refused as refused:
        await answer_refusal(send, refused)


async def slip(scope: Scope, receive: Receive, send: Send) -> None:
    """GET and POST /slip/: the page that reads a slip; POST lets in without a script."""
    if scope["method"] != "POST":
        await answer_page(send, 200, slip_page())
        return
    typed = ""
    try:
        form = _read(await read_body(receive))
        typed = form.get("token", "")[:LONGEST_TYPED]
        room, ticket = await _let_in(typed)
        await answer_page(send, 200, slip_page(code=room.code, ticket=ticket, typed=typed))
    except Refused as refused:
        await answer_page(send, refused.status, slip_page(refused, typed=typed), headers=again_after(refused))


def slip_page(refused: Refused | None = None, **shown: str) -> str:
    """Return the page that asks for a slip. shown: what was typed, and words that came with no slip, to be copied."""
    said: Mapping[str, object] = {"refusal": words_of(refused)} if refused else {}
    parts = {**links(), **said, **shown}
    return render_to_string("gatherings/phone/slip.html", parts)


def _read(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=10))
    except ValueError as error:
        raise Refused("gatherings.unreadable", status=400) from error


async def _let_in(typed: str) -> tuple[Room, str]:
    await slow_down_guessing()
    try:
        token = read_token(typed)
        room, draw = await asyncio.to_thread(_room_of, token)
    except Refused as refused:
        if refused.code == "gatherings.no_such_slip":
            was_wrong()
        raise
    return room, SLIPS.issue(room.pk, viewer=Viewer.PARTICIPANT, draw=draw, token=token)


def _room_of(token: str) -> tuple[Room, int]:
    try:
        room, draw = room_of(token)
        if room.code not in HUB.rooms:
            HUB.look_for(room.code)
        return room, draw
    finally:
        close_old_connections()
