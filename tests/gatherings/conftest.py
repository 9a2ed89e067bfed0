"""What tests of the room ask for."""

from collections.abc import Iterator

import pytest

from tests.wire import Wire, running


@pytest.fixture
def wire(transactional_db: None, settings: object) -> Iterator[Wire]:
    """The real application, running; both databases are files."""
    settings.CLOSING_SECONDS = 600  # type: ignore[attr-defined]
    settings.TICK_MS = 10  # type: ignore[attr-defined]
    with running() as wire:
        yield wire
