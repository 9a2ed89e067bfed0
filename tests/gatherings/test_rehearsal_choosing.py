"""Simulated phones sort, read wordings and doubt the way a real phone does."""

import asyncio
from collections import Counter
from random import Random
from typing import Any

import pytest

from holdfast.gatherings.kinds import kind_of, prioritise
from holdfast.gatherings.rehearsal import Phone, minds
from holdfast.gatherings.rehearsal.wire import Answer, Event, Line
from tests.gatherings.test_rehearsal import script

ITEMS = [{"id": str(n), "wording": f"wording {n}", "sources": 1 + n % 2, "tone": "drains"} for n in range(1, 13)]


class Kind(Line):
    """A line on which everything is saved, and which remembers what was sent."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.sent: list[tuple[str, Any]] = []

    async def ask(self, method: str, path: str, content: Any = None) -> Answer:
        self.sent.append((path.rsplit("/", 2)[-2], content))
        return Answer(201, {}, b'{"rev": %d}' % content["rev"])


def state(kind: str, phase: str, viewer: str = "participant", key: str = "7") -> Event:
    """Tell a phone where the room is."""
    current = {"id": key, "kind": kind, "phase": phase, "may": list(kind_of(kind, "unnamed").may(viewer, phase))}
    return Event("a", 1, "state", {"round": current})


def act(*events: Event, seed: int = 1, seconds: float = 0.05) -> tuple[Phone, Kind]:
    """Let one phone live through some events until it has nothing more to do."""

    async def live() -> tuple[Phone, Kind]:
        phone, line = Phone(script(seconds=seconds), Random(seed)), Kind()
        phone.outbox.line = line
        for event in events:
            phone.react(event)
        while phone.writing or phone.outbox.waiting:
            await asyncio.sleep(0.01)
            if phone.outbox.waiting and await phone.outbox.send_first():
                phone.outbox.waiting.popleft()
        return phone, line

    return asyncio.run(live())


LIST = Event("a", 2, "items", {"items": ITEMS})


@pytest.mark.parametrize("kind", ["sort", "agree"])
def test_D4_1_a_phone_chooses_about_every_item_on_one_ballot(kind: str) -> None:
    phone, line = act(state(kind, "writing"), LIST, state(kind, "writing"))
    assert {address for address, _ in line.sent} == {"ballots"}
    assert [body["rev"] for _, body in line.sent] == [1, 2, 3]
    assert len({(body["id"], body["secret"], body["tag"], body["round"]) for _, body in line.sent}) == 1
    last = line.sent[-1][1]["choices"]
    assert set(last) == {item["id"] for item in ITEMS}
    assert set(last.values()) <= set(kind_of(kind).BALLOT)
    assert [(b.saved, b.rev) for b in phone.ballots] == [(3, 3)]


@pytest.mark.parametrize("manner", ["dots", "rating", "consent", "pairs"])
def test_D7_1_a_phone_says_what_matters_most_within_its_budget(manner: str) -> None:
    few = ITEMS[:8]
    setup = prioritise.usual_setup(manner, len(few))
    begun = state("prioritise", "writing")
    begun.data["round"]["setup"] = setup
    _, line = act(begun, Event("a", 2, "items", {"items": few}), begun)
    last = line.sent[-1][1]["choices"]
    assert len(last) == (setup["budget"] or len(few))
    kept = prioritise.read_ballot(setup, [int(str(item["id"])) for item in few], last)
    assert kept  # what a phone sends is what the server takes


def test_D4_1_a_leaders_phone_chooses_nothing() -> None:
    assert act(state("sort", "writing", "leader"), LIST)[1].sent == []


def test_now_and_then_somebody_doubts_a_wording_made_of_several_once() -> None:
    doubts = []
    for seed in range(200):
        phone, line = act(state("condense", "grouping"), LIST, LIST, seed=seed, seconds=0.0)
        assert [body["item"] for _, body in line.sent] == [doubt.item for doubt in phone.doubts]
        doubts += [doubt.item for doubt in phone.doubts]
    assert 2 <= len(doubts) <= 40  # of 200 people and 6 such wordings
    merged = {item["id"] for item in ITEMS if item["sources"] == 2}
    assert set(doubts) <= merged


def test_most_items_are_seen_alike_and_some_are_contested() -> None:
    tops = []
    for item in range(60):
        rng = Random(item)
        said = Counter(minds.choice("sort", {"wording": f"wording {item}"}, rng) for _ in range(100))
        tops.append(max(said.values()))
    assert sum(top > 75 for top in tops) > 30
    assert sum(top < 60 for top in tops) > 5


def test_most_wordings_are_agreed_by_everybody_and_some_are_not() -> None:
    rng = Random(1)
    agreed = sum(
        all(minds.choice("agree", {"wording": f"wording {n}"}, rng) == "yes" for _ in range(40)) for n in range(50)
    )
    assert 30 <= agreed < 50


def test_simulated_people_know_the_choices_of_the_room() -> None:
    assert kind_of("sort").BALLOT == minds.SORTING
    assert kind_of("agree").BALLOT == minds.READING
    with pytest.raises(ValueError, match="talk"):
        minds.choice("talk", {"wording": "x"}, Random(1))
