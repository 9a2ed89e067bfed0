"""A session of the Northgate team on every test's table, with the leader and the facilitator of the cast."""

import pytest

from holdfast.programmes.models import Gathering
from tests.given import Ours
from tests.programmes.given import a_programme, a_session


@pytest.fixture
def session(ours: Ours) -> Gathering:
    """Session 4 of the Northgate team."""
    return a_session(a_programme(ours.group, ours.bo), ours.bo)
