"""What every journey may ask for: one browser at a time, and a room of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.items import DRAINS, RESTORES, on_a_phone
from tests.journeys.phones import Room, a_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for a file."""
    with a_browser() as browser:
        yield browser


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A server of its own with one open room, in which no activity has begun."""
    room = Room(tmp_path)
    yield room
    room.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of 320 pixels, light."""
    context = on_a_phone(browser)
    yield context
    context.close()


@pytest.fixture
def named(room: Room) -> Room:
    """A room with a short list of what drains and restores."""
    room.does(f"drains: {' > '.join(DRAINS)}", f"restores: {' > '.join(RESTORES)}")
    return room


@pytest.fixture
def sorting(named: Room) -> Room:
    """A room in which everyone sorts."""
    named.does("sort", "write")
    return named
