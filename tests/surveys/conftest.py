"""A session of the Northgate team on every test's table."""

import pytest

from holdfast.programmes.models import Gathering, Programme
from tests.given import Ours
from tests.programmes.given import a_programme, a_session


@pytest.fixture
def programme(ours: Ours) -> Programme:
    """The programme of the Northgate team."""
    return a_programme(ours.group, ours.bo)


@pytest.fixture
def session(ours: Ours, programme: Programme) -> Gathering:
    """Session 4 of the Northgate team, with the plan of the pack."""
    return a_session(programme, ours.bo)
