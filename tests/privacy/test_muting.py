"""Whose note is held, offered help, or muted: attackers with copies of the store and a look at the desk (E3, E7)."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt
from random import Random
from typing import Any

import pytest

from holdfast.gatherings.hub import card_of
from holdfast.gatherings.rules import LONGEST_OFFER, LONGEST_TEXT
from holdfast.voices import asking, intake, rules, writer
from holdfast.voices.intake import Contribution, Outcome, Standing
from holdfast.voices.opened import OpenRound
from tests.privacy.loot import loot

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROOMS, PEOPLE, SEED = 24, 6, 7_007
CHANCE, CAUGHT = 3.5, 5.0
OFFER = "Estoy en la sala 4 hasta las cinco, y mañana por la mañana también. " * 2
LONG = ("Así, año tras año, ningún mañana será más fácil aquí; así pasó también ayer. " * 8)[:590].strip()
"""So long that beside it the offer of a talk does not fit into a small record."""


@dataclass(slots=True)
class Scene:
    """One activity. rows, second: the rows of each person's first and second note, as who watched the writing knows.

    truth: whose first note was held and whose phone was muted. sizes, changed: of the rows once that was done. on_desk:
    notes that look otherwise on the desk since the muting. late: whose second note came only after all that.
    """

    truth: str
    rows: Mapping[str, int]
    second: Mapping[str, int]
    sizes: dict[int, int] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    muting_changed: set[int] = field(default_factory=set)
    on_desk: set[int] = field(default_factory=set)
    late: str = ""


Attacker = Callable[[Scene, Random], str]


def only_one(found: list[str], scene: Scene, rng: Random) -> str:
    """Return the only one there is; a coin where there are none or several."""
    return found[0] if len(found) == 1 else rng.choice(sorted(scene.rows))


def by_changed_row(scene: Scene, rng: Random) -> str:
    """Whose row is another once the note is held."""
    return only_one([name for name, row in scene.rows.items() if row in scene.changed], scene, rng)


def by_muted_row(scene: Scene, rng: Random) -> str:
    """Whose row is another once the phone is muted."""
    return only_one([name for name, row in scene.rows.items() if row in scene.muting_changed], scene, rng)


def by_size(scene: Scene, rng: Random) -> str:
    """Whose row has another length than the others'."""
    usual = Counter(scene.sizes[row] for row in scene.rows.values()).most_common(1)[0][0]
    return only_one([name for name, row in scene.rows.items() if scene.sizes[row] != usual], scene, rng)


def by_late_row(scene: Scene, rng: Random) -> str:
    """Who has written since the decision: the length of whose row is not what it made of all others."""
    usual = Counter(scene.sizes.values()).most_common(1)[0][0]
    return only_one([name for name, row in scene.second.items() if scene.sizes[row] != usual], scene, rng)


def by_the_desk(scene: Scene, rng: Random) -> str:
    """Whose second note looks otherwise on the desk: it is then known to come from the phone that was muted."""
    return only_one([name for name, row in scene.second.items() if row in scene.on_desk], scene, rng)


ATTACKERS: dict[str, Attacker] = {
    "changed row": by_changed_row,
    "muted row": by_muted_row,
    "row lengths": by_size,
    "late row": by_late_row,
    "the desk": by_the_desk,
}


def write(round_id: int, tag: str, text: str) -> int:
    """Write one note as a device would; return its row."""
    row = secrets.randbits(62) + 1
    note = Contribution(row, secrets.token_hex(16), tag, 1, "drains", text, from_leader=False)
    receipt = intake.write_and_wait(round_id, note, standing=Standing.ACCEPTED)
    assert receipt.outcome is Outcome.STORED
    return row


def on_the_desk(round_id: int) -> dict[int, Any]:
    """Return what the desk is sent of each note, by its row, which the desk does not know."""
    key, records = intake.records(round_id)
    cards = {record.id: card_of(key, record) for record in records}
    return {row: (card.id, card.text, card.column, card.standing) for row, card in cards.items()}


