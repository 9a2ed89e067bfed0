"""Between two sittings the process may be killed: nothing is lost, and one seal mixes what both wrote (E3)."""

import os
import signal

import pytest
from django.db import connection, connections

from holdfast.keys import random_key
from holdfast.voices import intake, keyring
from holdfast.voices.intake import Contribution, Outcome, Standing
from holdfast.voices.models import Intake, Note

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
ROUNDS, EACH = 40, 6


def write(round_id: int, text: str) -> Outcome:
    """Write one note as a device would."""
    note = Contribution(random_key(), "5" * 32, f"{random_key():032x}", 1, "drains", text, from_leader=False)
    return intake.write_and_wait(round_id, note, standing=Standing.ACCEPTED).outcome


def killed_after_writing(round_id: int, texts: list[str]) -> None:
    """Hold the first sitting in a process of its own, which is killed once its notes are saved."""
    intake.stop()
    connections.close_all()
    child = os.fork()
    if child == 0:
        intake.open_round(round_id)
        for text in texts:
            write(round_id, text)
        os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a fork of this process shares a connection elsewhere")
def test_E3_a_process_killed_between_the_sittings_loses_nothing_and_the_key_goes_last() -> None:
    monday, thursday = [f"monday {n}" for n in range(EACH)], [f"thursday {n}" for n in range(EACH)]
    killed_after_writing(7, monday)
    assert Intake.objects.count() == EACH
    assert not any(text.encode() in bytes(row.sealed) for row in Intake.objects.all() for text in monday)
    intake.start()
    try:
        intake.open_round(7)  # as the second sitting does: the same key, the same round
        assert {write(7, text) for text in thursday} == {Outcome.STORED}
        intake.begin_closing(7)
        intake.seal_round(7)
        assert sorted(Note.objects.filter(round_id=7).values_list("text", flat=True)) == sorted(monday + thursday)
        assert not Intake.objects.exists()
        assert 7 not in keyring.kept()
    finally:
        intake.stop()


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
