"""A leader on a phone, alone with private words: none of them leaves the browser."""

import base64
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.journeys.desks import House, a_device
from tests.journeys.seen import violations

pytestmark = pytest.mark.journey
PICTURES = os.environ.get("PICTURES", "")
LEAKS = {
    "an image": "document.addEventListener('input', (e) => { new Image().src = `/static/x.svg?${e.target.value}`; });",
    "a form": """document.addEventListener('input', (e) => {
        const box = document.createElement('input'); box.type = 'hidden'; box.name = 'also'; box.value = e.target.value;
        document.querySelector('form.form').append(box); });""",
}
"""What a careless or a malicious change of the page's script could do, within the page's policy."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with a leader and a facilitator, once for the file: each story looks at something else."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    house = House(tmp_path_factory.mktemp("house"), port, "tests.journeys.leaders")
    yield house
    house.stop()


@pytest.fixture(scope="module")
def amara(house: House, browser: Browser) -> Iterator[BrowserContext]:
    """The leader's phone."""
    with a_device(browser, width=390) as context:
        sign_in(context, house, "Amara")
        yield context


def sign_in(context: BrowserContext, house: House, name: str) -> Page:
    """Sign somebody in with their link."""
    page = context.new_page()
    page.goto(house.links[name])
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{house.address}/desk/")
    return page


def is_clean(page: Page, name: str) -> None:
    """Look at a page with axe, and that nothing runs over the edge."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"companion-{name}.png", full_page=True)
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def capture(context: BrowserContext) -> list[Request]:
    """Write down every request that leaves the browser from now on."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    context.on("request", note)
    return asked


def sent_in(asked: list[Request], word: str) -> list[str]:
    """Return the addresses of requests in which a word, plain or in base64, left the browser."""
    hidden = base64.b64encode(word.encode()).decode()[:-4]
    found = []
    for request in asked:
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        told = " ".join([request.url, body, *request.headers.values()])
        if word in told or hidden in told:
            found.append(request.url)
    return found


def open_reflection(context: BrowserContext, house: House, kind: str) -> Page:
    """Open a page to look at alone, from the programme's address."""
    page = context.new_page()
    page.goto(f"{house.address}/desk/")
    briefing = page.get_by_role("link", name="Open your part").get_attribute("href") or ""
    page.goto(f"{house.address}{briefing.split('/sections/')[0]}/reflections/{kind}/")
    return page


@pytest.mark.parametrize("leak", list(LEAKS))
def test_D2_3_a_planted_page_that_leaks_is_caught(
    house: House, amara: BrowserContext, browser: Browser, leak: str
) -> None:
    def plant(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{answer.text()}\n{LEAKS[leak]}")

    context = browser.new_context(storage_state=amara.storage_state(), service_workers="block")
    context.route("**/surveys/own*.js", plant)
    asked = capture(context)
    page = open_reflection(context, house, "boundaries")
    page.get_by_role("button", name="Yes, keep them on this device").click()
    page.locator("textarea[data-own]").first.fill("plantedqzx")
    page.get_by_label("What I choose to share").fill("I leave at five.")
    page.get_by_label("Those who facilitate this group").check()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("All the rest has stayed on this device.")).to_be_visible()
    assert sent_in(asked, "plantedqzx")
    page.wait_for_load_state("networkidle")
    context.unroute_all(behavior="ignoreErrors")  # a script that is still on its way is no fault of the page
    context.close()


def test_D2_3_D3_1_D4_1_D6_1_no_word_typed_into_an_owner_only_box_leaves_the_browser(
    house: House, amara: BrowserContext
) -> None:
    asked = capture(amara)
    words: list[str] = []
    for kind in ("self-kindness", "looking-back", "drivers", "boundaries"):
        page = open_reflection(amara, house, kind)
        yes = page.get_by_role("button", name="Yes, keep them on this device")
        if kind == "self-kindness":
            is_clean(page, "asks-for-the-device")
        if yes.is_visible():
            yes.click()
        for n, group in enumerate(page.locator("fieldset:has([data-own])").all()):
            group.get_by_label("rarely" if n == 0 else "often").check()
        boxes = page.locator("textarea[data-own]")
        for n in range(boxes.count()):
            words.append(f"qzx{kind.replace('-', '')}{n}vw")
            boxes.nth(n).fill(words[-1])
        if kind == "self-kindness":
            expect(page.locator("#own-found li")).to_have_count(1)  # looked through on the device
            is_clean(page, "self-kindness")
            page.emulate_media(media="print")
            expect(boxes.first).to_be_visible()
            page.emulate_media(media="screen")
        expect(page.get_by_text("Kept on this device.")).to_be_visible()
        page.get_by_label("What I choose to share").fill(f"shared{kind}")
        page.get_by_label("Those who facilitate this group").check()
        page.get_by_role("button", name="Share").click()
        expect(page.get_by_text("All the rest has stayed on this device.")).to_be_visible()
        expect(page.locator("textarea[data-own]").first).to_have_value(words[-boxes.count()])  # still here
        page.close()
    assert len(words) > 15
    assert len(sent_in(asked, "sharedself-kindness")) == 1  # what was chosen did leave: the capture sees forms
    assert {word: found for word in words if (found := sent_in(asked, word))} == {}


def test_D6_1_on_a_device_that_is_not_theirs_nothing_is_kept_and_print_is_offered(
    house: House, amara: BrowserContext
) -> None:
    page = open_reflection(amara, house, "boundaries")
    page.get_by_role("button", name="Erase everything kept on this device").click()
    page.reload()
    page.get_by_role("button", name="No, keep nothing").click()
    page.locator("textarea[data-own]").first.fill("gone again")
    expect(page.get_by_text("Nothing is kept: print it before you leave the page.")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)") == "{}{}"
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before the words go
    page.goto(f"{house.address}/desk/")
    page.go_back()
    expect(page.locator("textarea[data-own]").first).to_have_value("")
    page.close()
