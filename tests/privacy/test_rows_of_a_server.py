"""PostgreSQL keeps rows in the order of writing and numbers every transaction: neither may tell whose they are (E3)."""

import secrets
from collections.abc import Callable, Iterator
from math import sqrt
from random import Random, SystemRandom
from typing import Any

import pytest
from django.db import connection

from holdfast.programmes import actions
from holdfast.voices import asking, intake
from holdfast.voices.intake import Contribution, Standing
from tests import postgresql
from tests.given import Ours
from tests.privacy.loot import loot
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


ROUNDS, NOTES, SEED = 60, 6, 1_802
CHANCE, CAUGHT = 3.5, 8.0
Decision = Callable[[int, list[int]], object]
DECISIONS: dict[str, Decision] = {
    "held": lambda key, about: intake.screen(key, public_ids=about, standing=Standing.HELD, reason="danger"),
    "offered a talk": lambda key, _: asking.tell_more(key, reason="danger", words="In room 4 until five."),
    "muted": lambda key, about: asking.mute(key, public_ids=about),
}


@pytest.fixture
def store(transactional_db: None) -> Iterator[None]:
    """The anonymous store, closed when a test is over."""
    yield
    intake.stop()


def first_and_last_of_the_file(*, after: int = 0) -> dict[str, int]:
    """Decide about one note of many rounds; count how often its row is then the first, and the last, of its file.

    after: the key of the last round before.
    """
    rng, found = Random(SEED), {f"{what}, {end}": 0 for what in DECISIONS for end in ("first", "last")}
    for number in range(after + 1, after + ROUNDS + 1):
        intake.open_round(number)
        for _ in range(NOTES):
            note = Contribution(
                secrets.randbits(62) + 1, secrets.token_hex(16), secrets.token_hex(16), 1, "drains", "a note", False
            )
            intake.write_and_wait(number, note, standing=Standing.ACCEPTED)
        meant = rng.choice(intake.records(number)[1])
        for what, decide in DECISIONS.items():
            now = next(record for record in intake.records(number)[1] if record.id == meant.id)
            assert decide(number, [intake.public_id(intake.key_of(number), now)]) == 1
            rows = list(loot().copy_of_intake())  # in the order of the file
            found[f"{what}, first"] += rows[0] == meant.id
            found[f"{what}, last"] += rows[-1] == meant.id
        intake.begin_closing(number)
        intake.seal_round(number)
    return found


def z_of(hits: int) -> float:
    """Return z of the hits; 0 is chance: one row in six."""
    expected = ROUNDS / NOTES
    return round((hits - expected) / sqrt(expected * (1 - 1 / NOTES)), 2)


def test_E7_the_row_a_decision_was_about_has_no_place_of_its_own_in_the_file(store: None) -> None:
    found = {what: z_of(hits) for what, hits in first_and_last_of_the_file().items()}
    print(f"\n{ROUNDS} rounds, z = {found}")
    if any(abs(z) >= CHANCE for z in found.values()):  # once in some hundred runs by chance alone: look again
        found = {what: z_of(hits) for what, hits in first_and_last_of_the_file(after=ROUNDS).items()}
    assert {what: z for what, z in found.items() if abs(z) >= CHANCE} == {}


def test_E7_rows_written_in_the_order_of_deciding_would_be_noticed(
    store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unmixed(_self: SystemRandom, _rows: list[Any]) -> None:
        pass

    monkeypatch.setattr(SystemRandom, "shuffle", unmixed)
    found = {what: z_of(hits) for what, hits in first_and_last_of_the_file().items()}
    assert max(found.values()) >= CAUGHT
