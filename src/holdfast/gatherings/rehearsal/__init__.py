"""Rehearsal: simulated phones fill a room through the public addresses, so that a facilitator can practise."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

from holdfast.gatherings.rehearsal.phone import Phone, Script
from holdfast.gatherings.rehearsal.summary import Summary, sum_up
from holdfast.gatherings.rehearsal.wire import Refusal

__all__ = ["Phone", "Refusal", "Script", "Summary", "rehearse"]

Tell = Callable[[Sequence[Phone]], None]


async def rehearse(
    script: Script, *, phones: int, seed: int, leader: bool = False, tell: Tell | None = None
) -> Summary:
    """Fill a room with simulated phones and return what they saw, when the room has ended or they were told to leave.

    leader: the first phone joins as the leader. tell: called every half second. Raises Refusal when the room does not
    let them in. When cancelled, what happened so far is returned.
    """
    rng = Random(seed)  # noqa: S311 - a rehearsal can be repeated; nothing here is anybody's secret
    crowd = [
        Phone(script, Random(rng.random()), leads=leader and number == 0, scribe=number == int(leader))  # noqa: S311 - as above
        for number in range(phones)
    ]
    for number, phone in enumerate(crowd):
        phone.number_in_crowd, phone.spams = number, script.temper.spams and number == phones - 1
    living = [asyncio.create_task(_arrive(phone, at=number / 40)) for number, phone in enumerate(crowd)]
    telling = asyncio.create_task(_keep_telling(crowd, tell)) if tell else None
    try:
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*living)
    finally:
        for task in [*living, *([telling] if telling else [])]:
            task.cancel()
        await asyncio.gather(*living, return_exceptions=True)
    return sum_up(crowd)


async def _arrive(phone: Phone, *, at: float) -> None:
    await asyncio.sleep(at)
    await phone.live()


async def _keep_telling(crowd: Sequence[Phone], tell: Tell) -> None:
    while True:
        tell(crowd)
        await asyncio.sleep(0.5)
