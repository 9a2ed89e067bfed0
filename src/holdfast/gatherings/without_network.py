"""What a phone keeps over https, so that a room's page opens while its network is gone: the same for every room."""

import gzip
import hashlib
import json
from functools import cache

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from holdfast.gatherings.exchange import NO_STORE, Headers, answer_packed
from holdfast.gatherings.pages import LOOKS_OF_PHONES, asset_url, assets, lean_script, links
from holdfast.gatherings.queries import RoomView
from holdfast.web.language import kept_in_links
from holdfast.web.routes import Receive, Scope, Send

ASK_AGAIN: Headers = [(b"cache-control", b"no-cache")]


async def shell(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/shell/: the page of a room without a room; no name, no ticket, no code."""
    body, packed = _shell(get_language(), kept_in_links())
    await answer_packed(scope, send, body, packed, kind=b"text/html; charset=utf-8", headers=NO_STORE)


async def worker(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/worker.js: the script between rooms and network; asked for again with every visit, so never an old one."""
    body, packed = _worker(get_language(), kept_in_links())
    await answer_packed(scope, send, body, packed, kind=b"text/javascript; charset=utf-8", headers=ASK_AGAIN)


@cache
def _shell(language: str | None, named: str) -> tuple[bytes, bytes]:
    nobody = RoomView(
        id=0,
        code="",
        title=gettext("Session"),
        group="",
        site="",
        danger_contact="",
        help_card="",
        rehearsal=False,
        pledged=(),
        round=None,
        ended=False,
    )
    shows = {**links(), "looks": LOOKS_OF_PHONES, "room": nobody, "ticket": "", "still_url": asset_url("js", "still")}
    body = render_to_string("gatherings/phone/page.html", shows).encode()
    return body, gzip.compress(body, mtime=0)


@cache
def _worker(language: str | None, named: str) -> tuple[bytes, bytes]:
    """Another file, another sentence: another version, which throws away what was kept before."""
    files = [f"/r/assets/{name}" for name in assets()]
    version = hashlib.sha256(_shell(language, named)[0] + "".join(files).encode()).hexdigest()[:12]
    given = f"const VERSION = {json.dumps(version)}, FILES = {json.dumps(files)};\n".encode()
    body = given + lean_script("phone/worker.js")
    return body, gzip.compress(body, mtime=0)
