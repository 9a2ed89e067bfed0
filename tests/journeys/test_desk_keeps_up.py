"""Two desks at once: what one changes stands on the other, and whoever types there goes on typing (E3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from tests.journeys.items import DRAINS, RESTORES
from tests.journeys.phones import Room, until
from tests.journeys.test_desk_drivers import card, come_in, go_to_the_desk


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server with its signed-in pages."""
    room = Room(tmp_path)
    yield room
    room.stop()


def test_E3_what_another_desk_changes_is_drawn_however_early_and_nobody_loses_their_place(
    room: Room, browser: Browser
) -> None:
    room.does(f"drains: {' > '.join(DRAINS)}", "condense")
    desk = come_in(browser, room)
    streams: list[Route] = []
    desk.route("**/stream?*", lambda route: streams.append(route), times=1)  # noqa: PLW0108 - an append takes no handler
    go_to_the_desk(desk)
    expect(card(desk, DRAINS[0])).to_be_visible()
    until(lambda: bool(streams), desk)
    room.does(f"together: {DRAINS[0]} > {DRAINS[1]} > We have no time")
    streams[0].continue_()  # the page is older than the first thing it hears
    expect(card(desk, "We have no time").get_by_text("2 notes")).to_be_visible()

    wording = desk.get_by_label("Wording")
    wording.fill("We hear of rules")
    for _ in " of rules":
        desk.keyboard.press("ArrowLeft")
    room.does(f"reworded: {DRAINS[2]} > Told last of all")
    expect(card(desk, "Told last of all")).to_be_visible()
    desk.keyboard.type(" late")
    expect(wording).to_have_value("We hear late of rules")

    doubts = desk.get_by_role("button", name="Look at doubts")
    doubts.focus()
    room.does(f"reworded: {DRAINS[3]} > Rules that never stay")
    expect(card(desk, "Rules that never stay")).to_be_visible()
    expect(doubts).to_be_focused()
    desk.context.close()


def test_E3_the_answer_to_a_press_is_read_before_the_page_of_a_session_that_has_ended(
    room: Room, browser: Browser
) -> None:
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    answers: list[tuple[Route, APIResponse]] = []
    desk.route("**/ending/", lambda route: answers.append((route, route.fetch(max_redirects=0))))
    desk.get_by_text("Taking over, attendance, ending").click()
    desk.locator("summary", has_text="End the session").click()
    left: list[str] = []
    desk.on("framenavigated", lambda frame: left.append(frame.url))
    desk.get_by_role("button", name="Yes, end it").evaluate("(button) => button.click()")  # waits for nothing
    until(lambda: bool(answers), desk)
    desk.wait_for_timeout(2000)
    assert left == []  # all screens have been told; this one waits for what it asked
    ((route, answer),) = answers
    route.fulfill(response=answer)
    expect(desk.get_by_text("The session is over.")).to_be_visible()
    desk.context.close()


def test_E3_a_refusal_that_comes_late_undoes_nothing_and_what_was_refused_stays_through_the_next_change(
    room: Room, browser: Browser
) -> None:
    room.does(f"drains: {' > '.join(DRAINS)}", f"restores: {RESTORES[0]}", "condense")
    desk = come_in(browser, room)
    go_to_the_desk(desk)
    answers: list[tuple[Route, APIResponse]] = []
    desk.route("**/drivers/", lambda route: answers.append((route, route.fetch())), times=1)
    chosen = [card(desk, wording).get_by_role("checkbox") for wording in (DRAINS[0], RESTORES[0])]
    for box in chosen:
        box.check()
    desk.get_by_role("button", name="Bring together").click()
    until(lambda: bool(answers), desk)
    room.does(f"reworded: {DRAINS[2]} > Told last of all")
    expect(card(desk, "Told last of all")).to_be_visible()
    ((route, answer),) = answers
    route.fulfill(response=answer)  # drawn before the other desk changed something
    expect(desk.locator("#told").get_by_text("stay apart")).to_be_visible()
    expect(card(desk, "Told last of all")).to_be_visible()
    desk.get_by_role("button", name="Bring together").click()  # refused at once
    expect(desk.locator("#together")).not_to_have_attribute("aria-busy", "true")
    for wording in ("Rules that never stay", "Rules that change daily"):
        before = DRAINS[3] if wording.endswith("stay") else "Rules that never stay"
        room.does(f"reworded: {before} > {wording}")
        expect(card(desk, wording)).to_be_visible()
        for box in chosen:
            expect(box).to_be_checked()
    desk.context.close()
