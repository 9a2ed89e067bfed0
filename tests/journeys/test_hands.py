"""A raised hand on a real phone: it goes up, stands in turn, survives a reload, is called, and is gone (B3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk, press
from tests.journeys.test_paper_at_the_desk import looked_at


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A district with a session to hold."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def raised(phone: Page) -> None:
    """Raise a hand by keyboard."""
    button = phone.get_by_role("button", name="Raise my hand")
    expect(button).to_be_visible()
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#hand-place")).to_be_visible()


def test_B3_a_hand_goes_up_stands_in_turn_and_is_called(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280) as at_work, a_device(browser, width=390) as a, a_device(browser, width=320) as b:
        desk = at_the_desk(at_work, house, "Bo")
        press(desk, "Open the room")
        expect(desk.locator("#stage-title")).to_be_visible()
        code = desk.locator(".joining__code").inner_text().replace(" ", "")
        press(desk, "Start this activity")
        expect(desk.get_by_text("No hand is up.")).to_be_visible()
        one, two = a.new_page(), b.new_page()
        for phone in (one, two):
            phone.goto(f"{house.address}/r/{code}/")
        expect(one.get_by_role("button", name="Raise my hand")).to_be_visible()
        looked_at(one, "hands-down-phone")
        raised(one)
        raised(two)
        expect(two.locator("#hand-place")).to_have_text("Your hand is up: number 2 of 2.")
        expect(one.locator("#hand-place")).to_have_text("Your hand is up. You are the next.")
        expect(desk.get_by_text("2 hands are up").first).to_be_visible()
        looked_at(desk, "hands-desk")
        looked_at(two, "hands-up-phone")
        one.reload()
        expect(one.locator("#hand-place")).to_have_text("Your hand is up. You are the next.")
        press(desk, "Call the first hand")
        expect(one.locator("[data-if=hand-called]")).to_have_text("It is your turn: please speak.")
        expect(two.locator("#hand-place")).to_have_text("Your hand is up: number 2 of 2.")
        looked_at(one, "hands-called-phone")
        looked_at(desk, "hands-called-desk")
        press(desk, "Has spoken: call the next")
        expect(one.get_by_role("button", name="Raise my hand")).to_be_visible()
        expect(two.locator("[data-if=hand-called]")).to_be_visible()
        two.get_by_role("button", name="I have spoken, or would rather not").click()
        expect(desk.get_by_text("No hand is up.")).to_be_visible()
        raised(one)
        press(desk, "All hands down")
        expect(one.get_by_text("The facilitator has put all hands down.").first).to_be_visible()
        expect(one.get_by_role("button", name="Raise my hand")).to_be_visible()
