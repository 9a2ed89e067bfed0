"""A facilitator practises from a button: simulated phones write, the notes are shown, and all of it is wiped (E4)."""

import socket
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desks import House, a_device, at_the_desk, on_the_wall, press

TABLES = {
    "holdfast": ("gatherings_room", "gatherings_round", "gatherings_driver", "gatherings_driverstep"),
    "voices": ("voices_voiceround", "voices_intake", "voices_note", "voices_tally"),
}


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation that is served on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    house = House(tmp_path_factory.mktemp("practice"), port)
    yield house
    house.stop()


def rows(house: House) -> dict[str, int]:
    """Return how many rows there are in each table a practice run writes into."""
    found = {}
    for file, tables in TABLES.items():
        with sqlite3.connect(house.folder / "data" / f"{file}.sqlite3") as store:
            found.update({t: store.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables})  # noqa: S608
    return found


def press_while_notes_come(desk: Page, name: str) -> None:
    """Press a button of a desk that is drawn anew with every note that still arrives, until a press has counted."""
    button = desk.locator("#stage").get_by_role("button", name=name, exact=True)
    before = desk.locator("#stage h2").first.inner_text()
    for _ in range(20):
        if button.count():
            button.dispatch_event("click")
        desk.wait_for_timeout(700)
        if not button.count() or desk.locator("#stage h2").first.inner_text() != before:
            return


def test_E4_a_facilitator_practises_from_a_button_and_nothing_is_left(browser: Browser, house: House) -> None:
    with a_device(browser, width=1280) as laptop:
        desk = at_the_desk(laptop, house, "Bo")
        desk.get_by_label("How many phones").fill("6")
        desk.get_by_label("What kind of group").select_option("lively")
        desk.get_by_role("button", name="Practise", exact=True).click()
        expect(desk.get_by_text("This is a practice run.")).to_be_visible()
        expect(desk.get_by_text("6 people are here").first).to_be_visible(timeout=30000)
        with laptop.expect_page() as opened:
            desk.get_by_role("link", name="Open the wall").click()
        wall = opened.value
        expect(wall.get_by_text("Practice run: simulated phones")).to_be_visible()

        for step in ("Start this activity", "This activity is over", "Start this activity", "Let everyone write"):
            press(desk, step)
        desk.wait_for_timeout(20000)
        press(desk, "Pens down: look through the notes")
        for _ in range(4):  # a late note asks to be looked at before all are shown
            for name in ("Accept all that wait", "Show all notes at once"):
                press_while_notes_come(desk, name)
            if wall.locator(".wall__note").count():
                break
        expect(wall.locator(".wall__note").first).to_be_visible()
        assert on_the_wall(wall)
        before = rows(house)
        assert before["gatherings_room"] == 1
        assert before["voices_intake"] > 0

        desk.get_by_text("End and wipe the practice run").click()
        desk.get_by_role("button", name="Yes, end and wipe it").click()
        expect(desk.get_by_role("heading", name="Practise first")).to_be_visible(timeout=15000)
        assert rows(house) == dict.fromkeys(before, 0)
        assert list((house.folder / "keys" / "rounds").glob("*.key")) == []
