"""Hands go up in the order in which notes were written: no place, number or time tells whose note is whose (E3)."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple, cast

import pytest
from django.db import connection, connections

from holdfast.gatherings import actions
from holdfast.gatherings.models import Hand
from holdfast.voices import intake
from holdfast.voices.models import Note
from tests.gatherings.rooms import a_room
from tests.gatherings.test_hands import Phone as Raised
from tests.privacy.leaks import counted_ids, kept_ids
from tests.wire import Phone, Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SESSIONS, WITH_A_LEAK, PEOPLE = 24, 4, 5
CHANCE = 0.2
"""How far from chance the mean of all sessions may lie: four standard deviations of a random guess are less."""


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    """The real application, running."""
    with running() as wire:
        yield wire


class Loot(NamedTuple):
    """What somebody has who reads both databases while hands are up, and sees who raised which.

    people: in the order in which they wrote and, the worst there is, raised their hands. hands: their rows, in turn.
    by_row, by_key: whose note is at which place of the table; the attacker looks for that. numbers: of the notes' rows.
    """

    people: list[str]
    hands: list[dict[str, Any]]
    by_row: list[str]
    by_key: list[str]
    numbers: dict[str, int]


Drawn = Callable[[Phone, Raised], None]


def at_the_same_place(order: list[str], people: list[str]) -> float:
    """Return the share of notes that stand where their author's hand does."""
    return sum(one == other for one, other in zip(order, people, strict=True)) / len(people)


def same_number(one: Loot) -> float:
    """Return the share of hands whose number is that of their author's note."""
    hits = sum(int(hand["id"] == one.numbers[name]) for name, hand in zip(one.people, one.hands, strict=True))
    return hits / len(one.hands)


def a_session(wire: Wire, coin: Random, drawn: Drawn) -> Loot:
    """Write, seal, and raise hands in the same order; then take everything that is stored."""
    stage = a_room(screened=False)
    people = [f"person {n}" for n in range(PEOPLE)]
    coin.shuffle(people)
    writers = {name: stage.phone(wire) for name in people}
    assert {writers[name].write(name).status for name in people} == {201}
    actions.close_round(stage.round, by=stage.bo)
    actions.close_for_good(stage.round, by=stage.bo)
    about = stage.round.pk
    stage.round = actions.start_round(stage.room, item=stage.talk, by=stage.bo)
    wire.settle(0.05)
    for name in people:
        hand = Raised(wire, stage, rest=0)
        drawn(writers[name], hand)
        assert hand.send(up=True).status == 201
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connections["voices"].cursor() as cursor:
        cursor.execute(f"SELECT text FROM voices_note WHERE round_id = %s ORDER BY {hidden}", [about])  # noqa: S608
        by_row = [text for (text,) in cursor.fetchall()]
    notes = list(Note.objects.filter(round_id=about).order_by("pk").values_list("text", "pk"))
    hands = cast("list[dict[str, Any]]", list(Hand.objects.filter(round=stage.round).order_by("place").values()))
    assert intake.states([about]) == {about: "sealed"}
    actions.end_room(stage.room, by=stage.bo)
    return Loot(people, hands, by_row, [text for text, _ in notes], dict(notes))


def fresh(_writer: Phone, _hand: Raised) -> None:
    """A phone draws a number for its hand alone, as phones do."""


def scores(wire: Wire, sessions: int, drawn: Drawn = fresh) -> dict[str, float]:
    """Return for each attacker its mean distance from chance over some sessions."""
    coin = Random(20_262)
    loot = [a_session(wire, coin, drawn) for _ in range(sessions)]
    assert all(earlier["raised_at"] <= later["raised_at"] for one in loot for earlier, later in pairwise(one.hands))
    attackers: dict[str, Callable[[Loot], float]] = {
        "place by row": lambda one: at_the_same_place(one.by_row, one.people) - 1 / PEOPLE,
        "place by key": lambda one: at_the_same_place(one.by_key, one.people) - 1 / PEOPLE,
        "number": same_number,
    }
    return {name: sum(map(attack, loot)) / sessions for name, attack in attackers.items()}


def test_E3_nobody_finds_out_whose_note_it_is_from_who_raises_a_hand_when(wire: Wire) -> None:
    assert {name: score for name, score in scores(wire, SESSIONS).items() if abs(score) > CHANCE} == {}
    assert not Hand.objects.exists()


def test_E3_notes_that_keep_the_order_in_which_hands_go_up_would_be_noticed(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted_ids(monkeypatch)
    found = scores(wire, WITH_A_LEAK)
    assert found["place by key"] > CHANCE * 2
    assert found["place by row"] > CHANCE * 2


def test_E3_a_phone_that_raised_its_hand_with_the_number_of_its_note_would_be_noticed(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(writer: Phone, hand: Raised) -> None:
        hand.id = next(iter(writer.notes))

    kept_ids(monkeypatch)
    assert scores(wire, WITH_A_LEAK, again)["number"] > CHANCE * 2
