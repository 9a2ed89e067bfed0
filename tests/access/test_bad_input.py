"""Every form, sent by somebody who may, with what nobody should type: nothing breaks, and nothing typed is lost."""

import re
from pathlib import Path
from typing import cast

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

import holdfast
from holdfast.programmes import actions
from holdfast.programmes.views import attending
from tests.access.bad_input import HUGE, LONG, try_form
from tests.access.matrix import ROWS
from tests.access.world import CAST, World

pytestmark = pytest.mark.django_db(databases=["default", "voices"])
FORMS = [name for name, row in ROWS.items() if "POST" in row.outcomes]
PAGE = '<form method="post"><textarea name="text"></textarea></form>'
ASKED = (
    "as", "ask", "at", "component", "driver", "group", "idea", "language", "leader", "minutes", "name", "next", "page",
    "paper", "programme", "scope", "section", "sent", "size", "slot", "verdict", "weeks",
)  # fmt: skip
"""What any page reads behind the question mark of its address."""


@pytest.mark.parametrize("name", FORMS)
def test_no_input_breaks_a_form_or_is_lost_when_it_is_refused(world: World, name: str) -> None:
    tried = try_form(world, name)
    assert tried.sent >= 2
    assert tried.troubles == []


def test_a_form_that_breaks_loses_what_was_typed_or_lets_a_script_in_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = try_form(world, "programmes.in_the_way")
    assert (sound.sent > 5, sound.shown > 1, sound.troubles) == (True, True, [])

    def forgetful(_request: HttpRequest, _template: str, _parts: dict[str, object], status: int = 200) -> HttpResponse:
        return HttpResponse("It cannot be kept.", status=status)

    def trusting(request: HttpRequest, template: str, parts: dict[str, object], status: int = 200) -> HttpResponse:
        page = render(request, template, parts, status=status)
        return HttpResponse(page.content + request.POST.get("text", "").encode(errors="replace"), status=status)

    def breaks(*_: object, **__: object) -> None:
        raise OverflowError

    for planted, found in ((forgetful, "is lost"), (trusting, "is a script")):
        with monkeypatch.context() as patch:
            patch.setattr(attending, "render", planted)
            patch.setattr(Client, "get", lambda *_, **__: HttpResponse(PAGE))
            assert any(found in trouble for trouble in try_form(world, "programmes.in_the_way").troubles)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "name_barrier", breaks)
        assert any("broke the page" in trouble for trouble in try_form(world, "programmes.in_the_way").troubles)


def test_every_name_a_page_reads_from_its_address_is_tried() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(holdfast.__path__[0]).rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'request\.GET\.get\(\s*"(\w+)"', text)}
    assert len(read) > 10
    assert read - set(ASKED) == set()


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if "GET" in row.outcomes])
def test_nothing_behind_the_question_mark_breaks_a_page(world: World, name: str) -> None:
    row = ROWS[name]
    outcome = row.outcomes["GET"]
    may = [person for who in CAST if outcome[who] == 200 and (person := world.person(who))]
    client = Client(raise_request_exception=False)
    client.force_login(may[0] if may else world.ours.pat)
    path = reverse(name, kwargs=dict(row.about(world)))
    for each, other in ((HUGE, "²"), ("9" * 19, LONG[:500]), (LONG[:500], HUGE), ("²", "a\x00 \ufffd")):
        answer = client.get(path, {name: other if place % 2 else each for place, name in enumerate(ASKED)})
        assert answer.status_code < 500, each
        assert b"<script>alert" not in b"".join(cast("HttpResponse", answer)), each
