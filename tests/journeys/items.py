"""The items of an activity on a phone: a short list of them, and what a thumb does with one."""

import secrets
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.phones import Room

Scheme = Literal["light", "dark"]
DRAINS = [
    "No time to plan together",
    "Forms that nobody reads",
    "Being told last",
    "Rules that change from week to week",
]
RESTORES = ["Lunch with my team", "A child who says hello"]
AT_REST = """() => new Promise((done) => {
  let last = scrollY, still = 0;
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    if (still > 40) done(); else requestAnimationFrame(look);
  };
  look();
})"""
"""Longer than a phone waits before it brings the next item to the thumb."""
FIFTEEN = (
    [f"What takes our strength, number {n}" for n in range(1, 10)],
    [f"What restores us, {n}" for n in range(1, 7)],
)


def on_a_phone(browser: Browser, width: int = 320, scheme: Scheme = "light") -> BrowserContext:
    """Return a phone held in one hand."""
    return browser.new_context(
        viewport={"width": width, "height": 640}, color_scheme=scheme, has_touch=True, is_mobile=True
    )


def card(page: Page, wording: str) -> Any:
    """Return the card of an item."""
    return page.locator("#items li").filter(has_text=wording)


def choose(page: Page, wording: str, choice: str) -> None:
    """Tap one of the three choices of an item."""
    card(page, wording).get_by_role("radio", name=choice).tap()
    expect(card(page, wording).get_by_role("radio", name=choice)).to_be_checked()


def comes_to_rest(page: Page) -> None:
    """Wait until the page scrolls no more by itself."""
    page.evaluate(AT_REST)


def wordings(page: Page) -> list[str]:
    """Return the items in the order in which they stand on the page."""
    return page.locator("#items .note-text").all_text_contents()


def send(room: Room, page: Page, path: str, *, lead: bool = False, **fields: Any) -> dict[str, Any]:
    """Post something as a device of its own; return status and body."""
    api = page.request
    ticket = api.post(f"{room.address}/r/{room.code}/tickets/", data={"lead": lead}).json()["ticket"]
    slip = {
        "id": str(secrets.randbits(61) + 1),
        "secret": secrets.token_hex(16),
        "tag": secrets.token_hex(16),
        "rev": 1,
    }
    body = {"ticket": ticket, "round": page.evaluate("state.round.id"), **slip, **fields}
    answer = api.post(f"{room.address}/r/{room.code}/{path}/", data=body)
    return {"status": answer.status, **answer.json()}


def others_sort(room: Room, page: Page, people: int, **choices: str) -> None:
    """Let others hand in their ballots, past their phones."""
    items = {item["wording"]: item["id"] for item in page.evaluate("things")}
    on_the_wire = {items[wording.replace("_", " ")]: choice for wording, choice in choices.items()}
    for _ in range(people):
        answer = send(room, page, "ballots", choices=on_the_wire)
        assert answer["status"] == 201, answer
