"""Networks and devices as they are: proxies that hold streams back, seven tabs, sleep, and storage that is wiped."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.durability.chaos import Chaos, in_a_thread
from tests.journeys.phones import Room, add, own, says, sees, until

EVERYTHING = 10**9
TABS = 7
"""A browser opens at most six connections to one server without HTTP/2: seven streams would block everything else."""


@contextmanager
def behind(room: Room, *, holds_back: int = 0) -> Iterator[Chaos]:
    """Put a proxy in front of a room, which makes no mistakes."""
    with in_a_thread(Chaos(room.port, seed=1, odds={}, holds_back=holds_back)) as proxy:
        yield proxy


def opened(phone: BrowserContext, proxy: Chaos, room: Room) -> Page:
    """Open the room through the proxy."""
    page = phone.new_page()
    page.goto(f"{proxy.url}/r/{room.code}/")
    return page


@pytest.mark.parametrize("holds_back", [EVERYTHING, 600], ids=["everything", "all but the beginning"])
def test_a_phone_behind_a_proxy_that_collects_notices_and_asks_instead(
    room: Room, phone: BrowserContext, holds_back: int
) -> None:
    with behind(room, holds_back=holds_back) as proxy:
        page = opened(phone, proxy, room)
        if holds_back < EVERYTHING:
            sees(page, "You are in. Nothing to do yet.")  # the beginning passes: it looks like a stream that works
        began = monotonic()
        room.does("gather", "write")
        sees(page, "What drains you at work, and what restores you?", seconds=9)
        assert proxy.streams == 1
        add(page, "Behind a proxy")
        says(page, "Behind a proxy", "saved")
        room.does("look", "accept", "reveal")
        expect(page.locator("#everyone").get_by_text("Behind a proxy")).to_be_visible(timeout=2000)  # now at once
        assert monotonic() - began < 20
        assert proxy.streams == 1  # it does not try again and again
        expect(page.locator("#trouble")).to_be_hidden()


def test_seven_tabs_hold_one_stream_and_another_goes_on_when_the_first_is_closed(
    room: Room, phone: BrowserContext
) -> None:
    room.does("gather", "write")
    with behind(room) as proxy:
        pages: list[Page] = []
        for _ in range(TABS):  # one after the other: a tab that cannot answer for a second may lose the seat
            pages.append(opened(phone, proxy, room))
            expect(pages[-1].get_by_role("textbox", name="Your note")).to_be_visible()
        add(pages[-1], "From the seventh tab")
        for page in pages:
            says(page, "From the seventh tab", "saved")
        assert proxy.streams == proxy.open_streams == 1
        pages[0].close()
        add(pages[-1], "The first is gone")
        says(pages[-1], "The first is gone", "saved")
        room.does("close")
        for page in pages[1:]:
            sees(page, "Make your last changes now.")
        until(lambda: proxy.open_streams == 1, pages[-1])
        assert proxy.streams <= 4  # not all six at once
        assert len(room.notes()) == 2


def test_a_phone_that_slept_wakes_up_to_the_room_as_it_is(room: Room, phone: BrowserContext) -> None:
    room.does("gather", "write")
    with behind(room) as proxy:
        page = opened(phone, proxy, room)
        add(page, "Before I fell asleep")
        says(page, "Before I fell asleep", "saved")
        page.wait_for_timeout(1500)  # the stream has shown that it comes through
        proxy.deaf = True  # the radio sleeps: the connection is still there, and nothing comes
        page.wait_for_timeout(5500)
        room.does("look", "accept", "reveal")
        expect(page.locator("#everyone").get_by_text("Before I fell asleep")).to_be_hidden()
        proxy.deaf = False
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("#everyone").get_by_text("Before I fell asleep")).to_be_visible(timeout=3000)


def test_a_phone_whose_storage_was_wiped_goes_on_and_what_was_saved_stays(room: Room, phone: BrowserContext) -> None:
    room.does("gather", "write")
    with behind(room) as proxy:
        page = opened(phone, proxy, room)
        add(page, "Saved before")
        says(page, "Saved before", "saved")
        page.evaluate("localStorage.clear()")
        own(page, "Saved before").get_by_role("button", name="Change").click()
        page.get_by_role("textbox", name="Your note").last.fill("Changed after")
        page.get_by_role("button", name="Save").click()
        says(page, "Changed after", "saved")  # the open page still holds the right to change it
        page.evaluate("localStorage.clear()")
        page.reload()
        add(page, "Written anew")
        says(page, "Written anew", "saved")
        expect(own(page, "Changed after")).to_have_count(0)  # no device can claim it any more; it stays with the group
        assert [text for _, text, _ in room.notes()] == ["Changed after", "Written anew"]
