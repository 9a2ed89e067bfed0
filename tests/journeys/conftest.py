"""What every journey may ask for: one browser at a time, and a room of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
