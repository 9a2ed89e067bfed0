"""Over https a phone whose network is gone opens its room again and writes on; what is kept for that names nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.journeys.encrypted import LIKES_ANY_CERTIFICATE, Encrypted, encrypted
from tests.journeys.phones import CHROMIUM, Room, add, own, says, sees, until

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
    page.goto("about:blank")
    room.does("close", "seal", "end")
    page.goto(f"{network.url}/r/{room.code}/")
    expect(page.get_by_role("heading", name="This session is over.")).to_be_visible()
    keeps_nothing(page)
    assert "drains you" not in page.evaluate("JSON.stringify(localStorage)")


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
    expect(own(page, "Over plain http")).to_be_visible()
