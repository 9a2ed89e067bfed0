"""A server killed at random moments under load loses nothing it acknowledged, and doubles nothing."""

import asyncio
from random import Random

import pytest

from tests.durability.conftest import NewInstallation, Say
from tests.durability.installation import Installation
from tests.durability.writers import Crowd

KILLS_IN_ONE_ROUND = 10
SEED = 4711


async def write_and_be_killed(installation: Installation, *, kills: int, seed: int) -> tuple[list[str], int]:
    """Let phones write while their server is killed and started again; return what must be there, and true hits.

    A hit counts when requests were under way at the moment of the kill.
    """
    rng, hits = Random(f"kills {seed}"), 0
    async with Crowd(installation, seed=seed) as crowd:
        for _ in range(kills):
            await asyncio.to_thread(installation.start)
            await crowd.until_acknowledged(rng.randint(1, 25))
            await asyncio.sleep(rng.uniform(0, 0.05))
            hits += crowd.under_way() > 0
            installation.kill()
        await asyncio.to_thread(installation.start)
        await crowd.stop_writing()
        assert crowd.refused() == []
        installation.kill()
        installation.close_for_good()
        await asyncio.to_thread(installation.start)
        sealed = lambda: all(phone.phase() == "sealed" for phone in crowd.phones)  # noqa: E731 - said once
        await crowd.until(sealed, "every phone to hear by itself that the round is closed")
        assert all(phone.reconnects for phone in crowd.phones)
        return crowd.expected(), hits


def trials(new_installation: NewInstallation, say: Say, *, rounds: int, seed: int) -> None:
    """Kill a server ten times in each round, seal it, and compare."""
    hits = notes = 0
    for number in range(rounds):
        installation = new_installation()
        assert installation.keys() != []  # there is a key that can be destroyed
        expected, more = asyncio.run(write_and_be_killed(installation, kills=KILLS_IN_ONE_ROUND, seed=seed + number))
        kept = what_is_kept(installation)
        assert kept == expected, f"seed {seed + number}"
        assert installation.rows("voices", "SELECT count(*) FROM voices_intake") == [(0,)]
        assert installation.keys() == []
        assert len(expected) >= KILLS_IN_ONE_ROUND  # there was something to lose
        hits, notes = hits + more, notes + len(kept)
    killed = rounds * KILLS_IN_ONE_ROUND
    say(f"{killed} kills (seed {seed}), {hits} with requests under way; {notes} notes, none lost, none double")
    assert hits >= killed * 0.8


def what_is_kept(installation: Installation) -> list[str]:
    """Return the notes of a sealed round, in alphabetical order."""
    installation.kill()
    return [text for (text,) in installation.rows("voices", "SELECT text FROM voices_note ORDER BY text")]


def test_fifty_kills_lose_nothing_and_double_nothing(new_installation: NewInstallation, say: Say) -> None:
    trials(new_installation, say, rounds=5, seed=SEED)


@pytest.mark.soak
def test_a_thousand_kills_lose_nothing_and_double_nothing(new_installation: NewInstallation, say: Say) -> None:
    trials(new_installation, say, rounds=100, seed=SEED + 1000)


def test_the_trials_catch_a_server_that_says_saved_too_early(new_installation: NewInstallation) -> None:
    installation = new_installation()
    installation.program = "tests.durability.careless"
    expected, _ = asyncio.run(write_and_be_killed(installation, kills=10, seed=SEED))

    lost = set(expected) - set(what_is_kept(installation))

    assert lost
