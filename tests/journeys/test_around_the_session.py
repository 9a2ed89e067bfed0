"""Around a session: the leader walks the path, copies a text, marks it done, and says where the picture hangs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device
from tests.journeys.test_desk_drivers import is_accessible, take_picture

pytestmark = pytest.mark.journey


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with its signed-in pages and the toolkit that comes with it."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def test_C3_C4_C8_D2_2_from_the_path_to_a_text_that_is_copied_and_a_picture_that_hangs(
    browser: Browser, house: House
) -> None:
    with a_device(browser, width=390) as phone:
        page = phone.new_page()
        page.goto(house.links["Amara"])
        page.get_by_role("button", name="Sign in").click()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=house.address)
        page.get_by_role("link", name="The path").first.click()
        expect(page.get_by_role("img", name="A path of 12 sections")).to_be_visible()
        is_accessible(page)
        take_picture(page, "path")

        page.get_by_role("link", name="Everything around the sessions").click()
        is_accessible(page)
        take_picture(page, "around")
        page.get_by_role("row").filter(has_text="Drivers").get_by_role("link", name="In between").click()
        page.get_by_role("button", name="Copy").first.click()
        expect(page.get_by_text("Copied.", exact=True).first).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == page.locator("#text-1").inner_text().strip()
        is_accessible(page)

        page.get_by_role("radio", name="Done").check()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="around the sessions").click()
        expect(page.get_by_role("link", name="In between: done")).to_have_count(1)

        page.get_by_role("row").filter(has_text="Drivers").get_by_role("link", name="To hang up").click()
        page.get_by_role("link", name="Print it, and say where it hangs").click()
        expect(page.get_by_role("img", name="The poster")).to_be_visible()
        page.locator(".visual__picture").scroll_into_view_if_needed()
        page.locator(".visual__picture").evaluate("(picture) => picture.decode()")  # fails where it is no picture
        is_accessible(page)
        page.get_by_role("button", name="Add to the list").click()
        expect(page.get_by_text("the leader’s own office", exact=True)).to_be_visible()
