"""What phones ask for seldom: the rule by which notes may be held, and the pieces for questions and letters."""

import gzip
from functools import cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from holdfast.gatherings.doors import room_by_code
from holdfast.gatherings.exchange import NO_STORE, again_after, answer_packed, answer_page
from holdfast.gatherings.holding import REASONS
from holdfast.gatherings.pages import links, refused_page
from holdfast.refusals import Refused
from holdfast.web.routes import Receive, Scope, Send


async def holding(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/holding/: the rule by which notes may be held, to be read before anybody writes."""
    try:
        room = await room_by_code(scope["path_args"]["code"])
    except Refused as refused:
        await answer_page(send, refused.status, refused_page(refused), headers=again_after(refused))
        return
    shows = {**links(), "room": room.view, "reasons": REASONS.values()}
    await answer_page(send, 200, render_to_string("gatherings/phone/holding.html", shows))


async def pieces(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/pieces/: what questions and letters to unknown authors bring to the phone page, for every phone."""
    try:
        await room_by_code(scope["path_args"]["code"])
    except Refused as refused:
        await answer_page(send, refused.status, refused_page(refused), headers=again_after(refused))
        return
    body, packed = _pieces_page(get_language())
    await answer_packed(scope, send, body, packed, kind=b"text/html; charset=utf-8", headers=NO_STORE)


@cache
def _pieces_page(language: str | None) -> tuple[bytes, bytes]:
    body = render_to_string("gatherings/phone/pieces.html", {"reasons": REASONS}).encode()
    return body, gzip.compress(body, mtime=0)
