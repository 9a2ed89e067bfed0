"""Who answers a question, whose note is held: attackers who see all traffic and every copy of the store (E3, E7)."""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import sqrt
from random import Random
from typing import Any

import pytest

from holdfast.gatherings import actions
from holdfast.gatherings.actions import further
from holdfast.gatherings.kinds import gather
from holdfast.voices import asking, intake, rules, writer
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing
from tests.gatherings.rooms import a_room
from tests.privacy.loot import loot
from tests.privacy.world import listening
from tests.wire import Wire, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROOMS, ROOMS_WITH_A_LEAK, PEOPLE, SEED = 24, 8, 6, 5_005
CHANCE, CAUGHT = 3.5, 5.0
ANSWER = "The last hour, when the cover has gone. It is always the last hour."


@dataclass(slots=True)
class Trace:
    """What an attacker has of one person: their bytes up and down, and what changed in the store and on the screens."""

    up: int
    down: int
    grown: tuple[int, ...]
    screens: int
    log: tuple[str, ...]


@dataclass(slots=True)
class Scene:
    """One question, everybody's envelope; and before, one note held with a reason. truth: who wrote that note.

    rows: the row of each person's note, as whoever watched the writing knows it.
    """

    truth: str
    held: str
    traces: dict[str, Trace] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    changed_by_answers: set[int] = field(default_factory=set)


Attacker = Callable[[Scene, Random], str]


def odd_one(of: Callable[[Trace], object]) -> Attacker:
    """Name the one whose trace differs from the others'; a coin where none or several do."""

    def attack(scene: Scene, rng: Random) -> str:
        seen = {name: of(trace) for name, trace in scene.traces.items()}
        usual = Counter(map(str, seen.values())).most_common(1)[0][0]
        odd = [name for name, value in seen.items() if str(value) != usual]
        return odd[0] if len(odd) == 1 else rng.choice(sorted(scene.traces))

    return attack


def by_changed_rows(scene: Scene, rng: Random) -> str:
    """Whose row changed when the answers came."""
    found = [name for name, row in scene.rows.items() if row in scene.changed_by_answers]
    return found[0] if len(found) == 1 else rng.choice(sorted(scene.rows))


ATTACKERS: dict[str, Attacker] = {
    "request lengths": odd_one(lambda trace: trace.up),
    "answer lengths": odd_one(lambda trace: trace.down),
    "row lengths": odd_one(lambda trace: trace.grown),
    "screens": odd_one(lambda trace: trace.screens),
    "server log": odd_one(lambda trace: trace.log),
    "changed rows": by_changed_rows,
}


def by_held_row(scene: Scene, rng: Random) -> str:
    """Whose row changed when the note was held."""
    found = [name for name, row in scene.rows.items() if row in scene.changed]
    return found[0] if len(found) == 1 else rng.choice(sorted(scene.rows))


def play(wire: Wire, rooms: int, seed: int) -> list[Scene]:
    """Hold activities in which one note is held and muted, and another one is asked about; one person answers."""
    rng, scenes = Random(seed), []
    for _ in range(rooms):
        stage = a_room(screened=False)
        names = [f"person {n}" for n in range(PEOPLE)]
        held, truth = rng.sample(names, 2)
        scene, phones = Scene(truth, held), {name: stage.phone(wire) for name in names}
        for name in names:
            assert phones[name].write(f"note of {name}").status == 201
            scene.rows[name] = int(next(iter(phones[name].notes)))
        actions.stop_writing(stage.round, by=stage.bo)
        wire.settle(0.02)
        before = loot().copy_of_intake()
        key, records = intake.records(stage.round.pk)
        shown = {record.text: intake.public_id(key, record) for record in records}
        intake.screen(stage.round.pk, public_ids=[shown[f"note of {held}"]], standing=Standing.HELD, reason="names")
        asking.mute(stage.round.pk, public_ids=[shown[f"note of {held}"]])
        after = loot().copy_of_intake()
        scene.changed = {row for row in after if after[row] != before.get(row)}
        actions.reveal(stage.round, by=stage.bo)
        wire.settle(0.02)
        asked = further.ask_about_note(stage.round, note=shown[f"note of {truth}"], words="More?", by=stage.bo)
        further.gather_envelopes(stage.round, asked_id=asked.pk, by=stage.bo)
        screen = stage.stream(wire, Viewer.PARTICIPANT)
        wire.settle(0.02)
        rng.shuffle(names)
        with listening() as lines:
            for name in names:
                note = next(iter(phones[name].notes.values()))
                scene.traces[name] = _envelope(
                    wire, phones[name], note if name == truth else {}, asked.pk, screen, lines
                )
        last = loot().copy_of_intake()
        scene.changed_by_answers = {row for row in after if last[row] != after[row]}
        actions.close_round(stage.round, by=stage.bo)
        actions.seal_round(stage.round.pk, by=stage.bo)
        actions.end_room(stage.room, by=stage.bo)
        wire.close_streams()
        scenes.append(scene)
    return scenes


