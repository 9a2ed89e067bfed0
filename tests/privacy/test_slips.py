"""Who drew which slip: attackers with the printed sheets, the log of who came, and every table there is (E3)."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from holdfast.gatherings.actions import slips
from holdfast.gatherings.drawn import shown
from holdfast.gatherings.models import Room, Slip
from holdfast.voices import admission, intake
from holdfast.voices.admission import SLIPS, Viewer
from holdfast.voices.intake import Contribution, Outcome, Standing
from tests.gatherings.rooms import Stage, a_room

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SESSIONS, WITH_A_LEAK, PEOPLE, SEED = 24, 8, 6, 3_003
CHANCE, CAUGHT = 3.5, 5.0


@dataclass(slots=True)
class Scene:
    """One session: slips are printed and drawn, people come in the order of the sheets, and write twice.

    truth: the place on the sheets of the slip an attacker asks about, whose holder comes in alone. table: fingerprints
    in the order in which the database keeps them; printed: in that of the sheets. touched: rows that are others since
    somebody came in. first, second: tag and author of each note of two activities, in the order of their rows.
    """

    truth: int
    printed: list[str]
    table: list[str]
    touched: list[str]
    first: list[tuple[str, int]] = field(default_factory=list)
    second: list[tuple[str, int]] = field(default_factory=list)


Attacker = Callable[[Scene, Random], bool]


def right(found: list[int], scene: Scene, rng: Random) -> bool:
    """Tell whether the only one found is the one asked about; where none or several are, a coin with six sides."""
    return (found[0] if len(found) == 1 else rng.randrange(PEOPLE)) == scene.truth


def by_table_order(scene: Scene, rng: Random) -> bool:
    """The rows stand in the order of the sheets."""
    return scene.table[scene.truth] == scene.printed[scene.truth]


def by_touched_row(scene: Scene, rng: Random) -> bool:
    """Coming in changes the row of one's slip."""
    return right([scene.printed.index(row) for row in scene.touched], scene, rng)


def by_note_order(scene: Scene, rng: Random) -> bool:
    """The notes stand in the order in which people came, which is that of the sheets."""
    return scene.first[scene.truth][1] == scene.truth


def by_tag(scene: Scene, rng: Random) -> bool:
    """A tag that is the same in two activities has one author."""
    mine = next(tag for tag, author in scene.first if author == scene.truth)
    return right([author for tag, author in scene.second if tag == mine], scene, rng)


def by_fingerprint(scene: Scene, rng: Random) -> bool:
    """A tag can be computed from what the table keeps of a slip."""
    kept = scene.printed[scene.truth]
    made = {kept[:32], kept[32:], hashlib.sha256(kept.encode()).hexdigest()[:32]}
    return right([author for tag, author in scene.first if tag in made], scene, rng)


ATTACKERS: dict[str, Attacker] = {
    "table order": by_table_order,
    "touched row": by_touched_row,
    "note order": by_note_order,
    "tag of two activities": by_tag,
    "fingerprint": by_fingerprint,
}


def rows() -> Mapping[str, Any]:
    """Return the table of slips as the database keeps it, in its own order."""
    hidden, place = ("rowid", "0") if connection.vendor == "sqlite" else ("ctid", "ctid")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fingerprint, id, draw_id, {place} FROM gatherings_slip ORDER BY {hidden}")  # noqa: S608
        return {row[0]: row[1:] for row in cursor.fetchall()}


def draw_id() -> int:
    """Draw the id of a note as a phone does."""
    return secrets.randbits(62) + 1


def write(round_id: int, tag: str, author: int) -> None:
    """Write a note; its words say who wrote it, and no attacker reads them."""
    note = Contribution(draw_id(), secrets.token_hex(16), tag, 1, "drains", f"{author}", from_leader=False)
    assert intake.write_and_wait(round_id, note, standing=Standing.ACCEPTED).outcome is Outcome.STORED


def come_in(token: str) -> tuple[Room, str]:
    """Come in with a slip; return the room and the holder."""
    room, draw = shown.room_of(token)
    ticket = SLIPS.issue(room.pk, viewer=Viewer.PARTICIPANT, draw=draw, token=token)
    found = SLIPS.redeem(ticket, room_id=room.pk, draw=draw)
    assert found is not None
    assert found.holder
    return room, found.holder


