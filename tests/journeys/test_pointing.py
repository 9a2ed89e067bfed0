"""While somebody writes, the phone marks what could point at a person; it sends nothing of it and stops nobody (E3)."""

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from tests.journeys.phones import Room, add, join, says

SCRIPT = Path(__file__).parents[2] / "src/holdfast/gatherings/static/gatherings/phone/point.js"
POINTS = {
    "Ms Okafor shouts at the front desk": ["Ms Okafor"],
    "The things Dr. Weiss said in the meeting": ["Dr. Weiss"],
    "I cannot work with Carla any more": ["Carla"],
    "Being asked by Tom to cover again": ["Tom"],
    "Nobody helps in room 12": ["room 12"],
    "Everything lands on Ward 3": ["Ward 3"],
    "Ever since class B left": [],
    "The boys in 4B hit us": ["4B"],
    "Last Tuesday was the worst": ["Tuesday"],
    "I cried on 12/3": ["12/3"],
    "The meeting at 14:30 with two bosses": ["14:30"],
    "The nurse is never there": ["The nurse"],
    "our secretary gossips": ["our secretary"],
    "My supervisor ignores me": ["My supervisor"],
    "That trainee cannot do it": ["That trainee"],
    "It was Amara’s idea and we paid for it": ["Amara’s"],
    "We lost Ana-Maria in October": ["Ana-Maria", "October"],
    "Nurse Pat and the deputy fight": ["Nurse Pat", "the deputy"],
    "Maria never answers": ["Maria"],
    "Bed 7 and what happened there yesterday": ["Bed 7", "yesterday"],
}
"""What could point at somebody, and what of it should be marked. Two are out of reach: a name that begins a sentence
cannot be told from any first word, and neither can a letter after “class” in small."""
POINTS_AT_NOBODY = [
    "No cover", "Cover with no notice", "Losing my planning time to cover", "Forms nobody reads", "I eat standing up",
    "Messages at nine in the evening", "A head who listens", "Nothing prints when you need it", "We are not asked",
    "Meetings that could have been an e-mail. Every week. Again.", "So many tests we cannot teach", "IT and HR say no",
    "Being blamed by parents", "Shifts changed at the last minute", "Lunch, door closed", "Time to plan together",
    "Teaching English with no books", "The waiting list never gets shorter", "Pay that does not cover the rent",
    "Somebody who says: I’ve got this",
]  # fmt: skip
SPANISH = {
    "La directora no escucha": ["La directora"], "Lo que dijo la Sra. Ruiz": ["Sra. Ruiz"],
    "El lunes pasado en el aula 3": ["lunes", "aula 3"], "Sin tiempo para planear": [],
    "Formularios que nadie lee": [],
}  # fmt: skip


def marked(browser: Browser, texts: list[str], language: str) -> list[list[str]]:
    page = browser.new_page()
    with translation.override(language):
        page.set_content(render_to_string("gatherings/phone/words.html"))
    page.add_script_tag(
        content="const words = {};"
        "for (const one of document.getElementById('words').content.querySelectorAll('[data-w]'))"
        " words[one.dataset.w] = one.textContent;" + SCRIPT.read_text(encoding="utf-8")
    )
    asked = "(texts) => texts.map((t) => pointing(t, Object.fromEntries(LISTS.map((n) => [n, listOf(`point-${n}`)]))))"
    found: list[list[str]] = page.evaluate(asked, texts)
    page.close()
    return found


def test_E3_on_a_written_set_what_points_is_marked_and_what_does_not_is_left_alone(browser: Browser) -> None:
    found = marked(browser, list(POINTS), "en")
    wanted = sum(len(parts) for parts in POINTS.values())
    right = sum(len(set(parts) & set(POINTS[text])) for text, parts in zip(POINTS, found, strict=True))
    wrong = sum(len(parts) for parts in found) - right + sum(len(p) for p in marked(browser, POINTS_AT_NOBODY, "en"))
    print(f"precision {right / (right + wrong):.2f}, recall {right / wanted:.2f}")
    assert right / wanted >= 0.9
    assert right / (right + wrong) >= 0.95


def test_E3_in_spanish_too(browser: Browser) -> None:
    assert marked(browser, list(SPANISH), "es") == list(SPANISH.values())


@pytest.fixture
def room(tmp_path: Path) -> Any:
    """A room with a server of its own."""
    room = Room(tmp_path)
    yield room
    room.stop()


def test_E3_it_is_said_beside_the_box_and_the_note_may_go_as_it_is(browser: Browser, room: Room) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = join(context, room)
    room.does("gather", "write")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_role("textbox", name="Your note").fill("Ms Okafor shouts")
    expect(page.locator("#points")).to_contain_text("Could this point at someone? “Ms Okafor”.")
    assert not any("Okafor" in one for one in sent)
    fits(page)
    page.get_by_role("textbox", name="Your note").fill("There is shouting at the front desk")
    expect(page.locator("#points")).to_be_hidden()
    add(page, "Ms Okafor shouts")
    says(page, "Ms Okafor shouts", "saved")
    assert any("Okafor" in one for one in sent)  # only now, by the person’s own press
    expect(page.locator("#points")).to_be_hidden()
    context.close()


def fits(page: Page) -> None:
    """The narrowest phone shows it without scrolling sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
