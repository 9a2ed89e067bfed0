"""By keyboard alone a plan comes down to 45 minutes, and an activity finds another place; axe has nothing to say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk
from tests.journeys.seen import violations

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
pytestmark = pytest.mark.journey


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An installation with one session of 90 minutes."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def is_sound(page: Page) -> None:
    """Nothing axe knows of is wrong with the page, light and dark, and it does not scroll sideways."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def titles(page: Page) -> list[str]:
    """Return the activities in their order."""
    return page.locator(".plan__title").all_inner_texts()


def test_E8_a_long_plan_becomes_45_minutes_by_keyboard(browser: Browser, house: House) -> None:
    with a_device(browser, width=390) as device:
        page = at_the_desk(device, house, "Bo")
        page.goto(page.url.removesuffix("room/"))
        expect(page.locator(".plan__fit")).to_contain_text("74 minutes planned, 16 minutes free")
        is_sound(page)

        page.get_by_label("Time for the plan").focus()
        page.keyboard.type("45")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Make it fit 45 minutes")
        is_sound(page)
        page.get_by_role("button", name="Do all of this").press("Enter")
        expect(page.locator(".plan__fit")).to_contain_text("45 minutes planned, it fits")

        first, second, *_rest = before = titles(page)
        page.get_by_role("button", name=f"Later · {first}").focus()
        page.keyboard.press("Alt+ArrowDown")
        expect(page.locator(".plan__title").first).to_have_text(second)
        expect(page.locator(":focus")).to_have_accessible_name(f"Later · {first}")
        page.keyboard.press("Alt+ArrowUp")  # the keys go on with the same activity
        expect(page.locator(".plan__title").first).to_have_text(first)

        page.get_by_role("button", name="Usual, 6 min").first.press("Enter")
        expect(page.locator(".plan__fit")).to_contain_text("48 minutes planned, 3 minutes too long")
        assert titles(page) == before


def test_E8_what_a_key_does_a_drag_does_too(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280, height=1600) as device:
        page = at_the_desk(device, house, "Bo")
        page.goto(page.url.removesuffix("room/"))
        first, second, third, *_rest = titles(page)
        page.locator("[data-grip]").first.drag_to(page.locator(".plan__line").nth(2))
        expect(page.locator(".plan__title").nth(2)).to_have_text(first)
        assert titles(page)[:3] == [second, third, first]
        expect(page.locator(".plan__said")).to_contain_text(f"“{first}” has another place.")
