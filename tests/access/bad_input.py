"""Sends every form of the access matrix what nobody should type, and says what was not taken well."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from django.contrib.messages import constants, get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from holdfast.people.models import Person
from tests.access.matrix import ROWS
from tests.access.world import CAST, World, undone

LONG = "</textarea><script>alert('1')</script> 100 % اجتماع \u202eالليل\u202c " + "é" * 300 + "x" * 2_300
CRUDE = "Cover\x00 \x1b is \ud800 asked for \U0001f9ff"
"""A NUL, a control character, and half a character: one that no text can hold."""
SLY = "<script>alert('1')</script> 100 %s {0} \u202eليل\u202c \U0001f9ff\r\n\x0b"
"""Short enough to be taken, so that it comes as far as the database and the next page."""

HUGE = "9" * 30
TOO_LARGE = 413
SCRIPT = "<script>alert('1')"
ODD = {
    "date": ("0001-01-01", "9999-12-31", "2026-02-30"),
    "time": ("24:61", "²"),
    "number": ("-1", HUGE, "²"),
    "text": (LONG, CRUDE, SLY),
    "chosen": ("9223372036854775808", CRUDE, "²", HUGE, "-1", "%s"),
    "email": (LONG, CRUDE, "رنا@مدرسة.example"),
}
"""What is typed into a box of each kind; of long rows two are taken, others for each box."""

KINDS = {"search": "text", "url": "text", "hidden": "chosen", "radio": "chosen", "checkbox": "chosen"}
TOKEN = "csrfmiddlewaretoken"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
BOX = re.compile(r"<(input|textarea|select|button)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
PRESSED = ("chosen", "submit", "file", "button")
Form = dict[str, object]


@dataclass(slots=True)
class Tried:
    """What became of one form: how often it was sent, how often it was refused with words in it, what went wrong."""

    sent: int = 0
    shown: int = 0
    troubles: list[str] = field(default_factory=list)


def try_form(world: World, name: str) -> Tried:
    """Send one form in every clumsy way and look at each answer."""
    row, tried = ROWS[name], Tried()
    path, good = reverse(name, kwargs=dict(row.about(world))), dict(row.send(world))
    client = Client(raise_request_exception=False)
    client.force_login(_who_may(world, name))
    typed = _boxes(_text(client.get(path)), path) if row.get else {}
    kinds = {box: "chosen" if row.get else _kind_of(value) for box, value in good.items()} | typed
    for bad, form in _clumsy(good, kinds, world.theirs.group.pk):
        with undone():
            answer = _post(client, path, form)
        tried.sent += 1
        tried.troubles += _troubles(answer, bad, kinds, tried)
    with undone():
        answer = _post(client, path, {**good, "anything": "x" * 100_000})
    # A mere press reads nothing of what is sent with it.
    if answer.status_code >= 500 or (typed and answer.status_code != TOO_LARGE):
        tried.troubles.append(f"100 kB got {answer.status_code}")
    return tried


def _clumsy(good: Form, kinds: dict[str, str], of_others: object) -> Iterator[tuple[Form, Form]]:
    """Yield what is wrong with a form, and the whole form."""
    yield {}, {}
    everywhere: Form = {box: LONG if kind in ("text", "email") else CRUDE for box, kind in kinds.items()}
    yield everywhere, everywhere
    for place, (box, kind) in enumerate(_of_each_kind(good, kinds)):
        if box in good:
            yield {}, {key: value for key, value in good.items() if key != box}
        if place == 0:
            yield {}, {**good, box: [good.get(box, "1"), CRUDE, HUGE]}
        odds = ODD.get(kind, ODD["chosen"])
        for odd in odds if len(odds) < 4 else (odds[place % 6], odds[place % 6 - 3]):
            yield {box: odd}, {**good, box: odd}
        if isinstance(good.get(box), int):
            yield {box: of_others}, {**good, box: of_others}


def _of_each_kind(good: Form, kinds: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Leave out boxes that are like two before: a long list of questions is asked in one way."""
    seen: Counter[str] = Counter()
    for box, kind in kinds.items():
        seen[kind] += 1
        if seen[kind] <= 2 or (box in good and len(good) < 6):
            yield box, kind


def _troubles(answer: HttpResponse, bad: Form, kinds: dict[str, str], tried: Tried) -> Iterator[str]:
    said, what = _text(answer), ", ".join(f"{box}={str(value)[:20]!r}" for box, value in bad.items())
    what = what or "something missing"
    if answer.status_code >= 500:
        yield f"{what} broke the page"
    if SCRIPT in said:
        yield f"{what} is a script of the page"
    refused = 400 <= answer.status_code < 500 or (answer.status_code == 302 and _complains(answer))
    written = [str(value) for box, value in bad.items() if kinds[box] not in PRESSED and str(value).strip()]
    if refused and written and answer.status_code != 404:
        tried.shown += 1
        there = html.unescape(said)
        if not all(_as_kept(value) in there.replace("\r\n", "\n") for value in written):
            yield f"{what} is lost"


def _as_kept(value: str) -> str:
    """Return what can be shown of something: a sign that no page can hold is shown as one that says so."""
    return value.replace("\ud800", "\ufffd" * 3).replace("\r\n", "\n").strip()


def _complains(answer: HttpResponse) -> bool:
    """Tell whether somebody is sent on with a word that it was not done."""
    request = getattr(answer, "wsgi_request", None)
    queued = getattr(get_messages(request), "_queued_messages", []) if request else []
    return any(message.level >= constants.WARNING for message in queued)


def _who_may(world: World, name: str) -> Person:
    """Return somebody for whom there is something behind the form."""
    outcome = ROWS[name].outcomes["POST"]
    may = [person for who in CAST if outcome[who] not in (403, 404) and (person := world.person(who))]
    return may[0] if may else world.ours.pat


def _kind_of(value: object) -> str:
    """Return the kind of a box that stands on no page of this address."""
    if isinstance(value, int):
        return "chosen"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return "date"
    if str(value)[:1].isupper():
        return "text"
    return "time" if re.fullmatch(r"\d\d:\d\d", str(value)) else "chosen"


def _post(client: Client, path: str, form: Form) -> HttpResponse:
    body = urlencode(form, doseq=True, encoding="utf-8", errors="surrogatepass")
    return cast("HttpResponse", client.post(path, body, content_type="application/x-www-form-urlencoded"))


def _text(answer: object) -> str:
    return b"".join(cast("HttpResponse", answer)).decode(errors="replace")


def _boxes(page: str, path: str) -> dict[str, str]:
    """Return the boxes that a page sends to its own address by name, each with its kind; a box to write in wins."""
    found: dict[str, str] = {}
    for head, inside in FORM.findall(page):
        form = _attributes(head)
        if form.get("method", "").lower() == "post" and form.get("action", path).partition("?")[0] in ("", path):
            for tag, rest in BOX.findall(inside):
                box = _attributes(rest)
                kind = {"select": "chosen", "textarea": "text", "button": "button"}.get(tag, box.get("type", "text"))
                if box.get("name", TOKEN) != TOKEN and found.get(box["name"], "button") in PRESSED:
                    found[box["name"]] = KINDS.get(kind, kind)
    return found


def _attributes(inside: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(inside)}
