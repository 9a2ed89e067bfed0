"""From note to driver to place to agreed wording: a facilitator at the desk, a wall, and eight phones (D4.1, D4.2)."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooSlow

from tests.journeys.phones import Room
from tests.journeys.seen import violations

PHONES = 8
NOTES = {
    "drains": [
        "No cover", "Cover with no notice", "Losing my planning time to cover", "Forms nobody reads",
        "Three forms for the same numbers", "Messages at nine in the evening", "Complaining in the break room",
    ],
    "restores": ["Lunch, door closed", "Somebody who says: I’ve got this", "Planning with my year team"],
}  # fmt: skip
SETTINGS = "holdfast.config.settings"
PICTURES = os.environ.get("PICTURES", "")


class Phone:
    """A device as the protocol describes it, over the real network."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.tag = secrets.token_hex(16)
        self.ticket: str = self.send("tickets", lead=False)["ticket"]

    def send(self, to: str, **fields: Any) -> dict[str, Any]:
        """Post JSON."""
        address = f"{self.room.address}/r/{self.room.code}/{to}/"
        request = Request(address, json.dumps(fields).encode(), {"Content-Type": "application/json"})  # noqa: S310
        with urlopen(request) as answer:  # noqa: S310
            return dict(json.load(answer))

    def hand_in(self, to: str, **fields: Any) -> None:
        """Send a note, a ballot or a doubt of this phone."""
        mine = {"id": str(secrets.randbits(62) + 1), "secret": secrets.token_hex(16), "tag": self.tag, "rev": 1}
        self.send(to, ticket=self.ticket, round=self.state()["round"]["id"], **mine, **fields)

    def told(self) -> dict[str, Any]:
        """Return the newest of each event."""
        address = f"{self.room.address}/r/{self.room.code}/poll?ticket={self.ticket}"
        with urlopen(address) as answer:  # noqa: S310
            return {row["event"]: row["data"] for row in json.load(answer)}

    def state(self) -> dict[str, Any]:
        """Return where the room stands."""
        return dict(self.told()["state"])

    def items(self) -> dict[str, str]:
        """Return the items by wording."""
        return {item["wording"]: item["id"] for item in self.told()["items"]["items"]}


def come_in(browser: Browser, room: Room, link: str = "link") -> Page:
    """Sign somebody in: the facilitator, or with "leader" the leader of the group."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{room.address}/desk/sign-in/link/{room.looks(link)}/")
    page.locator("main form button").first.click()
    page.goto(f"{room.address}/desk/")
    return page


def go_to_the_desk(page: Page) -> None:
    """Go from one's first page to the room."""
    page.get_by_role("link", name="room").or_(page.locator("a[href$='/room/']")).first.click()
    expect(page.locator("#stage")).to_be_visible()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


@pytest.fixture
def desk(browser: Browser, room: Room) -> Iterator[Page]:
    """The desk, signed in."""
    page = come_in(browser, room)
    go_to_the_desk(page)
    yield page
    page.context.close()


