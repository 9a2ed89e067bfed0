"""PostgreSQL numbers every transaction: a message without a name must not keep its place among named acts (E3)."""

import pytest
from django.db import connection

from holdfast.programmes import actions
from tests import postgresql
from tests.given import Ours
from tests.programmes.given import a_programme

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "voices"]),
    pytest.mark.skipif(not postgresql.WANTED, reason="SQLite keeps no number beside a row"),
]
MESSAGES = [f"message {n}" for n in range(9)]


def rows() -> list[tuple[int, str]]:
    """Return the messages with their transactions, as PostgreSQL keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text::bigint, text FROM programmes_barrier ORDER BY age(xmin) DESC, ctid")
        return list(cursor.fetchall())


@pytest.fixture
def ours(transactional_db: None) -> Ours:
    """The cast, in tables that keep what is committed."""
    from tests.given import our_district

    return our_district()


def test_E3_a_message_without_a_name_loses_its_place_among_named_acts(ours: Ours) -> None:
    programme = a_programme(ours.group, ours.bo)
    for text in MESSAGES:
        actions.name_barrier_unnamed(programme, kind="other", text=text)
        actions.name_barrier(programme, kind="other", text="", by=ours.bo)
    assert [text for _, text in rows() if text] == MESSAGES  # there was an order to find

    actions.mix_unnamed_barriers()

    unnamed = [(number, text) for number, text in rows() if text]
    assert len({number for number, _ in unnamed}) == 1
    assert [text for _, text in unnamed] != MESSAGES
    assert sorted(text for _, text in unnamed) == MESSAGES
