"""A hundred times the browser at the desk dies, and somebody else goes on from another: nothing is lost or undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from holdfast.gatherings.models import Round
from holdfast.people.models import Person, Role
from holdfast.voices.queries import sealed_notes
from tests.gatherings.desks import Desk
from tests.gatherings.rooms import Stage, a_room
from tests.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SEED = 100
TAKE_OVERS = 100
DEATHS = ("before the press", "before the answer", "before the press, which arrives later")


@dataclass(slots=True)
class Truth:
    """What must be so, whoever is at the desk."""

    phase: str = ""
    piles: dict[str, set[str]] = field(default_factory=lambda: {"waiting": set(), "held": set(), "accepted": set()})

    def decide(self, text: str, standing: str) -> None:
        """Put a note on another pile."""
        for pile in self.piles.values():
            pile.discard(text)
        self.piles[standing].add(text)


@dataclass(frozen=True, slots=True)
class Press:
    """One press as a browser would send it, and what is so once it has arrived."""

    name: str
    fields: dict[str, Any]
    then: Callable[[Truth], None]

    def send(self, by: Desk) -> None:
        """Send it from a browser that will not read the answer."""
        about = {"room_id": by.stage.room.pk} if self.name == "rounds" else {"round_id": by.round().pk}
        by.client.post(reverse(f"gatherings.{self.name}", kwargs=about), self.fields)
        by.wire.settle(0.02)


def facilitators(stage: Stage) -> list[Person]:
    """Three people who may all run this session."""
    found = [stage.bo]
    for name in ("Chi", "Dana"):
        person = Person.objects.create(organisation=stage.bo.organisation, name=name)
        Role.objects.create(person=person, kind=Role.Kind.FACILITATOR, group=stage.gathering.programme.group)
        found.append(person)
    return found


def moves(to: str) -> Callable[[Truth], None]:
    """Say that a press leads to a phase."""
    return lambda truth: setattr(truth, "phase", to)


def session(stage: Stage, wire: Wire, truth: Truth, rng: Random, at_desk: Callable[[], Desk]) -> Iterator[Press]:
    """Go through one activity after another; each step is asked of whoever is at the desk by then."""
    number = 0
    while True:
        truth.piles = {"waiting": set(), "held": set(), "accepted": set()}
        yield Press("rounds", {"item": stage.gather.pk, "screened": "on"}, moves("promise"))
        yield Press("writing", {"seen": "promise", "small_is_agreed": "on"}, moves("writing"))
        stage.round = Round.objects.filter(room=stage.room).order_by("-position")[0]
        for _ in range(rng.randint(4, 7)):  # while somebody looks for another computer, too
            number += 1
            assert stage.phone(wire).write(f"note {number}.").status == 201
            truth.piles["waiting"].add(f"note {number}.")
        yield Press("screening", {"seen": "writing"}, moves("screening"))
        while truth.piles["waiting"]:
            ids = at_desk().pile("waiting")
            text, standing = rng.choice(sorted(ids)), rng.choice(["held", "accepted", "accepted"])
            choice = {"accept" if standing == "accepted" else "hold": ids[text]}
            yield Press("decisions", choice, lambda truth, text=text, to=standing: truth.decide(text, to))  # type: ignore[misc]
        yield Press("reveal", {"seen": "screening"}, moves("revealed"))
        yield Press("closure", {"seen": "revealed"}, moves("closing"))
        yield Press("closure_undoing", {"seen": "closing"}, moves("revealed"))
        yield Press("closure", {"seen": "revealed"}, moves("closing"))
        yield Press("seal", {"seen": "closing"}, moves("sealed"))
        kept = {note.text: note.standing for note in sealed_notes(stage.round.pk)}
        assert {text for text, standing in kept.items() if standing == "shown"} == truth.piles["accepted"]


def check(desk: Desk, truth: Truth) -> None:
    """What another browser is shown is what is so."""
    assert desk.phase() == truth.phase
    page = desk.look()
    if truth.phase in {"screening", "revealed", "closing"}:
        assert {name: set(desk.pile(name, page)) for name in truth.piles} == truth.piles


def test_a_hundred_take_overs_lose_nothing(wire: Wire) -> None:
    stage, rng, truth = a_room(writing=False), Random(SEED), Truth("promise")
    people, met = facilitators(stage), dict.fromkeys(DEATHS, 0)
    desk = Desk(stage, wire, people[0])
    steps = session(stage, wire, truth, rng, lambda: desk)
    for _ in range(TAKE_OVERS):
        press, death = next(steps), rng.choice(DEATHS)
        dead = desk
        if death == "before the answer":
            press.send(dead)
            press.then(truth)
        desk = Desk(stage, wire, rng.choice([one for one in people if one != dead.by]))  # another browser, signed in
        check(desk, truth)
        if death != "before the answer":
            press.send(desk)
            press.then(truth)
        if death == "before the press, which arrives later" and press.name != "rounds":
            press.send(dead)
        check(desk, truth)
        met[death] += 1
    assert min(met.values()) >= 20
    assert Round.objects.filter(room=stage.room, phase="sealed").count() >= 5
