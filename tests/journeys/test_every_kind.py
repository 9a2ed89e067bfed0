"""One session with every other kind of activity: a phone of 320 pixels, desk and wall (E4, D5.2, D7.4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desks import press as press_at
from tests.journeys.items import on_a_phone, send
from tests.journeys.phones import Room, join, sees, until
from tests.journeys.test_desk_drivers import come_in, go_to_the_desk
from tests.journeys.test_phone_page import looks_right


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def test_a_session_walks_through_every_kind(room: Room, browser: Browser) -> None:
    phone = join(on_a_phone(browser), room)
    desk, wall = desk_and_wall(browser, room)
    a_named_check_in(room, phone, desk, wall)
    a_form_by_a_scribe(room, phone, desk, wall)
    stories_handed_round(room, phone, desk, wall)
    looking_alone(room, phone, desk)
    a_named_promise(room, phone, desk, wall)
    a_spoken_close(room, phone, desk, wall)
    for page in (phone, desk):
        page.context.close()


def desk_and_wall(browser: Browser, room: Room) -> tuple[Page, Page]:
    """Sign in at a desk, and put the wall on a projector."""
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    wall = desk.context.new_page()
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"{room.address}{desk.get_by_role('link', name='Open the wall').get_attribute('href')}")
    return desk, wall


def press(desk: Page, name: str) -> None:
    """Press a button of the stage."""
    press_at(desk, name, within="#stage")


def a_named_check_in(room: Room, phone: Page, desk: Page, wall: Page) -> None:
    room.does("check_in")
    sees(phone, "This carries a name: the one you type.")
    looks_right(phone, "named, before")
    looks_right(desk, "desk: named, before")
    press(desk, "Let everyone write")
    phone.get_by_role("textbox", name="In a few words").fill("tired, and curious")
    phone.get_by_role("button", name="Add", exact=True).tap()
    expect(phone.locator("#say-wrong")).to_contain_text("No name is written yet.")
    phone.get_by_role("textbox", name="Your name").fill("Ada")
    phone.keyboard.press("Enter")
    expect(phone.locator("#say-list li")).to_contain_text("saved")
    looks_right(phone, "named, writing")
    sees(wall, "All is shown at once, with the names.")
    expect(wall.get_by_text("curious")).to_have_count(0)
    press(desk, "Show all of it at once")
    sees(wall, "tired, and curious")
    sees(wall, "Ada")
    sees(desk, "tired, and curious")
    looks_right(wall, "wall: named")
    phone.get_by_role("button", name="Change: tired, and curious").tap()
    phone.get_by_role("textbox", name="In a few words").fill("curious")
    phone.get_by_role("button", name="Add", exact=True).tap()
    expect(phone.locator("#say-list li .note-text")).to_have_text("curious")
    press(desk, "This activity is over")
    sees(phone, "Nothing to do yet.")


def a_form_by_a_scribe(room: Room, phone: Page, desk: Page, wall: Page) -> None:
    room.does("form")
    sees(phone, "Here nothing is unnamed.")
    expect(phone.locator("#say-box")).to_be_hidden()
    phone.get_by_role("button", name="I type for all of us").tap()
    phone.get_by_role("textbox", name="Which expectation?").fill("Mails are answered at once")
    phone.get_by_role("radio", name="Unclear").check()
    phone.get_by_role("textbox", name="Why").fill("So that nobody waits")
    phone.get_by_role("button", name="Add", exact=True).tap()
    sees(wall, "So that nobody waits")
    sees(desk, "Mails are answered at once")
    looks_right(phone, "scribe")
    looks_right(desk, "desk: scribe")
    looks_right(wall, "wall: scribe")
    desk.get_by_role("textbox", name="Which expectation?").fill("Everybody joins every meeting")
    desk.get_by_role("textbox", name="How").fill("Only when it concerns them")
    press(desk, "Add")
    sees(phone, "Only when it concerns them")
    desk.locator(".said__one").filter(has_text="Everybody joins").get_by_role("button").click()
    expect(phone.get_by_text("Only when it concerns them")).to_have_count(0)
    press(desk, "This activity is over")
    sees(phone, "Nothing to do yet.")


def stories_handed_round(room: Room, phone: Page, desk: Page, wall: Page) -> None:
    room.does("stories")
    sees(phone, "Your story is handed to somebody here, without your name.")
    looks_right(phone, "stories, before")
    room.does("write")
    phone.get_by_role("textbox", name="Your note").fill("My own story of a child who came back")
    phone.get_by_role("button", name="Add", exact=True).tap()
    expect(phone.locator("#mine-list li")).to_contain_text("saved")
    looks_right(phone, "stories, writing")
    for other in ("Somebody who learned to walk again", "A mother who went on"):
        assert send(room, phone, "notes", column="said", text=other)["status"] == 201
    press(desk, "Pens down: look through the stories")
    press(desk, "Accept all that wait")
    press(desk, "Hand them round")
    expect(phone.locator("#story li")).to_have_count(1)
    assert phone.locator("#story li").inner_text() in {"Somebody who learned to walk again", "A mother who went on"}
    looks_right(phone, "stories, handed")
    looks_right(desk, "desk: stories")
    expect(wall.get_by_text("learned to walk")).to_have_count(0)
    phone.get_by_role("button", name="Take my own story back").tap()
    sees(phone, "There is no story to hand you just now.")  # of two, each would know whose it reads
    room.does("close", "seal")
    sees(phone, "This activity is closed.")
    until(lambda: "secret" not in phone.evaluate("JSON.stringify(localStorage)"), phone)


def looking_alone(room: Room, phone: Page, desk: Page) -> None:
    asked: list[str] = []
    room.does("reflect")
    sees(phone, "This is yours alone. Nothing of it is sent.")
    phone.on("request", lambda request: asked.append(request.method))
    phone.get_by_role("textbox", name="Mine", exact=True).fill("private words")
    looks_right(phone, "alone")
    assert "private words" not in phone.evaluate("JSON.stringify(localStorage)")
    phone.get_by_role("checkbox").check()
    assert "private words" in phone.evaluate("JSON.stringify(localStorage)")
    phone.get_by_role("button", name="Wipe it").tap()
    assert "private words" not in phone.evaluate("JSON.stringify(localStorage)")
    assert "POST" not in asked
    press(desk, "This activity is over")
    sees(phone, "Nothing to do yet.")


def a_named_promise(room: Room, phone: Page, desk: Page, wall: Page) -> None:
    room.does("commit", "write")
    phone.get_by_role("textbox", name="If …").fill("It is Monday at eight")
    phone.get_by_role("textbox", name="… then I").fill("I stop at the stairs")
    phone.get_by_label("By when?").fill("2026-12-07")
    phone.get_by_role("textbox", name="Your name").fill("Ada")
    phone.get_by_role("button", name="Add", exact=True).tap()
    expect(phone.locator("#say-list li")).to_contain_text("saved")
    looks_right(phone, "promise")
    press(desk, "Show all of it at once")
    sees(wall, "I stop at the stairs")
    sees(wall, "Monday, 7 December")
    looks_right(wall, "wall: promise")
    looks_right(desk, "desk: promise")
    press(desk, "This activity is over")
    sees(phone, "Nothing to do yet.")


def a_spoken_close(room: Room, phone: Page, desk: Page, wall: Page) -> None:
    room.does("close_round")
    sees(phone, "Phones face-down now.")  # it is read aloud a moment later, too
    press(desk, "Ask on the phones")
    sees(phone, "Three short questions come, sixty seconds in all.")
    room.does("write")
    phone.get_by_role("group", name="Was this worth our time?").get_by_role("radio", name="Yes").check()
    expect(phone.locator("#close-state")).to_have_text("saved")
    looks_right(phone, "close")
    looks_right(wall, "wall: close")
    for answer in ("yes", "partly", "no", "yes"):
        assert send(room, phone, "ballots", choices={"1": answer})["status"] == 201
    press(desk, "Close this activity")
    press(desk, "Close for good now")
    sees(phone, "This is what we said at the end.")
    expect(phone.locator("#close-result table")).to_have_count(3)
    expect(phone.locator("#close-result table:visible")).to_have_count(1)  # the others were answered by too few
    looks_right(phone, "close, sealed")
    sees(wall, "This is what we said at the end.")
    looks_right(wall, "wall: close, sealed")
    looks_right(desk, "desk: close, sealed")