def take_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture, when somebody wants to look, in a browser of each width and in both lights."""
    if not PICTURES:
        return
    for width in (390, 1280) if page.locator("#wall").count() == 0 else (1280,):
        for light in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900 if width == 390 else 800})
            page.emulate_media(color_scheme=light)
            page.wait_for_timeout(200)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{light}.png", full_page=whole)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def is_accessible(page: Page) -> None:
    """Nothing axe knows of is wrong with the page."""
    assert violations(page) == []


def press(page: Page, name: str) -> None:
    """Press a button of the stage until the step is taken: a page that has just changed takes no press."""
    before = page.locator("#stage").get_attribute("data-at")
    for _ in range(8):
        with suppress(TooSlow):  # the step before was slow to show, and has taken the button away meanwhile
            page.locator("#stage").get_by_role("button", name=name, exact=True).click(timeout=4000)
        page.wait_for_timeout(800)
        if page.locator("#stage").get_attribute("data-at") != before:
            return
    raise AssertionError(f"“{name}” was never taken")


def card(page: Page, wording: str) -> Any:
    """Return the card of an item that is being brought together."""
    return page.locator("#together .driver").filter(has=page.get_by_text(wording, exact=True))


def placing(page: Page, wording: str) -> Any:
    """Return the card of an item that gets its place."""
    return page.locator(".placing").filter(has=page.get_by_text(wording, exact=True))


def test_D4_1_from_note_to_driver_to_place_to_agreed_wording(browser: Browser, room: Room, desk: Page) -> None:
    phones = [Phone(room) for _ in range(PHONES)]
    room.does("gather", "write")
    for column, texts in NOTES.items():
        for n, text in enumerate(texts):
            phones[n].hand_in("notes", column=column, text=text)
    room.does("look")
    expect(desk.locator("[data-pile=waiting] .desk-note")).to_have_count(10)
    room.does("accept", "reveal", "close", "seal", "condense")
    wall = desk.context.new_page()
    expect(desk.get_by_text("10 items. That is few enough to sort.")).to_be_visible()
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"{room.address}{desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
    desk.bring_to_front()
    likes_are_brought_together(desk, wall, phones)
    doubts_are_looked_at(desk, phones)
    press(desk, "Close this activity")
    press(desk, "Close for good now")
    expect(desk.get_by_text("is closed with 7 items")).to_be_visible()
    items_are_sorted(desk, wall, room, phones)
    wordings_are_agreed(desk, wall, room, phones)


def is_on_the_wall(desk: Page, wall: Page, wording: str) -> None:
    """Look for an item on the wall; notes come in an order of chance, so that it may stand on the second page."""
    expect(wall.get_by_text("9 items")).to_be_visible()
    if there := wall.get_by_text(wording).count():
        assert there == 1
        return
    desk.wait_for_timeout(700)  # the desk ignores a press in the moment in which it changes
    desk.locator("#next-page").click()
    expect(wall.get_by_text(wording)).to_be_visible()
    desk.wait_for_timeout(700)
    desk.locator("#page-back").click()
    expect(wall.get_by_text("page 1 of 2")).to_be_visible()


def likes_are_brought_together(desk: Page, wall: Page, phones: list[Phone]) -> None:
    take_picture(desk, "condense")
    is_accessible(desk)
    card(desk, "Forms nobody reads").get_by_role("checkbox").check()
    card(desk, "Three forms for the same numbers").get_by_role("checkbox").check()
    expect(desk.get_by_label("Wording")).to_have_value("Forms nobody reads")
    expect(desk.get_by_text("2 chosen.").first).to_be_visible()
    take_picture(desk, "condense-chosen", whole=False)
    desk.get_by_label("Wording").fill("The same numbers in forms nobody reads")
    desk.get_by_role("button", name="Bring together").click()
    merged = card(desk, "The same numbers in forms nobody reads")
    expect(merged.get_by_text("2 notes")).to_be_visible()
    is_on_the_wall(desk, wall, "The same numbers in forms nobody reads")
    assert "The same numbers in forms nobody reads" in phones[0].items()

    # what perhaps says the same is offered, and a press only chooses it
    card(desk, "Cover with no notice").get_by_role("checkbox").check()
    expect(desk.locator("#alike button").first).to_have_text("No cover")
    desk.locator("#alike button").first.click()
    expect(desk.get_by_text("2 chosen.").first).to_be_visible()
    expect(card(desk, "No cover").get_by_role("checkbox")).to_be_checked()
    is_accessible(desk)
    take_picture(desk, "condense-alike", whole=False)
    desk.get_by_role("button", name="Choose none").click()

    # by keyboard alone: arrows, space, enter
    card(desk, "No cover").get_by_role("checkbox").focus()
    desk.keyboard.press("Space")
    card(desk, "Losing my planning time to cover").get_by_role("checkbox").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(card(desk, "Losing my planning time to cover")).to_have_count(0)
    merged = card(desk, "No cover").get_by_role("checkbox")
    expect(merged).to_be_focused()

    # by hand: one dragged onto another, and undone, and done again
    card(desk, "Cover with no notice").drag_to(card(desk, "No cover"))
    expect(card(desk, "No cover").get_by_text("3 notes")).to_be_visible()
    desk.get_by_role("button", name="Undo the last step").click()
    expect(card(desk, "Cover with no notice")).to_be_visible()
    dragged_while_somebody_else_presses(desk, "Cover with no notice", "No cover")
    expect(card(desk, "Cover with no notice")).to_have_count(0)
    # what drains and what restores stay apart
    card(desk, "Lunch, door closed").get_by_role("checkbox").check()
    card(desk, "No cover").get_by_role("checkbox").check()
    desk.get_by_role("button", name="Bring together").click()
    expect(desk.locator("#told").get_by_text("stay apart")).to_be_visible()
    expect(card(desk, "No cover").get_by_role("checkbox")).to_be_checked()
    desk.get_by_role("button", name="Choose none").click()
    expect(card(desk, "No cover").get_by_role("checkbox")).not_to_be_checked()
    take_picture(wall, "wall-condense", whole=False)


def dragged_while_somebody_else_presses(desk: Page, one: str, other: str) -> None:
    """Drag one item onto another while the second facilitator brings others together and takes it back."""
    second = desk.context.new_page()
    second.goto(desk.url)
    expect(card(second, one)).to_be_visible()
    card(desk, one).hover()
    desk.mouse.down()
    card(desk, other).hover()
    card(second, "Lunch, door closed").get_by_role("checkbox").check()
    card(second, "Planning with my year team").get_by_role("checkbox").check()
    second.get_by_role("button", name="Bring together").click()
    expect(card(second, "Lunch, door closed").get_by_text("2 notes")).to_be_visible()
    second.get_by_role("button", name="Undo the last step").click()
    expect(card(second, "Planning with my year team")).to_be_visible()
    desk.bring_to_front()
    card(desk, one).hover()
    card(desk, other).hover()
    desk.mouse.up()
    second.close()


def doubts_are_looked_at(desk: Page, phones: list[Phone]) -> None:
    for phone in phones[:2]:
        phone.hand_in("doubts", item=phone.items()["No cover"])
    expect(desk.get_by_text("Somebody doubts this")).to_have_count(0)
    press(desk, "Look at doubts")
    expect(card(desk, "No cover").get_by_text("Somebody doubts this")).to_be_visible()
    take_picture(desk, "doubts")
    card(desk, "No cover").get_by_role("link", name="Reword or take apart").click()
    expect(desk.locator("#one-title")).to_be_focused()
    expect(desk.get_by_text("Brought together from:")).to_be_visible()
    is_accessible(desk)
    take_picture(desk, "one")
    desk.get_by_label("In other words").fill("")
    desk.get_by_label("In other words").type("We hear of cover too late")
    desk.get_by_role("button", name="Keep these words").click()
    expect(card(desk, "We hear of cover too late")).to_be_visible()
    expect(desk.locator("#one")).to_have_count(0)
    desk.get_by_text("What was done").click()
    expect(desk.get_by_text("Reworded; before:")).to_be_visible()
    press(desk, "Go on")
    expect(desk.get_by_text("Somebody doubts this")).to_have_count(0)


def items_are_sorted(desk: Page, wall: Page, room: Room, phones: list[Phone]) -> None:
    room.does("sort")
    expect(desk.get_by_text("Each member of staff places 7 items")).to_be_visible()
    take_picture(desk, "sort-promise")
    take_picture(wall, "wall-sort-promise", whole=False)
    desk.get_by_label("Everyone here knows that they are few, and agrees.").check()
    press(desk, "Let everyone choose")
    expect(desk.get_by_text("fewer than five have handed in")).to_be_visible()
    take_picture(desk, "sort-choosing")
    for n, phone in enumerate(phones):
        choices = {
            "We hear of cover too late": "leadership",
            "The same numbers in forms nobody reads": ("leadership", "ours")[n % 2],
            "Messages at nine in the evening": ("leadership", "ours", "nobody")[n % 3],
            "Complaining in the break room": "ours",
            "Lunch, door closed": ("leadership", "ours")[n > 2],
            "Planning with my year team": "leadership",
        }
        items = phone.items()
        phone.hand_in("ballots", choices={items[wording]: to for wording, to in choices.items()})
    expect(desk.get_by_text("5 or more have handed in")).to_be_visible()
    press(desk, "Close this activity")
    take_picture(desk, "closing")
    press(desk, "Close for good now")
    expect(desk.locator(".placing__text").first).to_have_text("Messages at nine in the evening")
    take_picture(desk, "sorted")
    take_picture(wall, "wall-sorted", whole=False)
    is_accessible(desk)
    expect(wall.locator(".wall__wording").first).to_have_text("Messages at nine in the evening")
    first = placing(desk, "Messages at nine in the evening")
    first.get_by_role("link", name="Cut or reword").click()
    desk.get_by_label("Our part: what we can change ourselves").fill("We do not answer after six")
    desk.get_by_label("Their part: what is for leadership").fill("No messages after six")
    take_picture(desk, "cut")
    desk.get_by_role("button", name="Cut it into these two").click()
    expect(placing(desk, "No messages after six").get_by_role("button", name="For leadership")).to_have_attribute(
        "aria-pressed", "true"
    )
    for wording, to in {
        "We hear of cover too late": "For leadership",
        "The same numbers in forms nobody reads": "For leadership",
        "Complaining in the break room": "Ours",
        "Lunch, door closed": "Ours",
        "Planning with my year team": "For leadership",
        "Somebody who says: I’ve got this": "Nobody here controls it",
    }.items():
        button = placing(desk, wording).get_by_role("button", name=to)
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_be_focused()
    expect(desk.get_by_role("heading", name="Everything has its place.")).to_be_visible()
    desk.get_by_text("The same as a table").click()
    take_picture(desk, "placed")
    take_picture(wall, "wall-placed", whole=False)
    is_accessible(desk)


def wordings_are_agreed(desk: Page, wall: Page, room: Room, phones: list[Phone]) -> None:
    press(desk, "Ask the group about the wordings")
    expect(desk.get_by_text("Read the 4 wordings aloud.")).to_be_visible()
    desk.get_by_label("Everyone here knows that they are few, and agrees.").check()
    press(desk, "Let everyone choose")
    expect(desk.get_by_text("fewer than five have handed in")).to_be_visible()
    expect(wall.get_by_text("No messages after six")).to_be_visible()
    take_picture(desk, "agree-choosing")
    take_picture(wall, "wall-agree", whole=False)
    for n, phone in enumerate(phones):
        reword = {"No messages after six": "reword"} if n == 0 else {}
        choices = {**dict.fromkeys(phone.items(), "yes"), **reword}
        phone.hand_in("ballots", choices={phone.items()[wording]: said for wording, said in choices.items()})
    press(desk, "Close this activity")
    press(desk, "Close for good now")
    expect(placing(desk, "No messages after six").get_by_text("not yet")).to_be_visible()
    expect(wall.get_by_text("not yet")).to_be_visible()
    take_picture(desk, "agreed")
    take_picture(wall, "wall-agreed", whole=False)
    is_accessible(desk)
    is_accessible(wall)
    placing(desk, "No messages after six").get_by_role("link", name="Reword").click()
    desk.get_by_label("In other words").fill("No messages to staff between six and seven")
    desk.get_by_role("button", name="Keep these words").click()
    expect(placing(desk, "No messages to staff between six and seven")).to_be_visible()
    press(desk, "Ask again about what is not agreed")
    desk.get_by_label("Everyone here knows that they are few, and agrees.").check()
    press(desk, "Let everyone choose")
    expect(desk.get_by_text("fewer than five have handed in")).to_be_visible()
    for phone in phones:
        phone.hand_in("ballots", choices=dict.fromkeys(phone.items().values(), "yes"))
    press(desk, "Close this activity")
    press(desk, "Close for good now")
    expect(desk.get_by_role("heading", name="The group agrees to every wording.")).to_be_visible()
    expect(desk.get_by_text("4 wordings are agreed.")).to_be_visible()
    expect(desk.get_by_role("link", name="Hand to leadership")).to_be_visible()
    take_picture(desk, "handing")


def test_without_a_script_the_desk_brings_together_places_and_rewords(browser: Browser, room: Room) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{room.address}/desk/sign-in/link/{room.looks('link')}/")
    page.locator("main form button").first.click()
    room.does("drains: No cover > Cover with no notice > Late plans", "condense")
    page.goto(f"{room.address}/desk/")
    page.locator("a[href$='/room/']").first.click()
    card(page, "No cover").get_by_role("checkbox").check()
    card(page, "Late plans").get_by_role("checkbox").check()
    page.get_by_role("button", name="Bring together").click()
    expect(card(page, "No cover").get_by_text("2 notes")).to_be_visible()
    card(page, "No cover").get_by_role("link", name="Reword or take apart").click()
    page.get_by_label("In other words").fill("Told too late")
    page.get_by_role("button", name="Keep these words").click()
    room.does("close", "seal", "sort", "write", "close", "seal")
    page.reload()
    placing(page, "Told too late").get_by_role("button", name="For leadership").click()
    expect(placing(page, "Told too late").get_by_role("button", name="For leadership")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
