"""Paper by keyboard alone: a pile of cards typed in one after the other comes out on the wall with the rest (E4)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk, on_the_wall, pile, press, press_this
from tests.journeys.seen import violations

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A district with a session to hold."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def looked_at(page: Page, name: str) -> None:
    """Show the page small and large, light and dark, and let axe look at it."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{width}-{scheme}.png", full_page=True)
        assert violations(page) == [], name


def test_E4_a_pile_of_cards_goes_in_by_keyboard_and_comes_out_with_the_others(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280) as context:
        desk = at_the_desk(context, house, "Bo")
        desk.get_by_role("link", name="Print cards for people without a phone").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text("On paper")
        looked_at(desk, "papers")
        desk.go_back()
        press(desk, "Open the room")
        gather = desk.locator(".sheet__line", has_text="What drains us")
        press_this(desk, gather.get_by_role("button", name="Start this instead"))
        desk.get_by_label("People without a phone, who take part on paper").fill("5")
        press(desk, "Set")
        expect(desk.get_by_text("You are few.")).to_have_count(0)
        looked_at(desk, "desk-promise")
        press(desk, "Let everyone write")
        desk.get_by_role("link", name="Type in from paper").click()
        for typed, text in (("One", "No cover"), ("2", "Plans come late"), ("3", "Nobody says thank you")):
            expect(desk.locator("#text")).to_be_focused()
            desk.wait_for_load_state()
            desk.keyboard.type(text)
            desk.keyboard.press("Enter")
            expect(desk.get_by_text("Saved.")).to_be_visible()
            expect(desk.get_by_text(f"{typed} typed in on this page.")).to_be_visible()
        expect(desk.locator("#text")).to_be_focused()
        expect(desk.locator("#text")).to_have_value("")
        desk.wait_for_load_state()
        desk.keyboard.type("Two lines:")
        desk.keyboard.press("Shift+Enter")
        desk.keyboard.type("and Enter")
        looked_at(desk, "entry-card")
        desk.locator("#text").focus()
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("4 typed in on this page.")).to_be_visible()
        desk.get_by_role("link", name="Back to the desk").click()
        press(desk, "Pens down: look through the notes")
        expect(pile(desk, "waiting")).to_have_count(4)
        press(desk, "Accept all that wait")
        press(desk, "Show all notes at once")
        with context.expect_page() as opened:
            desk.get_by_role("link", name="Open the wall").click()
        expect(opened.value.locator(".wall__note").first).to_be_visible()
        assert "No cover" in on_the_wall(opened.value)
