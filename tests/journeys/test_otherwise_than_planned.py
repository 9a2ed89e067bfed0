"""A session that goes otherwise than planned, by keyboard alone: longer, paused, skipped, stopped well (B3)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.durability.installation import free_port
from tests.journeys.desks import House, a_device, at_the_desk, is_taken
from tests.journeys.test_paper_at_the_desk import looked_at

MOST_STEPS = 150
LATE = "What I did not get to say"
FOCUSED = """() => { const at = document.activeElement;
  const text = (at.innerText || at.value || "").replace(/\\s+/g, " ").trim();
  return [at.tagName, at.id, text, at.matches(":focus-visible")]; }"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A district with a session to hold."""
    house = House(tmp_path, free_port())
    yield house
    house.stop()


def go_to(page: Page, name: str) -> None:
    """Walk with Tab until something with this name, or this id, has the focus and shows it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        tag, key, text, seen = page.evaluate(FOCUSED)
        if name in {text, key} and tag != "BODY":
            assert seen, f"nobody sees that {name} has the focus"
            return
    raise AssertionError(f"{name} cannot be reached")


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard, and again when the desk says that it was just changing."""
    go_to(page, name)
    for _ in range(5):
        page.wait_for_timeout(700)
        if name not in page.evaluate(FOCUSED):
            go_to(page, name)
        if is_taken(page, "Enter"):
            return
    raise AssertionError(f"{name} was never taken")


def held_by(page: Page) -> str:
    """Return what has the focus."""
    _, key, text, _ = page.evaluate(FOCUSED)
    return str(key or text)


def test_B3_a_session_is_extended_paused_shortened_and_stopped_well(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280) as at_work, a_device(browser, width=390) as in_hand:
        desk = at_the_desk(at_work, house, "Bo")
        press(desk, "Open the room")
        expect(desk.locator("#stage-title")).to_be_visible()
        code = desk.locator(".joining__code").inner_text().replace(" ", "")
        gather = desk.locator(".sheet__line", has_text="What drains us")
        press(desk, f"Start this instead · {gather.locator('.sheet__title').inner_text()}")
        expect(desk.get_by_text("Now on the screens")).to_be_visible()
        desk.get_by_label("People without a phone, who take part on paper").fill("5")
        press(desk, "Set")
        phone = in_hand.new_page()
        phone.goto(f"{house.address}/r/{code}/")
        press(desk, "Let everyone write")
        more_time(desk)
        a_pause(desk, phone)
        closed_early(desk, phone)
        skipped_and_kept(desk)
        stopped(desk, phone)


def minutes(desk: Page) -> tuple[int, int]:
    """Return for how long the activity is planned, and how much of it the desk says is left."""
    planned = desk.locator("form", has=desk.locator("#longer-2")).locator("[name=seen]").input_value()
    return int(planned), int(desk.locator("[data-left]").inner_text().split()[1])


def is_longer(desk: Page, by: int, *, before: tuple[int, int]) -> None:
    """The activity has so many more minutes; of what is left one may have passed meanwhile."""
    planned, left = (minutes + by for minutes in before)
    form = desk.locator("form", has=desk.locator("#longer-2"))
    expect(form.locator("[name=seen]")).to_have_value(str(planned))
    expect(desk.locator("[data-left]")).to_contain_text(re.compile(f"about ({left}|{left - 1}) minutes"))


def more_time(desk: Page) -> None:
    """Five minutes more; the button keeps the focus, so that five more are one press."""
    before = minutes(desk)
    press(desk, "longer-5")
    is_longer(desk, 5, before=before)
    assert held_by(desk) == "longer-5"
    looked_at(desk, "flow-writing")
    an_answer_that_takes_its_time(desk)


def an_answer_that_takes_its_time(desk: Page) -> None:
    """What was pressed waits for its answer, and can be read meanwhile."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    desk.route("**/extension/", hold)
    before = minutes(desk)
    press(desk, "longer-2")
    form = desk.locator("form", has=desk.locator("#longer-2"))
    expect(form).to_have_attribute("aria-busy", "true")
    looked_at(desk, "flow-waiting")
    waiting.pop().continue_()
    desk.unroute("**/extension/")
    expect(form).not_to_have_attribute("aria-busy", "true")
    is_longer(desk, 2, before=before)


def a_pause(desk: Page, phone: Page) -> None:
    """What somebody is typing stays on their phone, and theirs alone."""
    if phone.get_by_role("button", name="I have read this").count():
        phone.get_by_role("button", name="I have read this").click()
    phone.get_by_role("textbox", name="Your note").fill(LATE)
    press(desk, "Pause")
    expect(desk.locator("#stage").get_by_text("Everything stands still since")).to_be_visible()
    assert held_by(desk) == "stage-title"  # a second Enter does not end the pause
    expect(phone.get_by_text("The session is paused.").first).to_be_visible()
    looked_at(desk, "flow-paused")
    looked_at(phone, "flow-paused-phone")
    press(desk, "Go on")
    expect(phone.get_by_role("textbox", name="Your note")).to_have_value(LATE)


def closed_early(desk: Page, phone: Page) -> None:
    """What was still being typed when it closed is kept for later in one tap."""
    press(desk, "Close it early")
    press(desk, "Close for good now")
    expect(desk.get_by_text("closed for good").first).to_be_visible()
    phone.get_by_role("button", name="Keep for later").click()
    expect(phone.get_by_text("Saved for later, without a name.").first).to_be_visible()
    looked_at(phone, "flow-kept-phone")
    expect(desk.get_by_text(LATE)).to_have_count(0)


def skipped_and_kept(desk: Page) -> None:
    """One activity is skipped, and a line is kept for the next session."""
    line = desk.locator(".sheet__line[data-state=ahead]").last
    key = line.get_by_role("button", name="Skip").get_attribute("id") or ""
    press(desk, key)
    expect(desk.locator(".sheet__line[data-state=skipped]")).to_have_count(1)
    assert held_by(desk) == key  # taken back by one more press
    go_to(desk, "parked-text")
    desk.keyboard.type("The rota for May")
    desk.keyboard.press("Enter")
    expect(desk.locator("#parked li")).to_contain_text(["The rota for May"])
    assert held_by(desk) == "parked-text"
    expect(desk.locator("#parked-text")).to_have_value("")
    looked_at(desk, "flow-between")


def stopped(desk: Page, phone: Page) -> None:
    """Everybody is told; what came late stands at the desk, and is kept."""
    press(desk, "Stop the session here")
    expect(desk.get_by_text("We stop here for today, and that is all right.")).to_be_visible()
    looked_at(desk, "flow-stop")
    press(desk, "Stop here")
    expect(desk.get_by_text("You stopped here")).to_be_visible()
    expect(phone.get_by_text("We stop here for today, and that is all right.").first).to_be_visible()
    looked_at(phone, "flow-ended-phone")
    expect(desk.get_by_text(LATE)).to_be_visible()
    looked_at(desk, "flow-ended")
    press(desk, "Keep it")
    expect(desk.get_by_role("heading", name="Came too late")).to_have_count(0)
    expect(desk.locator("#parked li")).to_have_count(2)
