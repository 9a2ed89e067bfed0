"""Over https a phone whose network is gone opens its room again and writes on; what is kept for that names nobody."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

from tests.journeys.encrypted import LIKES_ANY_CERTIFICATE, Encrypted, encrypted
from tests.journeys.phones import CHROMIUM, Room, add, own, says, sees, until
from tests.journeys.seen import violations

WORKS = "navigator.serviceWorker.getRegistration('/r/').then((it) => Boolean(it && it.active))"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys())
    found.push([new URL(request.url).pathname, await (await caches.match(request)).text()]);
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium that takes the certificate of a test for a good one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[LIKES_ANY_CERTIFICATE])
        yield browser
        browser.close()


@pytest.fixture
def network(room: Room, tmp_path: Path) -> Iterator[Encrypted]:
    with encrypted(room.port, tmp_path) as proxy:
        yield proxy


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context
    context.close()


def opened(phone: BrowserContext, network: Encrypted, room: Room) -> Page:
    page = phone.new_page()
    page.goto(f"{network.url}/r/{room.code}/")
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()
    return page


def keeps_the_shell(page: Page) -> list[list[str]]:
    """Wait until the worker has all it keeps; return it."""
    for _ in range(100):
        if page.evaluate(WORKS):
            return list(page.evaluate(KEPT))
        page.wait_for_timeout(100)
    raise AssertionError("there is no worker")


def keeps_nothing(page: Page) -> None:
    """Wait until the worker has gone and taken along what it kept."""
    until(lambda: page.evaluate("caches.keys()") == [] and page.evaluate(WORKS) is False, page)


def test_without_a_worker_a_reload_without_network_shows_the_browsers_own_page(
    room: Room, browser: Browser, network: Encrypted
) -> None:
    room.does("gather", "write")
    context = browser.new_context(service_workers="block")
    page = opened(context, network, room)
    network.cut()
    with pytest.raises(Error, match="ERR_CONNECTION"):
        page.reload()
    context.close()


def test_a_phone_reloads_without_network_writes_on_and_the_note_arrives_once(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    add(page, "Saved before")
    says(page, "Saved before", "saved")
    keeps_the_shell(page)
    network.cut()
    page.reload()
    sees(page, "No network at the moment.")
    sees(page, "What drains you at work, and what restores you?")
    says(page, "Saved before", "saved")
    add(page, "Written in the cellar", "Restores")
    says(page, "Written in the cellar", "waiting for network")
    page.get_by_role("textbox", name="Your note").fill("Half a thou")
    page.wait_for_timeout(400)
    page.reload()
    says(page, "Written in the cellar", "waiting for network")
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Half a thou")
    other = phone.new_page()
    other.goto(f"{network.url}/r/EEEEEE/")
    expect(other.get_by_text("The session opens by itself as soon as there is one.")).to_be_visible()
    expect(other.get_by_role("textbox")).to_have_count(0)
    other.close()
    assert [text for _, text, _ in room.notes()] == ["Saved before"]
    network.mend()
    says(page, "Written in the cellar", "saved", seconds=30)
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("Half a thou")
    assert page.locator("body").get_attribute("data-still") is None, "the room's own page has taken its place"
    assert [text for _, text, _ in room.notes()] == ["Saved before", "Written in the cellar"]


def card_on(page: Page) -> Locator:
    """Open the help card at the top of a page."""
    card = page.locator(".help-card")
    if not card.is_visible():
        page.locator("summary").filter(has_text="Help").first.click()
    expect(card).to_be_visible()
    return card


def card_kept(page: Page) -> bool:
    """Tell whether the phone keeps anything of a site."""
    return "Ms Okafor" in page.evaluate("JSON.stringify(localStorage)")


def test_E7_without_network_the_help_card_says_whom_to_call_as_at_the_last_visit(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    keeps_the_shell(page)
    room.does("card: Employee assistance: 555 0100|day and night||Quiet room: 2 <b>B</b> > Ms Okafor, room 12")
    page.reload()
    expect(page.get_by_role("textbox", name="Your note")).to_be_visible()
    page.wait_for_function("localStorage.length && JSON.stringify(localStorage).includes('Quiet room')")
    network.cut()
    page.reload()
    sees(page, "No network at the moment.")
    expect(page.locator(".danger")).to_have_text(
        re.compile(r"We cannot find you through this\.\s+Report danger here instead:\s+Ms Okafor, room 12\s*$")
    )
    card = card_on(page)
    assert "Employee assistance: 555 0100\nday and night\n\nQuiet room: 2 <b>B</b>" in card.inner_text()
    assert "In danger: Ms Okafor, room 12" in card.inner_text()
    assert card.inner_text().count("so nobody would come.") == 1
    assert "Call your emergency number." not in card.inner_text()
    assert "Your facilitator can tell you who is there for you." not in card.inner_text()
    for width, scheme in product((320, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        box = card.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    other = phone.new_page()
    other.goto(f"{network.url}/r/EEEEEE/")
    assert "Call your emergency number." in card_on(other).inner_text()
    assert "Okafor" not in other.content()
    other.close()
    network.mend()
    expect(page.locator("body:not([data-still])")).to_have_count(1, timeout=30000)
    room.does("close", "seal", "end")
    sees(page, "This session has ended. Thank you for being here.")
    page.wait_for_function("!JSON.stringify(localStorage).includes('Okafor')")
    assert "Ms Okafor, room 12" in card_on(page).inner_text(), "who is still there can read it"


def test_E7_a_site_without_a_card_has_none_without_network_and_an_old_one_is_forgotten(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    keeps_the_shell(page)
    assert card_kept(page)
    room.does("close", "seal", "no_card")
    page.reload()
    sees(page, "This activity is closed.")
    page.wait_for_function("!JSON.stringify(localStorage).includes('Okafor')")
    network.cut()
    page.reload()
    sees(page, "No network at the moment.")
    card = card_on(page)
    assert "Your facilitator can tell you who is there for you." in card.inner_text()
    assert "In danger: Call your emergency number." in card.inner_text()


def test_what_is_kept_is_of_no_room_and_goes_when_the_session_ends(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    add(page, "Only in the room")
    says(page, "Only in the room", "saved")
    fresh = page.content()
    ticket = str(page.locator("body").get_attribute("data-ticket"))
    kept = keeps_the_shell(page)
    for telling in (room.code, ticket, "Ms Okafor", "555 0", "Session 4"):
        assert telling in fresh, "there is something to find"
        assert not any(telling in text for _, text in kept), telling
    assert not any("Only in the room" in text or "drains you" in text for _, text in kept)
    assert all(path == "/r/shell/" or path.startswith("/r/assets/") for path, _ in kept)
    assert "drains you" in page.evaluate("JSON.stringify(localStorage)"), "the open activity waits beside the notes"
    room.does("close", "seal")
    sees(page, "This activity is closed.")
    assert "drains you" not in page.evaluate("JSON.stringify(localStorage)")
    room.does("end")
    sees(page, "This session has ended. Thank you for being here.")
    keeps_nothing(page)


def test_a_page_that_was_closed_forgets_at_the_next_visit_after_the_end(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    keeps_the_shell(page)
    assert card_kept(page)
    page.goto("about:blank")
    room.does("close", "seal", "end")
    page.goto(f"{network.url}/r/{room.code}/")
    expect(page.get_by_role("heading", name="This session is over.")).to_be_visible()
    keeps_nothing(page)
    assert "drains you" not in page.evaluate("JSON.stringify(localStorage)")
    assert not card_kept(page)


def test_where_the_network_works_the_page_is_never_an_old_one(
    room: Room, phone: BrowserContext, network: Encrypted
) -> None:
    room.does("gather", "write")
    page = opened(phone, network, room)
    keeps_the_shell(page)
    network.slow = 2
    page.reload()
    assert page.locator("body").get_attribute("data-still") is None, "two seconds are waited for"
    network.slow = 7
    page.reload(wait_until="commit")
    expect(page.locator("body")).to_have_attribute("data-still", "1", timeout=9000)
    network.slow = 0
    expect(page.locator("body:not([data-still])")).to_have_count(1, timeout=30000)


def test_plain_http_has_no_worker_and_keeps_nothing_more(room: Room, phone: BrowserContext) -> None:
    room.does("gather", "write")
    page = phone.new_page()
    page.goto(f"{room.address}/r/{room.code}/")
    add(page, "Over plain http")
    says(page, "Over plain http", "saved")
    assert page.evaluate("isSecureContext") is True, "a browser would allow it here; what holds it back is http"
    page.wait_for_timeout(1000)
    assert page.evaluate(WORKS) is False
    assert "/now" not in page.evaluate("JSON.stringify(localStorage)")
    assert not card_kept(page)
    expect(own(page, "Over plain http")).to_be_visible()
