"""Two sittings of one round, each in a process of its own: `python -m tests.durability.sittings <which> <round>`."""

import json
import os
import signal
import sys

import django

EACH = 6


def texts(sitting: str) -> list[str]:
    """Return what is written in a sitting."""
    return [f"{sitting} {n}" for n in range(EACH)]


def hold(sitting: str, round_id: int) -> list[str]:
    """Write the notes of one sitting as devices would; return what became of each."""
    from holdfast.keys import random_key
    from holdfast.voices import intake

    intake.start()
    intake.open_round(round_id)  # in the second sitting: the same key, the same round
    outcomes = []
    for text in texts(sitting):
        note = intake.Contribution(random_key(), "5" * 32, f"{random_key():032x}", 1, "drains", text, from_leader=False)
        outcomes.append(intake.write_and_wait(round_id, note, standing=intake.Standing.ACCEPTED).outcome.value)
    return outcomes


def main() -> None:
    """Hold the first sitting and be killed once its notes are saved; or hold the second and seal both."""
    django.setup()
    from holdfast.voices import intake

    sitting, round_id = sys.argv[1], int(sys.argv[2])
    sys.stdout.write(json.dumps(hold(sitting, round_id)) + "\n")
    sys.stdout.flush()
    if sitting == "monday":
        os.kill(os.getpid(), signal.SIGKILL)
    intake.begin_closing(round_id)
    intake.seal_round(round_id)
    intake.stop()


if __name__ == "__main__":
    main()
