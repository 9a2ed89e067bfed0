"""The phone page: light, quiet, usable by keyboard and by ear, and it tells nothing about who holds it."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.phones import ON_THE_NETWORK, Room, add, join, own, says, sees, until
from tests.journeys.seen import violations

STATE_BESIDE_A_LONG_COLUMN = """card => {
  const column = card.querySelector(".note-column"), before = column.textContent;
  column.textContent = "What makes me doubt";
  const high = card.querySelector(".note-state").getBoundingClientRect().height;
  column.textContent = before;
  return high;
}"""


def looks_right(page: Page, where: str) -> None:
    """Hold a page to WCAG 2.2 AA as far as a machine can see, and to the width of the screen."""
    assert violations(page, rules=["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]) == [], where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


SCREENS = pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark")])
Scheme = Literal["light", "dark"]


@SCREENS
def test_every_state_until_the_reveal_is_accessible(room: Room, browser: Browser, width: int, scheme: Scheme) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = join(context, room)
    looks_right(page, "waiting")
    page.get_by_text("Help", exact=True).click()
    expect(page.get_by_text("Employee assistance: 555 0100, day and night.")).to_be_visible()
    looks_right(page, "help")
    page.get_by_text("Help", exact=True).click()
    room.does("gather")
    expect(page.get_by_role("heading", name="Before you write")).to_be_visible()
    looks_right(page, "promise")
    room.does("write")
    add(page, "No time to plan together")
    add(page, "A child who says hello", "Restores")
    says(page, "A child who says hello", "saved")
    looks_right(page, "writing")
    assert own(page, "No time").evaluate(STATE_BESIDE_A_LONG_COLUMN) < 30, "a word is not broken into letters"
    own(page, "No time").get_by_role("button", name="Change").click()
    looks_right(page, "changing")
    page.keyboard.press("Escape")
    context.set_offline(True)
    add(page, "Waiting")
    says(page, "Waiting", "waiting for network")
    looks_right(page, "offline")
    context.set_offline(False)
    says(page, "Waiting", "saved")
    page.get_by_role("button", name="I’m done").click()
    looks_right(page, "done")
    context.close()


@SCREENS
def test_every_state_after_writing_is_accessible(room: Room, browser: Browser, width: int, scheme: Scheme) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = join(context, room)
    room.does("gather", "write")
    for text in ("No time to plan together", "Schedule changes", "Covering classes with no notice"):
        add(page, text)
        says(page, text, "saved")
    room.does("look")
    sees(page, "The facilitator is looking through the notes")
    looks_right(page, "screening")
    room.does("accept", "reveal")
    expect(page.locator("#everyone li")).to_have_count(3)
    moves = page.evaluate(
        "[...document.querySelectorAll('#everyone li')].map((note) => getComputedStyle(note).animationName)"
    )
    assert moves == ["none"] * 3, "two thousand that arrive one by one hold a phone up for seconds"
    looks_right(page, "revealed")
    page.set_viewport_size({"width": 1280, "height": 800})
    looks_right(page, "revealed, wide")
    page.set_viewport_size({"width": width, "height": 800})
    room.does("close")
    expect(page.locator("#closing")).to_be_visible()
    looks_right(page, "closing")
    room.does("seal")
    sees(page, "This activity is closed.")
    looks_right(page, "sealed")
    room.does("talk")
    sees(page, "Phones face-down now. This part is spoken.")
    looks_right(page, "talk")
    room.does("end")
    sees(page, "This session has ended. Thank you for being here.")
    looks_right(page, "ended")
    page.reload()
    looks_right(page, "over")
    page.goto(f"{room.address}/join/")
    looks_right(page, "join")
    context.close()


def test_the_whole_way_by_keyboard(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{room.address}/join/")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(f"{room.code[:3].lower()} {room.code[3:].lower()}")
    page.keyboard.press("Enter")
    sees(page, "You are in. Nothing to do yet.")
    room.does("gather", "write")
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()

    tab_to(page, "radio")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Restores")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Typed without a mouse")
    page.keyboard.press("Control+Enter")
    says(page, "Typed without a mouse", "saved")
    expect(page.locator("#text")).to_be_focused()

    tab_to(page, "button", "Change")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type(", and changed")
    tab_to(page, "button", "Save")
    page.keyboard.press("Enter")
    says(page, "Typed without a mouse, and changed", "saved")
    expect(own(page, "Typed").get_by_role("button", name="Change")).to_be_focused()

    tab_to(page, "button", "Withdraw all of mine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep them")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Write them again")).to_be_focused()
    until(lambda: room.notes() == [], page)
    context.close()


def tab_to(page: Page, role: str, name: str = "") -> None:
    """Press Tab until something of this kind has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement;"
            " return [e.type === 'radio' ? 'radio' : e.tagName.toLowerCase(), e.textContent.trim()] }"
        )
        if here[0] == role and name in here[1]:
            return
    raise AssertionError(f"no {role} {name!r} is reached by Tab")


