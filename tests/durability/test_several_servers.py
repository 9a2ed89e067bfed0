"""Two servers share one PostgreSQL: phones spread over them see one room, and a server that is killed costs nothing."""

import asyncio
import os
import signal
from pathlib import Path
from random import Random

import pytest

from tests.durability.conftest import NewInstallation, Say
from tests.durability.installation import Installation
from tests.durability.test_killed_under_load import trials, what_is_kept
from tests.durability.writers import Crowd

TAKE_OVERS = 12
SEED = 815


def show_to_all(installation: Installation) -> None:
    """Reveal the round as another server would: change the row, and say that the room has changed."""
    with installation.connect("holdfast") as server:
        server.execute("UPDATE gatherings_round SET phase = 'revealed'")
        (room,) = server.execute("SELECT room_id FROM gatherings_round").fetchone()
        server.execute("SELECT pg_notify('holdfast_rooms', %s)", [f"tester room {room}"])


async def see_the_same(crowd: Crowd) -> None:
    """Wait until every phone shows every note and counts every phone."""
    wanted = crowd.expected()
    same = lambda: all(sorted(phone.on_screen.values()) == wanted for phone in crowd.phones)  # noqa: E731 - said once
    await crowd.until(same, f"all phones to show the same {len(wanted)} notes")


async def count_the_same(installation: Installation, crowd: Crowd, people: int) -> None:
    """Show the round until every phone is told of all: a second passes until a server knows how many the other has."""
    for _ in range(20):
        await asyncio.to_thread(show_to_all, installation)
        await see_the_same(crowd)
        if (told := {phone.state["people"] for phone in crowd.phones}) == {people}:
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"{told} of {people}")


async def spread(installation: Installation, *, seed: int) -> tuple[int, list[str]]:
    """Let phones write to two servers and look; return on how many servers they were, and what they saw."""
    async with Crowd(installation, seed=seed, phones=12) as crowd:
        await asyncio.to_thread(installation.start)
        await crowd.until_acknowledged(40)
        busy = sum(connections_of(pid) > 2 for pid in installation.servers())
        await crowd.stop_writing()
        await count_the_same(installation, crowd, 12)
        assert {phone.state["round"]["totals"]["drains"] for phone in crowd.phones if phone.state["round"]["totals"]}
        return busy, crowd.expected()


def connections_of(pid: int) -> int:
    """Count the sockets a process has open."""
    return sum(str(fd.readlink()).startswith("socket:") for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink())


def test_phones_spread_over_two_servers_see_the_same_room(new_shared_installation: NewInstallation) -> None:
    installation = new_shared_installation()

    busy, expected = asyncio.run(spread(installation, seed=SEED))

    assert busy == 2
    assert len(expected) >= 20


async def take_over(installation: Installation, *, kills: int, seed: int) -> tuple[list[str], int]:
    """Let phones write while one of the two servers is killed again and again; the other one goes on."""
    rng, hits = Random(f"take-overs {seed}"), 0
    await asyncio.to_thread(installation.start)
    async with Crowd(installation, seed=seed) as crowd:
        for _ in range(kills):
            await crowd.until_acknowledged(rng.randint(1, 25))
            hits += crowd.under_way() > 0
            os.kill(rng.choice(installation.servers()), signal.SIGKILL)
        await crowd.stop_writing()
        assert crowd.refused() == []
        assert any(phone.reconnects for phone in crowd.phones)
        await asyncio.to_thread(show_to_all, installation)
        await see_the_same(crowd)
        installation.kill()
        installation.close_for_good()
        await asyncio.to_thread(installation.start)
        sealed = lambda: all(phone.phase() == "sealed" for phone in crowd.phones)  # noqa: E731 - said once
        await crowd.until(sealed, "every phone to hear by itself that the round is closed")
        return crowd.expected(), hits


def take_overs(installation: Installation, say: Say, *, kills: int, seed: int) -> None:
    """Kill one of two servers many times, seal, and compare."""
    expected, hits = asyncio.run(take_over(installation, kills=kills, seed=seed))
    assert what_is_kept(installation) == expected, f"seed {seed}"
    assert installation.rows("voices", "SELECT count(*) FROM voices_intake") == [(0,)]
    assert installation.keys() == []
    say(f"{kills} take-overs (seed {seed}), {hits} with requests under way; {len(expected)} notes, none lost or double")
    assert hits >= kills * 0.5


def test_a_server_that_is_killed_costs_a_reconnect_and_no_note(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    take_overs(new_shared_installation(), say, kills=TAKE_OVERS, seed=SEED)


@pytest.mark.soak
def test_a_hundred_take_overs_lose_nothing(new_shared_installation: NewInstallation, say: Say) -> None:
    take_overs(new_shared_installation(), say, kills=100, seed=SEED + 1)


def test_ten_kills_of_both_servers_lose_nothing_and_double_nothing(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    trials(new_shared_installation, say, rounds=1, seed=SEED)
