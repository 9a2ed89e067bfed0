"""The phone's pages: one page for everyone in a room, rendered once; and plain forms without JavaScript."""

import gzip
import hashlib
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language

from holdfast.gatherings.closing_words import answers, asked
from holdfast.gatherings.contributions import store_ballot, store_doubt, store_note, take_back, ticket_for
from holdfast.gatherings.doors import redeemed, room_by_code, room_by_ticket
from holdfast.gatherings.envelopes import store_envelope
from holdfast.gatherings.exchange import (
    NO_STORE,
    Headers,
    again_after,
    answer,
    answer_packed,
    answer_page,
    query_of,
    read_body,
    words_of,
)
from holdfast.gatherings.further import letters_for
from holdfast.gatherings.handing_round import story_for
from holdfast.gatherings.hands.door import hand_on_a_page, store_plain_hand
from holdfast.gatherings.kinds import LOOKS, close, look_of
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoomView
from holdfast.gatherings.said import line_of, open_writing, typed_in
from holdfast.gatherings.sayings import store_saying
from holdfast.gatherings.slips import choices_in, items_page, listed
from holdfast.keys import random_key
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import OPEN, Viewer
from holdfast.voices.rules import hash_secret
from holdfast.web.language import kept_in_links
from holdfast.web.routes import Receive, Scope, Send

LOOKS_OF_PHONES = [f"gatherings/looks/{look}/phone.html" for look in LOOKS]
"""The templates of the kinds that have a look of their own."""
FOREVER: Headers = [(b"cache-control", b"public, max-age=31536000, immutable")]
KINDS = {"css": b"text/css; charset=utf-8", "js": b"text/javascript; charset=utf-8"}
MOST_NOTES_ON_A_PLAIN_PAGE = 60

