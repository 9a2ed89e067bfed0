"""What a desk and phones say where somebody new would be lost: a press too soon, slips drawn late, the end (B3, E4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk, press
from tests.journeys.phones import sees

TOO_SOON = "This page had changed just before your press, so nothing was done."

PRESS_AT_ONCE = """() => new MutationObserver((_, watch) => {
  const buttons = [...document.querySelectorAll("#stage button")];
  const over = buttons.find(({ textContent }) => textContent === "This activity is over");
  if (over) { watch.disconnect(); over.click(); }
}).observe(document.getElementById("desk"), { childList: true, subtree: true })"""
"""Presses the next step in the moment in which it appears, before anybody can have read it."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A district with a session to hold."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def test_B3_a_press_too_soon_slips_and_the_end_are_said_where_they_happen(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280) as at_work, a_device(browser, width=390) as in_hand:
        desk = at_the_desk(at_work, house, "Bo")
        press(desk, "Open the room")
        code = desk.locator(".joining__code").inner_text().replace(" ", "")
        phone = in_hand.new_page()
        phone.goto(f"{house.address}/r/{code}/")
        sees(phone, "You are in. Nothing to do yet.")
        title = phone.locator("#title").inner_text()

        over = desk.get_by_role("button", name="This activity is over")
        desk.evaluate(PRESS_AT_ONCE)
        press(desk, "Start this activity")
        expect(desk.locator("#stage")).to_contain_text(TOO_SOON)
        expect(over).to_be_visible()  # nothing was done
        sees(phone, "Phones face-down now.")
        press(desk, "This activity is over")
        expect(desk.locator(".too-soon")).to_have_count(0)
        sees(phone, "You are in. Nothing to do yet.")
        expect(phone.locator("#title")).to_have_text(title)  # not that of what is over
        expect(phone.locator("#prompt")).to_be_hidden()

        slips = at_work.new_page()
        slips.goto(desk.url.replace("/room/", "/slips/"))
        slips.get_by_label("How many slips").fill("3")
        with slips.expect_response(lambda answer: answer.request.method == "POST") as printed:
            slips.get_by_role("button", name="Print on A4").click()
        assert printed.value.ok
        expect(desk.locator("#way")).to_contain_text("It lets in by slips drawn from a hat.")
        expect(desk.locator("#joining")).not_to_contain_text(code[:3])
        sees(phone, "Scan your slip with the camera, or type its twelve letters.", seconds=30)

        removal = slips.context.new_page()
        removal.goto(desk.url.replace("/room/", "/slips/"))
        removal.get_by_text("Let in by the code again").click()
        removal.get_by_role("button", name="Yes").first.click()
        expect(desk.locator("#way")).to_contain_text("Its code is")
        phone.goto(f"{house.address}/r/{code}/")
        sees(phone, "You are in. Nothing to do yet.")
        desk.get_by_text("Taking over, attendance, ending").click()
        desk.locator("summary", has_text="End the session").click()
        desk.get_by_role("button", name="Yes, end it").click()
        sees(phone, "This session has ended. Thank you for being here.")
        expect(phone.locator("#say")).to_contain_text("This session has ended. Thank you for being here.")
        expect(phone.locator("#say")).not_to_contain_text("We stop here for today")
