"""Votes that were acknowledged are counted once, whatever happens to the server in between (E3, D7.1)."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from bench.prepare import ITEMS, prepare
from holdfast.gatherings.kinds.prioritise import DOTS, usual_setup
from holdfast.gatherings.rehearsal import Phone, Script
from tests.durability.installation import CODE, Installation, until
from tests.made_once import with_databases

PHONES, KILLS, SEED = 12, 3, 815


def more_than(few: int, count: Callable[[], int]) -> bool:
    """Tell whether something is counted more often than that."""
    return count() > few


async def vote_and_be_killed(installation: Installation, rng: Random) -> list[Phone]:
    """Let phones give their dots while their server is killed and started again; return them once all is saved."""
    script = Script(installation.url, CODE, 0, 1.0, {"": ("a note",)}, longest_wait=0.2)
    phones = [Phone(script, Random(f"{SEED} {n}")) for n in range(PHONES)]
    await asyncio.to_thread(installation.start)
    living = [asyncio.create_task(phone.live()) for phone in phones]

    def saved() -> int:
        return sum(bool(ballot.saved) for phone in phones for ballot in phone.ballots)

    for kills in range(KILLS):
        await until(partial(more_than, kills, saved), "ballots to be saved")
        await asyncio.sleep(rng.uniform(0, 0.05))
        installation.kill()
        await asyncio.to_thread(installation.start)
    await until(lambda: saved() == PHONES and not any(p.outbox.waiting or p.writing for p in phones), "all to be saved")
    installation.kill()
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
    return phones


def test_D7_1_no_acknowledged_dot_is_lost_or_counted_twice_when_the_server_is_killed(tmp_path: Path) -> None:
    installation = Installation(prepare(with_databases(tmp_path), phase="writing", kind="prioritise"))
    try:
        phones = asyncio.run(vote_and_be_killed(installation, Random(SEED)))
        given = Counter(int(item) for phone in phones for item in phone.ballots[0].choices)
        assert given.total() == PHONES * usual_setup(DOTS, ITEMS)["budget"]
        installation.close_for_good()
        installation.start()
        asyncio.run(until(lambda: installation.phase() == "sealed", "the round to be sealed"))
        counted = installation.rows("voices", "SELECT item, count FROM voices_tally WHERE choice = 'dot'")
        assert dict(counted) == given
        assert installation.rows("voices", "SELECT shown FROM voices_voiceround") == [(PHONES,)]
        assert installation.rows("voices", "SELECT count(*) FROM voices_intake") == [(0,)]
    finally:
        installation.kill()