COMMENTED = re.compile(rb"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(rb"^[ \t]+", re.MULTILINE)
SCRIPTS = ("keep", "line", "show", "choose", "bring", "hands")
LOOKED = ("alone", "sayings", "stories_close")
"""What only kinds with a look of their own need: asked for when the first of them begins."""
PARTS = {
    "phone.css": ("phone.css", "phone/weigh.css"),
    "phone.js": tuple(f"phone/{part}.js" for part in SCRIPTS),
    "looks.js": tuple(f"phone/{part}.js" for part in LOOKED),
    "kinds.js": ("phone/weigh.js", "phone/air.js", "phone/raised.js"),
    "point.js": ("phone/point.js", "phone/late.js", "phone/hold.js"),
    "still.js": ("phone/still.js",),
    "further.js": ("phone/further.js",),
    "slip.js": ("phone/slip.js",),
}
"""What the phone asks for in one request each, and the files it is made of."""


@cache
def assets() -> dict[str, tuple[bytes, bytes, bytes]]:
    """Return the phone's style and script by a name that changes with the content: kind, body, gzipped body."""
    found = {}
    for name, parts in PARTS.items():
        body = b"".join((lean_script if name.endswith(".js") else _part)(part) for part in parts)
        stem, _, suffix = name.partition(".")
        hashed = f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{suffix}"
        found[hashed] = (KINDS[suffix], body, gzip.compress(body, mtime=0))
    return found


def lean_script(name: str) -> bytes:
    """Return a script without what only readers need: comments on lines of their own, and indentation."""
    return INDENTED.sub(b"", COMMENTED.sub(b"", _part(name)))


def _part(name: str) -> bytes:
    path = finders.find(f"gatherings/{name}")
    if path is None:
        raise FileNotFoundError(f"gatherings/{name}")
    return Path(str(path)).read_bytes()


def asset_url(suffix: str, stem: str = "phone") -> str:
    """Return the address of the phone's style (css) or script (js), or of the script of the looks."""
    return next(f"/r/assets/{name}" for name in assets() if name.startswith(f"{stem}.") and name.endswith(f".{suffix}"))


async def asset(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/assets/<name>: the phone's style or script; kept by browsers for ever, since the name changes."""
    found = assets().get(scope["path_args"]["name"])
    if found is None:
        await answer_page(send, 404, refused_page(Refused("gatherings.no_such_room", status=404)))
        return
    kind, plain, packed = found
    await answer_packed(scope, send, plain, packed, kind=kind, headers=FOREVER)


async def find_room(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /join/?code=…: to the room with this code, or the page that asks for one."""
    typed = query_of(scope).get("code")
    if typed is None:
        await answer_page(send, 200, render_to_string("gatherings/phone/join.html", {**links(), "typed": ""}))
        return
    try:
        room = await room_by_code(typed)
    except Refused as refused:
        page = render_to_string(
            "gatherings/phone/join.html", {**links(), "typed": typed[:40], "refusal": words_of(refused)}
        )
        await answer_page(send, refused.status, page, headers=again_after(refused))
        return
    location = [(b"location", f"/r/{room.view.code}/{kept_in_links()}".encode()), *NO_STORE]
    await answer(send, 303, b"", kind=b"text/plain", headers=location)


async def phone(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/: the same bytes for everyone in the room."""
    code = scope["path_args"]["code"]
    try:
        room = await room_by_code(code)
    except Refused as refused:
        await answer_page(send, refused.status, refused_page(refused), headers=again_after(refused))
        return
    plain, packed = phone_page(room.view)
    await answer_packed(scope, send, plain, packed, kind=b"text/html; charset=utf-8", headers=NO_STORE)


_PAGES: dict[tuple[int, str], tuple[tuple[object, ...], bytes, bytes]] = {}


def phone_page(view: RoomView) -> tuple[bytes, bytes]:
    """Return the phone page of a room in the language of the request, rendered when something on it has changed."""
    place = (view.code, view.title, view.group, view.site, view.danger_contact, view.help_card)
    shown = (*place, view.rehearsal, view.pledged, view.draw)
    spoken = (view.id, f"{get_language()}{kept_in_links()}")
    kept = _PAGES.get(spoken)
    if kept is None or kept[0] != shown:
        ticket = "" if view.draw else OPEN.issue(view.id, viewer=Viewer.PARTICIPANT)
        shows = {**links(), "looks": LOOKS_OF_PHONES, "room": view, "ticket": ticket}
        page = render_to_string("gatherings/phone/page.html", shows).encode()
        _PAGES[spoken] = kept = (shown, page, gzip.compress(page, mtime=0))
        while len(_PAGES) > 500:
            _PAGES.pop(next(iter(_PAGES)))
    return kept[1], kept[2]


async def kinds(scope: Scope, receive: Receive, send: Send) -> None:
    """GET /r/<code>/kinds/: what kinds of activities that come seldom bring to the phone page, once they begin."""
    try:
        await room_by_code(scope["path_args"]["code"])
    except Refused as refused:
        await answer_page(send, refused.status, refused_page(refused), headers=again_after(refused))
        return
    body, packed = _kinds_page(get_language())
    await answer_packed(scope, send, body, packed, kind=b"text/html; charset=utf-8", headers=NO_STORE)


@cache
def _kinds_page(language: str | None) -> tuple[bytes, bytes]:
    """Render once for each language: all phones of a room ask in the same moment."""
    body = render_to_string("gatherings/phone/kinds.html", {"kinds_url": asset_url("js", "kinds")}).encode()
    return body, gzip.compress(body, mtime=0)


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """GET and POST /r/<code>/plain/: the room as ordinary forms."""
    code = scope["path_args"]["code"]
    form: dict[str, list[str]] = {}
    try:
        if scope["method"] == "POST":
            try:
                form = parse_qs((await read_body(receive)).decode(), keep_blank_values=True, max_num_fields=300)
            except ValueError as error:
                raise Refused("gatherings.unreadable", status=400) from error
        room = await room_by_code(code)
    except Refused as refused:
        await answer_page(send, refused.status, refused_page(refused), headers=again_after(refused))
        return
    if room.view.draw and not redeemed(room, form.get("ticket", [""])[0]):
        await answer_page(send, 403, _without_a_slip({name: values[0] for name, values in form.items()}))
        return
    status, page = await plain_page(
        room, code, {name: values[0] for name, values in form.items()}, form.get("mine", [])
    )
    await answer_page(send, status, page)


async def plain_page(room: LiveRoom, code: str, form: dict[str, str], mine: list[str]) -> tuple[int, str]:
    """Do what a plain form asks and return the page that follows, with what was typed kept when it was refused."""
    viewer, refusal, status, act = Viewer.PARTICIPANT, None, 200, form.get("act", "look")
    notes = _read_mine(mine)
    try:
        if ticket := form.get("ticket"):
            room, viewer = await room_by_ticket(room.view.code, ticket, said=form)
        elif act not in {"look", "join"}:  # whoever writes has been let in, whatever the make of admission
            raise Refused("gatherings.ticket_not_valid", status=403)
        if act == "join":
            viewer = Viewer.LEADER if form.get("lead") == "1" else Viewer.PARTICIPANT
            if viewer is Viewer.LEADER and room.round and (listed(room) or room.round.rules.BALLOT):
                await _step_aside(room, form, notes)
        await _do(act, room, viewer, form, notes)
    except Refused as refused:
        refusal, status = words_of(refused), refused.status
    typed = form.get("text", "") if refusal and act in {"add", "edit"} else ""
    said = typed_in(form) if refusal and act == "say" else {}
    found = room.round_for(viewer)
    tag = (form.get("tag", "") if found and form.get("round") == found["id"] else "") or secrets.token_hex(16)
    own = _own_notes(room, notes) if found else []
    context = {
        **links(),
        "room": room.view,
        "ticket": _ticket_of(room, form, viewer),
        "leader": viewer is Viewer.LEADER,
        "round": found,
        "look": look_of(found["kind"], found["mode"], "plain") if found else "",
        "fresh": {"id": str(random_key()), "secret": secrets.token_hex(16)},
        "tag": tag,
        "mine": own,
        **items_page(room, own, seed=tag, unsaved=choices_in(form) if refusal and act == "ballot" else {}),
        "shown": room.shown_cards(),
        "below": room.below_notes(),
        "letters": letters_for(room, own, typed=form if refusal and act == "answer" else {}),
        **_in_the_open(room, viewer, found, notes, said),
        "story": _story(room, viewer, found, tag),
        "hand": hand_on_a_page(found, form),
        "asked": _asked(room, own, choices_in(form) if refusal and act == "ballot" else {}),
        "refusal": refusal,
        "typed": typed,
        "unsaid": [words for words in said.get("parts", {}).values() if words.strip()],
        "typed_column": form.get("column", "") if typed else "",
    }
    return status, render_to_string("gatherings/phone/plain.html", context)


def _without_a_slip(form: dict[str, str]) -> str:
    """Return the page that asks for a slip; what was typed without one stands on it, to be copied."""
    typed = [form.get("text", ""), *typed_in(form)["parts"].values()]
    refusal = words_of(Refused("gatherings.slip_needed", status=403))
    parts = {**links(), "refusal": refusal, "unsent": "\n".join(words for words in typed if words.strip())}
    return render_to_string("gatherings/phone/slip.html", parts)


async def _do(
    act: str, room: LiveRoom, viewer: Viewer, form: dict[str, str], notes: dict[str, tuple[str, int]]
) -> None:
    """Write, choose, doubt or take back, and remember by which right this page can change it. Raises Refused."""
    if act == "withdraw":
        await take_back(room, viewer, {k: form[k] for k in ("round", "id", "secret") if k in form})
        notes.pop(form.get("id", ""), None)
    elif act == "withdraw_all":
        await take_back(room, viewer, {k: form[k] for k in ("round", "tag") if k in form})
        notes.clear()
    elif act == "say":
        rev, _ = await store_saying(room, viewer, {**form, **typed_in(form)})
        notes[str(int(form["id"]))] = (form["secret"], rev)
    elif act == "answer":
        await store_envelope(room, viewer, form)
    elif act in {"raise_hand", "put_down"}:
        await store_plain_hand(room, viewer, form)
    elif act in STORES:
        receipt = await STORES[act](room, viewer, {**form, "choices": choices_in(form) if act == "ballot" else {}})
        notes[str(int(form["id"]))] = (form["secret"], receipt.rev)


STORES = {"add": store_note, "edit": store_note, "ballot": store_ballot, "clear": store_ballot, "doubt": store_doubt}
"""What a button of the page hands to which store."""


def refused_page(refused: Refused) -> str:
    """Return the page that says why a room cannot be entered."""
    return render_to_string("gatherings/phone/refused.html", {**links(), "refusal": words_of(refused)})


def links() -> dict[str, str]:
    """Return the addresses every phone page needs."""
    return {
        "css_url": asset_url("css"),
        "js_url": asset_url("js"),
        "looks_url": asset_url("js", "looks"),
        "point_url": asset_url("js", "point"),
        "further_url": asset_url("js", "further"),
        "slip_url": asset_url("js", "slip"),
        "named": kept_in_links().partition("=")[2],
    }


def _ticket_of(room: LiveRoom, form: dict[str, str], viewer: Viewer) -> str:
    try:
        return ticket_for(room, form.get("ticket", ""), viewer=viewer)
    except Refused:  # slips are asked for since a moment ago; the next press says so
        return ""


def _story(room: LiveRoom, viewer: Viewer, found: dict[str, Any] | None, tag: str) -> list[str]:
    return story_for(room, viewer, {"round": found["id"], "tag": tag}) if found and "read" in found["may"] else []


def _asked(room: LiveRoom, own: list[dict[str, Any]], unsaved: dict[str, str]) -> list[dict[str, Any]]:
    """Return the questions at the close, with what this page answered, or with what came of them.

    unsaved: what was chosen when it was refused.
    """
    found = room.round
    if found is None or found.look != "close":
        return []
    said = str(own[0]["text"]).split(",") if own else []
    chosen = dict(zip(close.QUESTIONS, said, strict=False))
    return [
        {
            "question": asked(number, (found.tally or {}).get(str(number))),
            "answers": list(answers().items()),
            "chosen": unsaved.get(str(number)) or chosen.get(number, ""),
        }
        for number in close.QUESTIONS
    ]


def _in_the_open(
    room: LiveRoom,
    viewer: Viewer,
    found: dict[str, Any] | None,
    notes: dict[str, tuple[str, int]],
    said: dict[str, Any],
) -> dict[str, Any]:
    """Return what the page shows of an activity in which people write under a name, or one for all.

    said: what was typed into the box when it was refused.
    """
    if found is None or room.round is None or not room.round.in_the_open:
        return {}
    own = [one for one in room.round.sayings if (has := notes.get(str(one.id))) and one.secret == hash_secret(has[0])]
    return {
        "may_say": "say" in found["may"],
        "writing": open_writing(room.round, room.sayings_for(viewer), said),
        "own_sayings": [
            {"id": str(one.id), "secret": notes[str(one.id)][0], "text": line_of(room.round, one).text} for one in own
        ],
        "mine": [{"id": str(one.id), "secret": notes[str(one.id)][0], "rev": one.rev} for one in own],
    }


def _read_mine(mine: list[str]) -> dict[str, tuple[str, int]]:
    notes = {}
    for entry in mine[:MOST_NOTES_ON_A_PLAIN_PAGE]:
        note_id, _, rest = entry.partition(":")
        secret, _, rev = rest.partition(":")
        if entry.isascii() and note_id.isdecimal() and rev.isdecimal() and len(entry) < 80:
            notes[str(int(note_id))] = (secret, int(rev))
    return notes


def _own_notes(room: LiveRoom, notes: dict[str, tuple[str, int]]) -> list[dict[str, Any]]:
    assert room.round is not None
    own = intake.own_notes(room.round.id, {int(i): secret for i, (secret, _) in notes.items()})
    return [
        {
            "id": str(record.id),
            "secret": notes[str(record.id)][0],
            "rev": record.rev,
            "next_rev": record.rev + 1,
            "column": record.column,
            "text": record.text,
            "state": "saved",
        }
        for record in own
    ]


async def _step_aside(room: LiveRoom, form: dict[str, str], notes: dict[str, tuple[str, int]]) -> None:
    """Take back what somebody chose or doubted on this page before saying that they lead the group. Raises Refused."""
    for slip in _own_notes(room, notes):
        fields = {"round": form.get("round", ""), "id": slip["id"], "secret": slip["secret"]}
        if slip["column"] == "doubt":
            await take_back(room, Viewer.PARTICIPANT, fields)
            notes.pop(slip["id"])
        else:
            fields |= {"tag": form.get("tag", ""), "rev": str(slip["next_rev"])}
            receipt = await store_ballot(room, Viewer.PARTICIPANT, {**fields, "choices": {}})
            notes[slip["id"]] = (slip["secret"], receipt.rev)