def play(stage: Stage, sessions: int) -> list[Scene]:
    """Let people draw slips and write, session by session."""
    rng, scenes = Random(SEED), []
    for number in range(sessions):
        tokens = slips.draw_slips(stage.gathering, count=PEOPLE, fresh=True, by=stage.bo)
        before, truth = rows(), rng.randrange(PEOPLE)
        come_in(tokens[truth])
        after = rows()
        printed = [SLIPS.fingerprint(token) for token in tokens]
        touched = [one for one in printed if after.get(one) != before[one]]
        scene = Scene(truth, printed, list(before), touched)
        for activity, notes in ((2 * number + 1, scene.first), (2 * number + 2, scene.second)):
            intake.open_round(activity)
            for author, token in enumerate(tokens):
                write(activity, SLIPS.tag(come_in(token)[1], activity), author)
            records = sorted(intake.records(activity)[1], key=lambda record: record.id)
            notes += [(record.tag, int(record.text)) for record in records]
            intake.begin_closing(activity)
            intake.seal_round(activity)
        scenes.append(scene)
    return scenes


def z_of(attack: Attacker, scenes: list[Scene]) -> float:
    """Return z of the right answers; 0 is chance: one in six."""
    rng, p = Random(f"coins {SEED}"), 1 / PEOPLE
    hits = sum(attack(scene, rng) for scene in scenes)
    return round((hits - len(scenes) * p) / sqrt(len(scenes) * p * (1 - p)), 2)


@pytest.fixture(autouse=True)
def _store() -> Iterator[None]:
    yield
    intake.stop()


def test_E3_nobody_can_tell_who_drew_which_slip_nor_join_two_activities_by_it() -> None:
    scenes = play(a_room(writing=False), SESSIONS)
    found = {name: z_of(attack, scenes) for name, attack in ATTACKERS.items()}
    print(f"\n{SESSIONS} sessions, seed {SEED}, z = {found}")
    assert {name: z for name, z in found.items() if abs(z) >= CHANCE} == {}


Plant = Callable[[pytest.MonkeyPatch], None]


class Unshuffled:
    """Chance that leaves everything where it is."""

    def shuffle(self, _rows: list[object]) -> None:
        """Do nothing."""


def as_printed(patch: pytest.MonkeyPatch) -> None:
    """Slips are written as they are printed, and their keys count."""
    counted = iter(range(1, 10**9))
    patch.setattr(Slip._meta.get_field("id"), "_get_default", lambda: next(counted))
    patch.setattr("holdfast.gatherings.actions.slips.secrets", SimpleNamespace(SystemRandom=Unshuffled))


def marked_as_used(patch: pytest.MonkeyPatch) -> None:
    """A slip that was used is written anew, "so that we know how many have come"."""
    before = shown.room_of

    def room_of(token: str) -> tuple[Room, int]:
        used = Slip.objects.get(fingerprint=SLIPS.fingerprint(token))
        used.delete()
        Slip.objects.create(draw_id=used.draw_id, fingerprint=used.fingerprint)
        return before(token)

    patch.setattr(shown, "room_of", room_of)


def counted_notes(patch: pytest.MonkeyPatch) -> None:
    """Notes are numbered as they come."""
    counted = iter(range(1, 10**9))
    patch.setitem(globals(), "draw_id", lambda: next(counted))


def one_tag_for_all(patch: pytest.MonkeyPatch) -> None:
    """A slip has one tag for the whole session."""
    before = SLIPS.tag
    patch.setattr(admission.SlipAdmission, "tag", lambda _self, holder, _round: before(holder, 0))


def tag_of_the_fingerprint(patch: pytest.MonkeyPatch) -> None:
    """The tag is made of what the table keeps, "so that a slip can be taken back"."""
    kept: dict[str, str] = {}
    before = SLIPS.issue

    def issue(_self: object, room_id: int, *, token: str = "", **known: Any) -> str:
        ticket = before(room_id, token=token, **known)
        if token:
            kept[ticket.split("~")[1].split(".")[0]] = SLIPS.fingerprint(token)
        return ticket

    def tag(_self: object, holder: str, _round: int) -> str:
        return hashlib.sha256(kept[holder].encode()).hexdigest()[:32]

    patch.setattr(admission.SlipAdmission, "issue", issue)
    patch.setattr(admission.SlipAdmission, "tag", tag)


LEAKS: dict[str, tuple[Plant, Attacker]] = {
    "as printed": (as_printed, by_table_order),
    "marked as used": (marked_as_used, by_touched_row),
    "counted notes": (counted_notes, by_note_order),
    "one tag for all": (one_tag_for_all, by_tag),
    "tag of the fingerprint": (tag_of_the_fingerprint, by_fingerprint),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_E3_a_leak_planted_into_slips_is_noticed(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, attack = LEAKS[leak]
    plant(monkeypatch)
    assert z_of(attack, play(a_room(writing=False), WITH_A_LEAK)) >= CAUGHT
