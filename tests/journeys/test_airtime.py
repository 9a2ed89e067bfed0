"""A leader times their own share of the talk: on their phone, for them alone; nothing of it is ever sent (B4, E3)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.items import on_a_phone
from tests.journeys.phones import Room, join, sees
from tests.journeys.seen import violations
from tests.journeys.test_phone_page import looks_right


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def test_B4_own_airtime_is_timed_shown_and_kept_for_the_leader_alone(room: Room, browser: Browser) -> None:
    context = on_a_phone(browser)
    context.clock.install()
    phone = join(context, room)
    phone.get_by_text("Do you lead this group?").click()
    phone.get_by_role("button", name="Yes, I lead this group").tap()
    sees(phone, "You are here as a leader of this group.")
    others = join(on_a_phone(browser), room)
    said: list[str] = []
    phone.on("request", lambda request: said.append(f"{request.method} {request.url} {request.post_data or ''}"))
    room.does("talk")
    sees(phone, "Your own share of the talk")
    sees(phone, "Nothing is timed yet.")
    looks_right(phone, "airtime")
    expect(others.get_by_text("Your own share of the talk")).to_have_count(0)
    phone.get_by_label("How many others take part in the talk?").fill("4")
    phone.get_by_role("button", name="I begin to speak").tap()
    phone.clock.fast_forward("03:00")
    phone.get_by_role("button", name="I have finished").tap()
    phone.clock.fast_forward("04:00")
    phone.reload()
    sees(phone, "You so far: 3 minutes. Each of the others: at most 1 minutes on average")
    room.does("finish")
    sees(phone, "Nothing to do yet.")
    assert not [one for one in said if not one.startswith("GET")], said
    it_is_on_the_first_page_of_this_device(room, phone)
    nowhere_else(room, others)
    context.close()
    others.context.close()


def it_is_on_the_first_page_of_this_device(room: Room, phone: Page) -> None:
    """The leader signs in on the same phone and finds it; wiped, it is gone."""
    phone.goto(f"{room.address}/desk/sign-in/link/{room.looks('leader')}/")
    phone.locator("main form button").first.click()
    phone.goto(f"{room.address}/desk/")
    row = phone.locator("#airtime-rows tr")
    expect(row).to_have_count(1)
    assert re.search(r"\b3\b.*\b1\b", row.inner_text().replace("\n", " "))
    assert violations(phone, rules=["wcag2a", "wcag2aa"]) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    phone.get_by_role("button", name="Wipe it from this device").tap()
    expect(phone.locator("#airtime")).to_be_hidden()
    phone.reload()
    expect(phone.locator("#airtime")).to_be_hidden()


def nowhere_else(room: Room, other: Page) -> None:
    """The same leader on another device, the facilitator, and whoever reads the files of the server find nothing."""
    other.goto(f"{room.address}/desk/sign-in/link/{room.looks('leader')}/")
    other.locator("main form button").first.click()
    other.goto(f"{room.address}/desk/")
    expect(other.locator("#airtime")).to_be_hidden()
    files = [path for path in (room.folder / "data").iterdir() if "sqlite" in path.name]
    stored = b"".join(path.read_bytes() for path in files)
    assert room.code.encode() in stored  # there was something to read
    assert b"airtime" not in stored
