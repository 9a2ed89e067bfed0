"""A programme begins in Spanish: a coordinator finds the way, a phone joins, and neither of them meets English."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House
from tests.journeys.languages import Spoken
from tests.journeys.phones import sees
from tests.journeys.test_room_journey import looks_right

pytestmark = pytest.mark.journey
es = Spoken("es")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server of its own, with the toolkit and a second school whose programme has not begun."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def speaks_spanish(page: Page, kind: str, name: str) -> None:
    """Hold a page to its language, to the width of every screen and to what axe knows."""
    es.is_spoken_on(page)
    looks_right(page, kind, f"es-{name}")


def come_in(browser: Browser, house: House, name: str) -> Page:
    """Sign in with a browser that asks for Spanish."""
    page = browser.new_context(locale="es-MX", viewport={"width": 390, "height": 800}).new_page()
    page.goto(house.links[name])
    page.get_by_role("button", name=es("Sign in")).click()
    return page


def test_E6_a_coordinator_starts_a_programme_in_spanish_and_a_phone_joins_in_spanish(
    browser: Browser, house: House
) -> None:
    page = come_in(browser, house, "Dee")
    page.goto(f"{house.address}/desk/programmes/new/")
    page.get_by_label(es("Group"), exact=True).select_option(label="Southgate School · Southgate team")
    page.get_by_label(es("Where you work")).select_option(value="schools")
    speaks_spanish(page, "desk", "new-programme")
    page.get_by_role("button", name=es("Start the programme")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(es("Getting ready"))
    speaks_spanish(page, "desk", "programme")
    page.context.close()

    page = come_in(browser, house, "Fay")
    code = opens_the_room_of_the_first_section(page)
    speaks_spanish(page, "desk", "room")

    phone = browser.new_context(locale="es", viewport={"width": 320, "height": 640}, is_mobile=True).new_page()
    phone.goto(f"{house.address}/join/")
    speaks_spanish(phone, "phone", "join")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name=es("Join")).click()
    sees(phone, es("You are in. Nothing to do yet."))
    speaks_spanish(phone, "phone", "in-the-room")
    phone.context.close()
    page.context.close()


def opens_the_room_of_the_first_section(page: Page) -> str:
    """Set a date for the first section, with the toolkit's own plan, and open its room; return the code."""
    page.get_by_role("link", name=es("Programmes")).first.click()
    page.locator("main a[href*='/programmes/']").first.click()
    page.locator("main a[href*='/gatherings/new/']").first.click()
    page.get_by_label(es("Day"), exact=True).fill((timezone.localdate() + timedelta(days=8)).isoformat())
    page.get_by_label(es("Starts")).fill("15:30")
    page.get_by_label(es("Ends")).fill("16:45")
    page.get_by_role("button", name=es("Set the date")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Por qué")  # the section's own title, in Spanish
    speaks_spanish(page, "desk", "plan")
    page.locator("main a[href$='/room/']").first.click()
    page.get_by_role("button", name=es("Open the room")).click()
    code = page.locator("strong.code").first.inner_text()
    return "".join(letter for letter in code if letter.isalpha())
