"""The wall from ten metres: nothing small, nothing cut off, calm, right for a dark and for a bright room (E4)."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.late_pages import a_page_that_takes_its_time
from tests.journeys.phones import Room, sees, until
from tests.journeys.seen import violations
from tests.journeys.test_desk_drivers import NOTES, Phone, come_in, go_to_the_desk

SIZES = ((1920, 1080), (1280, 720))
SMALL = """() => {
  const words = document.createTreeWalker(document.getElementById("wall"), NodeFilter.SHOW_TEXT), small = [];
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim(), around = words.currentNode.parentElement;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (text && around.getBoundingClientRect().width && size < innerHeight / 30) small.push(text);
  }
  return small;
}"""

ROOM_BESIDE_THE_WIDEST_CODE = """() => {
  const card = document.querySelector(".wall__join").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".wall__code > span")];
  const before = parts.map((part) => part.textContent);
  for (const part of parts) part.textContent = "WMW";
  const edges = parts.map((part) => part.getBoundingClientRect());
  const fits = document.documentElement.scrollHeight <= innerHeight;
  parts.forEach((part, n) => { part.textContent = before[n]; });
  return fits && Math.min(...edges.flatMap(({ left, right }) => [left - card.left, card.right - right]));
}"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def can_be_read(wall: Page, what: str) -> None:
    """No word is smaller than a thirtieth of the height, nothing is beyond the edge, and axe finds nothing."""
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        wall.wait_for_timeout(300)
        assert wall.evaluate(SMALL) == [], (what, width)
        assert wall.evaluate("document.documentElement.scrollHeight") <= height, (what, width)
        assert wall.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
    assert violations(wall) == [], what


def test_E4_the_wall_can_be_read_from_the_last_row_in_every_light(room: Room, browser: Browser) -> None:
    phones = [Phone(room) for _ in range(8)]
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    wall = desk.context.new_page()
    wall.emulate_media(reduced_motion="reduce")
    wall.goto(f"{room.address}{desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
    can_be_read(wall, "welcome")
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        assert wall.evaluate(ROOM_BESIDE_THE_WIDEST_CODE) > 4, "the code stays in its card, and the card on the wall"
    room.does("talk")
    sees(wall, "What surprises you?")
    can_be_read(wall, "talk")
    large = wall.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    assert large > 720 / 10  # few words are large
    room.does("finish", "gather", "write")
    expect(wall.get_by_text("About 6 minutes, no hurry.")).to_be_visible()
    assert wall.get_by_text("second").count() == 0  # no clock runs down
    can_be_read(wall, "writing")
    for column, texts in NOTES.items():
        for n, text in enumerate(texts):
            phones[n].hand_in("notes", column=column, text=text)
    room.does("look", "accept", "reveal")
    shown = wall.locator(".wall__note")
    expect(shown.first).to_be_visible()  # mixed: which of them are on the first page is chance
    written = [text for texts in NOTES.values() for text in texts]
    assert all(text.strip() in written for text in shown.all_inner_texts())
    can_be_read(wall, "notes")
    assert wall.evaluate("getComputedStyle(document.querySelector('.wall__main')).animationName") == "none"
    room.does("close", "seal", "prioritise", "manner: consent", "write")
    for n, phone in enumerate(phones):
        said = ("gladly", "mostly", "live", "talk", "cannot")[n % 5]
        phone.hand_in("ballots", choices=dict.fromkeys(phone.items().values(), said))
    room.does("close", "seal")
    sees(wall, "I cannot live with it")
    can_be_read(wall, "consent")
    in_the_light_it_is_put(wall)
    desk.context.close()


def in_the_light_it_is_put(wall: Page) -> None:
    """D turns it, and it stays so when the wall is opened again."""
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    bright = wall.evaluate(paper)
    wall.keyboard.press("d")
    dark = wall.evaluate(paper)
    assert dark != bright
    wall.reload()
    expect(wall.locator("#wall")).to_be_visible()
    assert wall.evaluate(paper) == dark
    assert violations(wall) == []
    wall.keyboard.press("d")
    assert wall.evaluate(paper) == bright


def test_E4_what_the_stream_counted_while_the_wall_was_drawn_stays(room: Room, browser: Browser) -> None:
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    wall = desk.context.new_page()
    wall.goto(f"{room.address}{desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
    room.does("talk")
    sees(wall, "What surprises you?")
    with ExitStack() as phones:
        with a_page_that_takes_its_time(wall, says="People are coming in.") as held:
            room.does("finish")
            until(lambda: bool(held), wall)
            for phone in [Phone(room) for _ in range(5)]:
                stream = f"{room.address}/r/{room.code}/stream?ticket={phone.ticket}"
                phones.enter_context(urlopen(stream))  # noqa: S310 - each is somebody who is here
            expect(wall.get_by_text("5 or more people are here.")).to_be_visible()
            sees(wall, "What surprises you?")  # the page from before five were here has not arrived
        expect(wall.get_by_text("What surprises you?")).to_have_count(0)
        expect(wall.get_by_text("5 or more people are here.")).to_be_visible()
    desk.context.close()
