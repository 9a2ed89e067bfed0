"""Between two sittings the process may be killed: nothing is lost, and one seal mixes what both wrote (E3)."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.db import connections

from holdfast.keys import random_key
from holdfast.voices import intake
from holdfast.voices.intake import Contribution, Outcome, Standing
from holdfast.voices.models import Note
from tests.durability.conftest import NewInstallation
from tests.durability.installation import Installation
from tests.durability.sittings import EACH, texts

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROUNDS = 40


def write(round_id: int, text: str) -> Outcome:
    """Write one note as a device would."""
    note = Contribution(random_key(), "5" * 32, f"{random_key():032x}", 1, "drains", text, from_leader=False)
    return intake.write_and_wait(round_id, note, standing=Standing.ACCEPTED).outcome


def in_a_process(installation: Installation, sitting: str) -> tuple[int, list[str]]:
    """Hold a sitting in a process of its own; return how it ended (a signal is negative) and what became of notes."""
    command = [sys.executable, "-m", "tests.durability.sittings", sitting, str(round_of(installation))]
    env = {**os.environ, **installation.environment()}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout, done.stderr[-3000:]
    return done.returncode, json.loads(done.stdout)


def round_of(installation: Installation) -> int:
    """Return the key of the only round, as its key file names it."""
    (key,) = installation.keys()
    return int(key.stem)


@pytest.mark.parametrize("new", ["new_installation", "new_shared_installation"], ids=["sqlite", "postgresql"])
def test_E3_a_process_killed_between_the_sittings_loses_nothing_and_the_key_goes_last(
    new: str, request: pytest.FixtureRequest
) -> None:
    make: NewInstallation = request.getfixturevalue(new)
    installation = make()
    assert in_a_process(installation, "monday") == (-signal.SIGKILL, ["stored"] * EACH)
    sealed = [bytes(row[0]) for row in installation.rows("voices", "SELECT sealed FROM voices_intake")]
    assert len(sealed) == EACH
    assert not any(text.encode() in row for row in sealed for text in texts("monday"))
    assert len(installation.keys()) == 1
    assert in_a_process(installation, "thursday") == (0, ["stored"] * EACH)
    found = [row[0] for row in installation.rows("voices", "SELECT text FROM voices_note")]
    assert sorted(found) == texts("monday") + texts("thursday")
    assert installation.rows("voices", "SELECT count(*) FROM voices_intake") == [(0,)]
    assert installation.keys() == []


def placed_first(rows: list[str]) -> float:
    """Return the share of the first half of the rows that the first sitting wrote: a half, if order says nothing."""
    return sum(text.startswith("monday") for text in rows[: len(rows) // 2]) / (len(rows) // 2)


def test_E3_no_order_of_what_stays_tells_the_sittings_apart() -> None:
    shares: dict[str, list[float]] = {"row": [], "key": [], "leak": []}
    try:
        for round_id in range(1, ROUNDS + 1):
            intake.open_round(round_id)
            written = [f"{day} {n}" for day in ("monday", "thursday") for n in range(EACH)]
            for text in written:
                write(round_id, text)
            shares["leak"].append(placed_first(written))  # the order in which they came, had it been kept
            intake.begin_closing(round_id)
            intake.seal_round(round_id)
            with connections["voices"].cursor() as cursor:
                hidden = "rowid" if connections["voices"].vendor == "sqlite" else "ctid"
                cursor.execute(f"SELECT text FROM voices_note WHERE round_id = %s ORDER BY {hidden}", [round_id])  # noqa: S608
                shares["row"].append(placed_first([row[0] for row in cursor.fetchall()]))
            keys = Note.objects.filter(round_id=round_id).order_by("pk").values_list("text", flat=True)
            shares["key"].append(placed_first(list(keys)))
    finally:
        intake.stop()
    mean = {name: sum(found) / len(found) for name, found in shares.items()}
    assert mean["leak"] == 1.0  # there was an order to find
    assert abs(mean["row"] - 0.5) < 0.13
    assert abs(mean["key"] - 0.5) < 0.13