def test_no_request_says_who_is_asking(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": "somebody", "url": f"{room.address}/desk/", "httpOnly": True}])
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - an append of a list takes no handler
    room.does("gather", "write")
    page = join(context, room)
    add(page, "Nobody knows me")
    says(page, "Nobody knows me", "saved")
    assert len(asked) >= 5
    for request in asked:
        headers = request.all_headers()
        assert "cookie" not in headers, request.url
        assert "referer" not in headers, request.url
        assert not any(part in request.url for part in ("secret", "tag", "Nobody")), request.url
    assert [c["name"] for c in context.cookies()] == ["sessionid"]
    context.close()


def test_a_school_network_without_https_is_enough(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    room.does("gather", "write")
    page = context.new_page()
    page.goto(f"http://{ON_THE_NETWORK}:{room.port}/r/{room.code}/")
    assert page.evaluate("isSecureContext") is False
    add(page, "Over plain http")
    says(page, "Over plain http", "saved")
    context.close()


def test_the_cold_page_is_light(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    weights: list[int] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: weights.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{room.address}/r/{room.code}/")
    sees(page, "You are in. Nothing to do yet.")
    assert len(asked) <= 5, asked
    assert 3_000 < sum(weights) <= 30_000, weights
    print(f"cold phone page: {sum(weights)} bytes with headers, {len(asked)} requests")
    context.close()


def test_a_leader_is_told_about_the_label_and_can_take_it_back(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    page = join(context, room)
    room.does("gather", "write")
    page.get_by_text("Do you lead this group?").click()
    sees(page, "If you are the only leader here, everybody knows that it is yours.")
    page.get_by_role("button", name="Yes, I lead this group").click()
    sees(page, "You are here as a leader of this group.")
    add(page, "As the leader")
    says(page, "As the leader", "saved")
    page.reload()
    sees(page, "You are here as a leader of this group.")
    page.get_by_role("button", name="I do not lead this group").click()
    add(page, "As anybody")
    says(page, "As anybody", "saved")
    own(page, "As the leader").get_by_role("button", name="Change").click()
    page.locator(".editor textarea").fill("As the leader, changed")
    page.get_by_role("button", name="Save").click()
    says(page, "As the leader, changed", "saved")
    assert room.notes() == [["drains", "As anybody", 0], ["drains", "As the leader, changed", 1]]
    room.does("look", "accept", "reveal")
    expect(page.locator("#everyone li", has_text="As the leader, changed")).to_contain_text("leader’s perspective")
    context.close()


def test_others_notes_reach_a_phone_only_at_the_reveal(room: Room, browser: Browser) -> None:
    mine, theirs = browser.new_context(), browser.new_context()
    room.does("gather", "write")
    page, other = join(mine, room), join(theirs, room)
    add(other, "Written by somebody else")
    says(other, "Written by somebody else", "saved")
    room.does("look")
    sees(page, "The facilitator is looking through the notes")
    assert "Written by somebody else" not in page.content()
    room.does("accept", "reveal")
    sees(page, "Written by somebody else")
    mine.close()
    theirs.close()


def test_a_wrong_code_is_told_kindly(room: Room, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{room.address}/join/?code=zzz")
    expect(page.get_by_role("alert")).to_contain_text("No session has this code.")
    expect(page.get_by_role("textbox")).to_have_value("zzz")
    page.goto(f"{room.address}/r/EEEEEE/")
    expect(page.get_by_role("heading", name="No session has this code.")).to_be_visible()
    page.get_by_role("link", name="Type another code").click()
    expect(page.get_by_role("textbox")).to_be_focused()
    context.close()


def test_the_page_without_a_script_does_the_same(room: Room, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{room.address}/r/{room.code}/")
    page.wait_for_url("**/plain/")
    sees(page, "You are in. Nothing to do yet.")
    room.does("gather")
    page.get_by_role("button", name="Look again").click()
    sees(page, "We do not keep who wrote a note.")
    room.does("write")
    page.get_by_role("button", name="Look again").click()
    for text, column in (("Plain and simple", "Restores"), ("Second", "Drains"), ("Third", "Drains")):
        page.get_by_role("radio", name=column).first.check()
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(".note", has_text=text)).to_be_visible()
    page.locator(".note", has_text="Second").locator("summary").click()
    page.locator(".note", has_text="Second").locator("textarea").fill("Second, changed")
    page.locator(".note", has_text="Second").get_by_role("button", name="Save").click()
    expect(page.locator(".note-text", has_text="Second, changed")).to_be_visible()
    page.locator(".note", has_text="Third").locator("summary").click()
    page.locator(".note", has_text="Third").get_by_role("button", name="Withdraw").click()
    expect(page.locator(".note", has_text="Third")).to_have_count(0)
    assert room.notes() == [["drains", "Second, changed", 0], ["restores", "Plain and simple", 0]]
    page.locator("#text").fill("c" * 601)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("A note holds 600 characters")
    expect(page.locator("#text")).to_have_value("c" * 601)
    page.get_by_text("Do you lead this group?").click()
    page.get_by_role("button", name="Yes, I lead this group").click()
    sees(page, "You are here as a leader of this group.")
    room.does("look", "accept", "reveal")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(".columns .note")).to_have_count(2)
    page.locator("#text").fill("Too late")
    room.does("close", "seal")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    sees(page, "Too late")
    sees(page, "This activity is closed.")
    context.close()