def play(rooms: int, seed: int) -> list[Scene]:
    """Hold activities in which one note worries, its author is offered a talk, and its phone is muted."""
    rng, scenes = Random(seed), []
    for round_id in range(1, rooms + 1):
        intake.open_round(round_id)
        names = [f"person {n}" for n in range(PEOPLE)]
        tags = {name: secrets.token_hex(16) for name in names}
        first = {name: write(round_id, tags[name], LONG) for name in names}
        truth, late = rng.sample(names, 2)
        second = {name: write(round_id, tags[name], "a second note") for name in names if name != late}
        assert len(LONG) <= LONGEST_TEXT
        assert len(OFFER) <= LONGEST_OFFER
        scene = Scene(truth, first, second, late=late)
        held = next(record for record in intake.records(round_id)[1] if record.id == first[scene.truth])
        about = [intake.public_id(intake.key_of(round_id), held)]
        before = loot().copy_of_intake()
        assert intake.screen(round_id, public_ids=about, standing=Standing.HELD, reason="danger") == 1
        assert asking.tell_more(round_id, reason="danger", words=OFFER) == 1
        between, desk = loot().copy_of_intake(), on_the_desk(round_id)
        assert asking.mute(round_id, public_ids=about) == 1
        after, desk_after = loot().copy_of_intake(), on_the_desk(round_id)
        second[late] = write(round_id, tags[late], "a second note")
        scene.changed = {row for row in between if between[row] != before[row]}
        scene.muting_changed = {row for row in after if after[row] != between[row]}
        scene.sizes = {row: len(sealed) for row, sealed in loot().copy_of_intake().items()}
        scene.on_desk = {row for row in desk if desk[row] != desk_after[row]}
        scenes.append(scene)
        intake.begin_closing(round_id)
        intake.seal_round(round_id)
    return scenes


def z_of(attack: Attacker, scenes: list[Scene]) -> float:
    """Return z of the right names, of whose phone was muted or of who was late; 0 is chance: one in six."""
    rng, p = Random(f"coins {SEED}"), 1 / PEOPLE  # not those of the scenes: they would know the truth
    hits = sum(attack(scene, rng) == (scene.late if attack is by_late_row else scene.truth) for scene in scenes)
    return round((hits - len(scenes) * p) / sqrt(len(scenes) * p * (1 - p)), 2)


@pytest.fixture(autouse=True)
def _store() -> Iterator[None]:
    yield
    intake.stop()


def test_E7_nobody_can_tell_whose_note_is_held_nor_whose_phone_is_muted() -> None:
    scenes = play(ROOMS, SEED)
    found = {name: z_of(attack, scenes) for name, attack in ATTACKERS.items()}
    print(f"\n{ROOMS} activities, seed {SEED}, z = {found}")
    assert {name: z for name, z in found.items() if abs(z) >= CHANCE} == {}


Plant = Callable[[pytest.MonkeyPatch], None]


def one_row_at_a_time(patch: pytest.MonkeyPatch) -> None:
    """A decision writes only the row it is about, "the others have not changed"."""
    patch.setattr(writer, "MOST_REWRITTEN", 0)


def as_large_as_needed(patch: pytest.MonkeyPatch) -> None:
    """Rows are written anew as long as each of them needs."""
    patch.setattr(writer, "pack", lambda record, **_: rules.pack(record))


def small_again(patch: pytest.MonkeyPatch) -> None:
    """Only the commit of a decision writes rows in one length."""
    patch.setattr(OpenRound, "is_large", False)


def muting_holds_the_rest(patch: pytest.MonkeyPatch) -> None:
    """Muting a phone takes its other notes off the screens too, "they are from the same person"."""
    before = asking.mute

    def mute(round_id: int, *, public_ids: Any) -> int:
        muted = before(round_id, public_ids=public_ids)

        def hold_all(draft: Any) -> None:
            there = draft.records(round_id)
            for one in [one for one in there if draft.is_muted(round_id, one.tag)]:
                draft.put(round_id, replace(one, standing=Standing.HELD))

        intake.WRITER.ask(round_id, hold_all)
        return muted

    patch.setattr(asking, "mute", mute)


LEAKS: dict[str, tuple[Plant, Attacker]] = {
    "one row at a time, held": (one_row_at_a_time, by_changed_row),
    "one row at a time, muted": (one_row_at_a_time, by_muted_row),
    "as large as needed": (as_large_as_needed, by_size),
    "small again": (small_again, by_late_row),
    "muting holds the rest": (muting_holds_the_rest, by_the_desk),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_E7_a_leak_planted_into_muting_is_noticed(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, attack = LEAKS[leak]
    plant(monkeypatch)
    assert z_of(attack, play(ROOMS // 3, SEED)) >= CAUGHT
