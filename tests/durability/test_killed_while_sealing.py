"""A seal that is killed at any of its steps is finished by the next start: same counts, nothing twice, no key left."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.durability.conftest import NewInstallation, Say
from tests.durability.sealing import HELD, NOTES, WAITING, WITHDRAWN

KEPT = sorted(f"note {i}" for i in range(1, NOTES - WITHDRAWN + 1))
SHOWN = NOTES - HELD - WAITING - WITHDRAWN


@pytest.fixture(params=["new_installation", "new_shared_installation"], ids=["sqlite", "postgresql"])
def kills(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """What was found after a kill at each point of a seal."""
    new: NewInstallation = request.getfixturevalue(request.param)
    installation = new()
    command = [sys.executable, "-m", "tests.durability.sealing"]
    env = {**os.environ, **installation.environment()}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_seal_killed_at_any_point_is_finished_by_the_next_start(kills: list[dict[str, Any]], say: Say) -> None:
    assert all(kill["killed"] for kill in kills)
    for kill in kills:
        found = (kill["state"], kill["counts"], kill["texts"], kill["intake"], kill["keys"])
        assert found == ("sealed", [SHOWN, HELD, WAITING, WITHDRAWN], KEPT, 0, 0), kill["point"]
        assert kill["leaders"] == [text for text in KEPT if int(text.split()[1]) % 9 == 0], kill["point"]
        assert kill["log"] == 0, f"{kill['point']}: the log still tells who wrote when"
    points = [kill["point"] for kill in kills]
    for step in ("mark", "move", "empty_the_log", "forget_the_key"):
        assert {f"before step {step}", f"after step {step}"} <= set(points)
    inside = [point for point in points if "step" not in point]
    assert len(inside) >= 20  # statements, commits, syncs and removals within the steps
    assert {kill["before"] for kill in kills} == {"closing", "sealing", "sealed"}  # kills hit every state on the way
    say(f"{len(kills)} kills while sealing, {len(inside)} of them inside a step; the next start finished every one")
