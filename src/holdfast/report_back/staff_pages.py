"""The staff page in front of Django: no account, no cookie, no log, and the group's unnamed replies to a question."""

import asyncio
import gzip
import secrets
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import parse_qs

from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from holdfast.gatherings.box import store_reply, take_back_reply
from holdfast.gatherings.exchange import NO_STORE, Headers, again_after, answer, header_of, number_of, read_body
from holdfast.keys import LARGEST_KEY, random_key
from holdfast.refusals import Refused
from holdfast.report_back.queries import PublicConcern
from holdfast.report_back.staff import Question, StaffPage, page_at, question_at
from holdfast.web.language import kept_in_links
from holdfast.web.routes import Receive, Scope, Send
from holdfast.web.wording import words_for

HTML = b"text/html; charset=utf-8"
WORTH_PACKING = 1024
MOST_PAGES = 64
MOST_THINGS = 2048
GAP = secrets.token_hex(12)
"""Stands in a kept page where each reader gets numbers of their own; nobody can write it, since nobody knows it."""

_PAGES: dict[tuple[str, str], tuple[tuple[object, ...], str]] = {}
_THINGS: dict[tuple[object, ...], SafeString] = {}
T = TypeVar("T")


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /s/<token>/: the page for everyone who works there, or what both sides marked for common areas."""
    token: str = scope["path_args"]["token"]
    try:
        html = await _in_a_thread(lambda: _draw_page(token))
        await _send(scope, send, 200, html)
    except Refused as refused:
        await _refuse(scope, send, refused)


async def back(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /s/<token>/replies/: somebody came back to the address of the form; the page is next to it."""
    token: str = scope["path_args"]["token"]
    await answer(
        send, 303, b"", kind=b"text/plain", headers=[(b"location", f"/s/{token}/{kept_in_links()}".encode()), *NO_STORE]
    )


