"""One world for all who ask in a file: whatever is done in it is taken back."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.access.sessions import sign_in_all
from tests.access.world import World, a_world, undone


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make both organisations once."""
    with django_db_blocker.unblock(), undone():
        world = a_world()
        sign_in_all(world)
        yield world
