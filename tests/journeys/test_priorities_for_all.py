"""Choosing what comes first is for everybody: phone, desk and wall, before, while and after (E4, D7.1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.items import on_a_phone
from tests.journeys.late_pages import a_page_that_takes_its_time
from tests.journeys.phones import Room, join, sees, until
from tests.journeys.seen import violations
from tests.journeys.test_desk_drivers import Phone, come_in, go_to_the_desk
from tests.journeys.test_phone_priorities import LIST

SAID = {
    "rating": ("5", "4", "1", "none", "5", "2"),
    "consent": ("gladly", "mostly", "live", "talk", "cannot", "gladly"),
}
BEGINS = {
    "dots": ("write",),
    "rating": ("again: rating > all", "write"),
    "consent": ("again: consent > forward", "write"),
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def clean(*pages: Page) -> None:
    """Nothing axe knows of is wrong with these pages, and none is wider than its screen."""
    for page in pages:
        assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def choose(phones: list[Phone], manner: str) -> None:
    """Let everybody hand in something."""
    for n, phone in enumerate(phones):
        items = list(phone.items().values())
        said = (
            dict.fromkeys((items[n % 2], items[2]), "dot")
            if manner == "dots"
            else dict.fromkeys(items, SAID[manner][n])
        )
        phone.hand_in("ballots", choices=said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_E4_D7_1_priorities_can_be_used_by_everybody_on_phone_desk_and_wall(
    room: Room, browser: Browser, scheme: str
) -> None:
    room.does(f"drains: {' > '.join(LIST)}", "prioritise")
    phones = [Phone(room) for _ in range(6)]
    phone = join(on_a_phone(browser, scheme="dark" if scheme == "dark" else "light"), room)
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    wall = desk.context.new_page()
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"{room.address}{desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
    for page in (desk, wall):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    sees(phone, "You have 2 dots.")
    clean(phone, desk, wall)
    for manner, begins in BEGINS.items():
        with a_page_that_takes_its_time(desk, says="fewer than five have handed in") as held:
            room.does(*begins)
            until(lambda: bool(held), desk)
            expect(phone.locator("#items li").first).to_be_visible()
            choose(phones, manner)
            desk.wait_for_timeout(2500)  # the count goes out once a second
        expect(desk.get_by_text("5 or more have handed in")).to_be_visible()
        clean(phone, desk)
        room.does("close", "seal")
        expect(desk.get_by_text("The same as a table")).to_be_visible()
        expect(wall.locator(".wall__items .spread").first).to_be_visible()
        if manner == "dots":
            room.does(f"forward: {LIST[0]}", f"forward: {LIST[2]}")
            expect(wall.get_by_text("goes forward").first).to_be_visible()
        desk.get_by_text("The same as a table").click()
        clean(phone, desk, wall)
    phone.context.close()
    desk.context.close()