async def reply(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /s/<token>/replies/: one unnamed reply, stored, changed or taken back; an answer only after the commit."""
    if scope["method"] != "POST":
        await back(scope, receive, send)
        return
    token: str = scope["path_args"]["token"]
    form: Mapping[str, str] = {}
    question: Question | None = None
    try:
        form = _read_form(await read_body(receive))
        asked = number_of(form, "question", low=1, high=LARGEST_KEY)
        question = await _in_a_thread(lambda: question_at(token, asked))
        if form.get("act") == "withdraw":
            await take_back_reply(question.box, form)
            html = await _in_a_thread(lambda: _draw_reply(token, question, done="withdrawn"))
            await _send(scope, send, 200, html)
            return
        kept = await store_reply(question.box, form)
        html = await _in_a_thread(lambda: _draw_reply(token, question, done="kept", kept=kept))
        await _send(scope, send, 200 if form.get("act") == "change" else 201, html)
    except Refused as refused:
        await _refuse(scope, send, refused, question=question, form=form)


def _draw_page(token: str) -> str:
    """Draw the page, or bring the one drawn last with fresh slips when nothing on it has changed."""
    shown = page_at(token)
    looks = _looks(shown)
    spoken = (token, f"{get_language()}{kept_in_links()}")
    kept = _PAGES.pop(spoken, None)
    if kept is None or kept[0] != looks:
        things = [_thing(shown, concern, token) for concern in shown.view.concerns]
        drawn = render_to_string("report_back/staff/page.html", {"page": shown, "things": things})
        kept = (looks, drawn)
    _PAGES[spoken] = kept
    for page_unused in list(_PAGES)[:-MOST_PAGES]:
        _PAGES.pop(page_unused, None)
    for thing_unused in list(_THINGS)[:-MOST_THINGS]:
        _THINGS.pop(thing_unused, None)
    html = kept[1]
    for answer_id in _open(shown):
        for name, value in _slip().items():
            html = html.replace(f"{GAP}{name}{answer_id}.", value)
    return html


def _thing(shown: StaffPage, concern: PublicConcern, token: str) -> SafeString:
    """Draw one thing that was handed over, or bring it as it was drawn last: a long page changes in few places."""
    boxes = {answer.id: shown.boxes[answer.id] for answer in concern.answers if answer.id in shown.boxes}
    asking = [answer_id for answer_id, box in boxes.items() if box.is_open]
    form = (token, shown.site.danger_contact, kept_in_links()) if asking else ()
    looks = (concern, tuple(boxes.values()), shown.for_staff, shown.today, get_language(), form)
    html = _THINGS.pop(looks, None)
    if html is None:
        slips = {answer_id: {name: f"{GAP}{name}{answer_id}." for name in _slip()} for answer_id in asking}
        parts = {"page": shown, "concern": concern, "token": token, "slips": slips}
        html = render_to_string("report_back/staff/thing.html", parts)
    _THINGS[looks] = html
    return html


def _open(shown: StaffPage) -> list[int]:
    return [box.answer_id for box in shown.open_boxes]


def _looks(shown: StaffPage) -> tuple[object, ...]:
    """Return everything a drawn page depends on. Rows are equal by key alone, so their fields are named here."""
    view, site, coming = shown.view, shown.site, shown.view.next_gathering
    return (
        (view.ours, view.concerns, view.let_go, dict(shown.boxes), shown.today),
        (view.programme.group.name, site.name, site.time_zone),
        (site.help_card, site.help_card_checked_on, site.danger_contact),
        [(why.kind, why.text) for why in view.whys],
        [(pledge.leader.name, pledge.accepted_on) for pledge in view.pledges],
        coming and (coming.title, coming.place, coming.starts_at, coming.ends_at),
    )


def _draw_reply(token: str, question: Question | None, **parts: object) -> str:
    context = {"question": question, "token": token, "home": f"/s/{token}/{kept_in_links()}", **parts}
    return render_to_string("report_back/staff/reply.html", context)


async def _refuse(
    scope: Scope,
    send: Send,
    refused: Refused,
    *,
    question: Question | None = None,
    form: Mapping[str, str] | None = None,
) -> None:
    """Say why not; whatever was typed stands on the page that says so."""
    form = form or {}
    what, next_step = words_for(refused)
    again = refused.status in {413, 422, 429, 503} and question is not None
    parts = {"refusal": {"what": what, "next": next_step}, "typed": form.get("text", ""), "again": again, "form": form}
    token: str = scope["path_args"]["token"]
    html = await _in_a_thread(lambda: _draw_reply(token, question, **parts))
    await _send(scope, send, refused.status, html, headers=again_after(refused))


def _slip() -> dict[str, str]:
    """Draw what one reply needs to be changed later; the page that holds it is the only place where it is."""
    return {"id": str(random_key()), "secret": secrets.token_hex(16), "tag": secrets.token_hex(16), "rev": "1"}


def _read_form(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise Refused("gatherings.unreadable", status=400) from error
    return {name: values[0] for name, values in fields.items()}


async def _in_a_thread(act: Callable[[], T]) -> T:
    """Do what reads the database beside the loop that serves the rooms, in the language of the request."""
    spoken = get_language()

    def with_a_connection() -> T:
        try:
            with translation.override(spoken):  # a thread begins with the language of the installation
                return act()
        finally:
            close_old_connections()

    return await asyncio.to_thread(with_a_connection)


async def _send(scope: Scope, send: Send, status: int, html: str, *, headers: Headers = NO_STORE) -> None:
    body, vary = html.encode(), (b"vary", b"accept-encoding, accept-language")
    more = [*headers, (b"x-robots-tag", b"noindex"), vary]
    if len(body) > WORTH_PACKING and b"gzip" in header_of(scope, b"accept-encoding"):
        body, more = gzip.compress(body, compresslevel=4, mtime=0), [*more, (b"content-encoding", b"gzip")]
    await answer(send, status, body, kind=HTML, headers=more)