def _envelope(wire: Wire, one: Any, note: dict[str, Any], asked: int, screen: Any, lines: Any) -> Trace:
    body = {
        "ticket": one.ticket, "round": str(one.round_id), "id": str(secrets.randbits(60) + 2**60),
        "secret": secrets.token_hex(16), "asked": str(asked), "note": note.get("id", str(secrets.randbits(60) + 2**60)),
        "note_secret": note.get("secret", secrets.token_hex(16)), "text": ANSWER if note else "", "pad": "",
    }  # fmt: skip
    body["pad"] = " " * (2048 - len(json.dumps(body).encode()))
    rows, frames, begun = loot().copy_of_intake(), screen.body.count(ANSWER.encode()), lines.tell()
    answer = wire.post(f"/r/{one.code}/envelopes/", body)
    assert answer.status == 200
    wire.settle(0.03)
    now = loot().copy_of_intake()
    lines.seek(begun)
    logged = tuple(line for line in lines.read().splitlines() if "envelope" in line)
    grown = tuple(sorted(len(now[row]) for row in now.keys() - rows.keys()))
    up = len(json.dumps(body).encode())
    return Trace(up, len(answer.body), grown, screen.body.count(ANSWER.encode()) - frames, logged)


def z_of(attack: Attacker, scenes: list[Scene], *, of: Callable[[Scene], str]) -> float:
    """Return z of the right names; 0 is chance: one in six."""
    rng, p = Random(SEED), 1 / PEOPLE
    hits = sum(attack(scene, rng) == of(scene) for scene in scenes)
    return round((hits - len(scenes) * p) / sqrt(len(scenes) * p * (1 - p)), 2)


@pytest.fixture
def wire(transactional_db: None, settings: object) -> Iterator[Wire]:
    settings.CLOSING_SECONDS = 600  # type: ignore[attr-defined]
    settings.TICK_MS = 10  # type: ignore[attr-defined]
    with running() as wire:
        yield wire


def test_E3_nobody_can_tell_who_answers_or_whose_note_is_held(wire: Wire) -> None:
    scenes = play(wire, ROOMS, SEED)
    found = {name: z_of(attack, scenes, of=lambda scene: scene.truth) for name, attack in ATTACKERS.items()}
    found["held rows"] = z_of(by_held_row, scenes, of=lambda scene: scene.held)
    print(f"\n{ROOMS} questions, seed {SEED}, z = {found}")
    # The screens name one of the three whose envelopes are let out together: twice chance, and never the one alone.
    assert {name: z for name, z in found.items() if abs(z) >= CHANCE and name != "screens"} == {}
    assert z_of(last_before_it_appeared, scenes, of=lambda scene: scene.truth) < CAUGHT


def last_before_it_appeared(scene: Scene, rng: Random) -> str:
    """Whoever sent just before the answer appeared."""
    return next((name for name, trace in scene.traces.items() if trace.screens), rng.choice(sorted(scene.traces)))


Plant = Callable[[pytest.MonkeyPatch], None]


def short_envelopes(patch: pytest.MonkeyPatch) -> None:
    """Envelopes are stored as short as they are."""

    def pack(record: rules.Record, *, large: bool = False) -> bytes:
        padded = rules.pack(record)
        return padded[: 2 + int.from_bytes(padded[:2], "big")]

    patch.setattr(writer, "pack", pack)


def only_answers_are_kept(patch: pytest.MonkeyPatch) -> None:
    """Empty envelopes are thrown away, "they say nothing"."""
    before = rules.decide_envelope

    def decide(wanted: rules.Record, existing: rules.Record | None, *, of_this_round: int) -> Any:
        return before(wanted, existing, of_this_round=of_this_round) if wanted.text else (intake.Outcome.STORED, None)

    patch.setattr(asking, "decide_envelope", decide)


def answers_as_they_come(patch: pytest.MonkeyPatch) -> None:
    """An answer appears in the moment its envelope arrives."""
    patch.setattr(gather, "LATER_BATCH", 1)


LEAKS: dict[str, tuple[Plant, Attacker]] = {
    "short envelopes": (short_envelopes, ATTACKERS["row lengths"]),
    "only answers are kept": (only_answers_are_kept, ATTACKERS["row lengths"]),
    "answers as they come": (answers_as_they_come, ATTACKERS["screens"]),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_E3_a_leak_planted_into_asking_is_noticed(wire: Wire, leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, attack = LEAKS[leak]
    plant(monkeypatch)
    assert z_of(attack, play(wire, ROOMS_WITH_A_LEAK, SEED), of=lambda scene: scene.truth) >= CAUGHT


def test_E7_a_decision_that_rewrites_only_its_own_row_is_noticed(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_REWRITTEN", 0)
    assert z_of(by_held_row, play(wire, ROOMS_WITH_A_LEAK, SEED), of=lambda scene: scene.held) >= CAUGHT
