"""Seals a round again and again, killed each time at another point, then resumed: `-m tests.durability.sealing`."""

# Run in a process of its own with the settings of an installation that has one open round. A kill is a fork that sends
# itself SIGKILL; what follows is another fork that starts the store as a server would. Prints one JSON object per kill.

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

import django

from tests import postgresql

NOTES, HELD, WAITING, WITHDRAWN = 40, 5, 7, 4
"""Notes written, and of these: held, not looked at, withdrawn; the others are accepted."""


class Points:
    """Counts what the seal does to disk and database, and kills the process at one of these moments."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at, self.passed = kill_at, list[str]()

    def here(self, name: str) -> None:
        """Pass a point, or die at it."""
        if len(self.passed) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed.append(name)

    def around(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function with a point before and one after it."""

        def watched(*arguments: Any, **options: Any) -> Any:
            self.here(f"before {name}")
            result = act(*arguments, **options)
            self.here(f"after {name}")
            return result

        return watched

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Watch a statement of the anonymous store."""
        return self.around(" ".join(sql.split()[:3]), execute)(sql, params, many, context)


def write(round_id: int) -> None:
    """Write the notes of one round."""
    import asyncio

    from holdfast.voices import intake

    async def act() -> None:
        for i in range(1, NOTES + 1):
            standing = intake.Standing.ACCEPTED
            if i <= HELD:
                standing = intake.Standing.HELD
            elif i <= HELD + WAITING:
                standing = intake.Standing.WAITING
            secret = f"{i:032x}"
            note = intake.Contribution(i, secret, "0" * 32, 1, "drains", f"note {i}", from_leader=i % 9 == 0)
            await intake.write(round_id, note, standing=standing)
            if i > NOTES - WITHDRAWN:
                await intake.withdraw(round_id, note_id=i, secret=secret)

    intake.start()
    asyncio.run(act())
    intake.begin_closing(round_id)
    intake.stop()


def seal(round_id: int, points: Points) -> None:
    """Seal the round with a watcher at every statement, commit, sync, rename and removal, and around every step."""
    from django.db import connections

    from holdfast.voices import intake
    from holdfast.voices import seal as steps

    def watched_seal(sealed: int) -> None:
        database = type(connections["voices"])
        with ExitStack() as stack:
            stack.enter_context(connections["voices"].execute_wrapper(points.statement))
            for place, name in ((database, "_commit"), (os, "fsync"), (os, "unlink")):
                stack.enter_context(mock.patch.object(place, name, points.around(name, getattr(place, name))))
            whole(sealed)

    intake.start()
    whole = steps.seal
    named = tuple(points.around(f"step {step.__name__}", step) for step in steps.STEPS)
    with mock.patch.object(steps, "STEPS", named), mock.patch.object(steps, "seal", watched_seal):
        intake.seal_round(round_id)
    intake.stop()


def resume(round_id: int) -> dict[str, Any]:
    """Start the store as a server does, close what was closing, and tell what is there."""
    from django.conf import settings

    from holdfast.voices import intake, keyring
    from holdfast.voices.models import Intake, Note, VoiceRound

    before = VoiceRound.objects.get(pk=round_id).state
    intake.start()
    for closing in VoiceRound.objects.filter(state="closing").order_by("pk"):
        intake.seal_round(closing.pk)  # a server does so when the time to close is over
    intake.stop()
    found = VoiceRound.objects.get(pk=round_id)
    log = Path(settings.DATA_DIR) / "voices.sqlite3-wal"
    return {
        "before": before,
        "state": found.state,
        "counts": [found.shown, found.held, found.waiting, found.withdrawn],
        "texts": sorted(Note.objects.values_list("text", flat=True)),
        "leaders": sorted(Note.objects.filter(from_leader=True).values_list("text", flat=True)),
        "intake": Intake.objects.count(),
        "keys": len(keyring.kept()),
        "log": log.stat().st_size if log.exists() else 0,
    }


def in_fork(act: Callable[[], object]) -> tuple[int, Any]:
    """Run something in a child; return how it ended (a signal is negative) and what it said."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            said = json.dumps(act()).encode()
            os.write(writer, said)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said) if said else None


def main() -> None:
    """Find the points by sealing once without a kill, then die at each of them in turn."""
    django.setup()
    from django.conf import settings

    folder, database = Path(settings.DATA_DIR).parent, str(settings.DATABASES["default"]["NAME"])
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    round_id = int(next((folder / "keys" / "rounds").glob("*.key")).stem)
    in_fork(lambda: write(round_id))
    template = folder.with_name(folder.name + "-written")
    shutil.copytree(folder, template)
    written = postgresql.fresh(of=database) if on_postgresql else ""

    def again() -> None:
        if on_postgresql:
            postgresql.put_back(database, of=written)
        for name in ("data", "keys"):
            shutil.rmtree(folder / name)
            shutil.copytree(template / name, folder / name)

    def dry() -> list[str]:
        points = Points(None)
        seal(round_id, points)
        return points.passed

    _, passed = in_fork(dry)
    for number, name in enumerate(passed):
        again()
        ended, _ = in_fork(lambda number=number: seal(round_id, Points(number)))  # type: ignore[misc]
        _, found = in_fork(lambda: resume(round_id))
        sys.stdout.write(json.dumps({"point": name, "killed": ended == -signal.SIGKILL, **(found or {})}) + "\n")


if __name__ == "__main__":
    main()
