"""Words that come late: no order, no key, no time and no neighbour tells who sent them; planted leaks are seen (E3)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

import pytest
from django.db import connection

from holdfast.audit.models import Entry
from holdfast.gatherings import actions
from holdfast.gatherings.actions import parking
from holdfast.gatherings.models import Parked
from holdfast.keys import random_key
from holdfast.voices.admission import OPEN, Viewer
from holdfast.voices.queries import SealedNote, sealed_notes
from tests.gatherings.rooms import a_room
from tests.wire import Answer, Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SESSIONS, WITH_A_LEAK, PHONES, EACH = 24, 4, 3, 2
CHANCE = 0.25
"""How far from chance the mean of all sessions may lie: more than four standard deviations of either score."""
BY_ROW = "SELECT text FROM gatherings_parked WHERE gathering_id = %s ORDER BY {}"


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    """The real application, running."""
    with running() as wire:
        yield wire


class Loot(NamedTuple):
    """What somebody has who reads the whole first database. sent: the texts in the order in which they came."""

    sent: list[str]
    by_row: list[str]
    by_key: list[str]


def came_first(order: list[str], sent: list[str]) -> float:
    """Return the share of what came first among the first half of an order: a half, if the order says nothing."""
    half = len(sent) // 2
    return len(set(order[:half]) & set(sent[:half])) / half


def beside(order: list[str]) -> float:
    """Return the share of neighbours, two by two, that are of one phone: one in five, if nobody stands by anybody."""
    pairs = list(zip(order[::EACH], order[1::EACH], strict=True))
    return sum(one.split()[0] == other.split()[0] for one, other in pairs) / len(pairs)


def a_session(wire: Wire, coin: Random) -> Loot:
    """Hold a session in which three phones each send two texts late, in turns; end it, and take what is stored."""
    stage = a_room(writing=False)
    phones = [f"phone{n}" for n in range(PHONES)]
    coin.shuffle(phones)
    sent = [f"{phone} text{n}" for n in range(EACH) for phone in phones]
    tags = {phone: f"{random_key():032x}" for phone in phones}
    entries = set(Entry.objects.values_list("pk", flat=True))
    for text in sent:
        body = {
            "ticket": OPEN.issue(stage.room.pk, viewer=Viewer.PARTICIPANT), "id": str(random_key()),
            "secret": f"{random_key():032x}", "tag": tags[text.split()[0]], "rev": 1, "text": text,
        }  # fmt: skip
        assert wire.post(f"/r/{stage.room.code}/late/", body).status == 201
    assert set(Entry.objects.values_list("pk", flat=True)) == entries  # nobody notes when something came
    actions.end_room(stage.room, by=stage.bo)
    rows = list(Parked.objects.filter(gathering=stage.gathering).order_by("pk").values())
    assert len({tuple(sorted((k, v) for k, v in row.items() if k not in {"id", "text"})) for row in rows}) == 1
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(BY_ROW.format(hidden), [stage.gathering.pk])
        by_row = [text for (text,) in cursor.fetchall()]
    return Loot(sent, by_row, [row["text"] for row in rows])


def scores(wire: Wire, sessions: int) -> dict[str, float]:
    """Return for each attacker its mean distance from chance over some sessions."""
    coin = Random(20_261)
    loot = [a_session(wire, coin) for _ in range(sessions)]
    assert all(sorted(one.by_row) == sorted(one.by_key) == sorted(one.sent) for one in loot)
    attackers: dict[str, Callable[[Loot], float]] = {
        "order of rows": lambda one: came_first(one.by_row, one.sent) - 1 / 2,
        "order of keys": lambda one: came_first(one.by_key, one.sent) - 1 / 2,
        "neighbours by row": lambda one: beside(one.by_row) - 1 / 5,
        "neighbours by key": lambda one: beside(one.by_key) - 1 / 5,
    }
    return {name: sum(map(attack, loot)) / sessions for name, attack in attackers.items()}


def numbered(sorts: Callable[[str], object]) -> Callable[[int], list[SealedNote]]:
    """Return a way to read notes that gives them keys which count up, as a table with ordinary keys would."""

    def read(round_id: int) -> list[SealedNote]:
        notes = sorted(sealed_notes(round_id), key=lambda note: str(sorts(note.text)))
        return [replace(note, id=round_id // 2 + place) for place, note in enumerate(notes)]

    return read


def test_E3_nobody_finds_out_who_sent_late_words_or_when_or_which_are_of_one_phone(wire: Wire) -> None:
    found = scores(wire, SESSIONS)
    assert {name: score for name, score in found.items() if abs(score) > CHANCE} == {}


def test_E3_late_words_that_lie_together_by_their_phone_would_be_noticed(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parking, "sealed_notes", numbered(lambda text: text.split()))
    found = scores(wire, WITH_A_LEAK)
    assert found["neighbours by key"] > CHANCE * 2


def test_E3_late_words_that_keep_the_order_in_which_they_came_would_be_noticed(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []
    post = Wire.post

    def overheard(self: Wire, path: str, fields: dict[str, str]) -> Answer:
        came.append(fields["text"])
        return post(self, path, fields)

    monkeypatch.setattr(Wire, "post", overheard)
    monkeypatch.setattr(parking, "sealed_notes", numbered(lambda text: f"{len(came) - came[::-1].index(text):06}"))
    found = scores(wire, WITH_A_LEAK)
    assert found["order of keys"] > CHANCE
    assert found["order of rows"] > CHANCE
