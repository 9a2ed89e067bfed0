"""Notes through a network that cuts, swallows, delays and reorders, to one server and two: none missing or double."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from holdfast.gatherings.rehearsal import wire
from holdfast.gatherings.rehearsal.outbox import Outbox
from tests.durability.chaos import ODDS, Chaos, Fault
from tests.durability.conftest import NewInstallation, Say
from tests.durability.installation import Installation, until
from tests.durability.test_killed_under_load import what_is_kept
from tests.durability.writers import Busy, Crowd

SEED = 52
PHONES, NOTES_EACH = 40, 50
QUICK = {Fault.LOST: 0.35, Fault.UNANSWERED: 0.2, Fault.LATE: 0.1}
"""Faults that cost no waiting, often enough that a few notes meet them."""
Plant = Callable[[Busy], None]


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone gives up on an answer a little after the two seconds the network may take; a test cannot wait longer."""
    monkeypatch.setattr(wire, "PATIENCE", 3.0)
    monkeypatch.setattr(wire, "STREAM_PATIENCE", 6.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What must be there after the seal, what is there, and what happened on the way."""

    expected: list[str]
    kept: list[str]
    written: int
    attempts: int
    chaos: Chaos


async def write_through(chaos: Chaos, installation: Installation, *, phones: int, each: int, plant: Plant) -> Crowd:
    """Let everybody write all their notes through the proxy, and wait for the last answer and the last late copy."""
    async with chaos.running():
        crowd = Crowd(installation, seed=chaos.seed, phones=phones, most=each, url=chaos.url)
        for phone in crowd.phones:
            plant(phone)
        async with crowd:
            done = lambda: all(phone.has_written() for phone in crowd.phones)  # noqa: E731 - said once
            await crowd.until(done, "everybody to have written", seconds=120)
            await chaos.until_nothing_is_late()
        return crowd


def carry(
    installation: Installation,
    *,
    seed: int,
    phones: int,
    each: int,
    plant: Plant = lambda _: None,
    odds: Mapping[Fault, float] = ODDS,
) -> Outcome:
    """Serve, let a crowd write through chaos, seal and look."""
    installation.start()
    chaos = Chaos(installation.port, seed, odds=odds)
    crowd = asyncio.run(write_through(chaos, installation, phones=phones, each=each, plant=plant))
    assert crowd.refused() == []
    installation.kill()
    installation.close_for_good()
    installation.start()
    asyncio.run(until(lambda: installation.phase() == "sealed", "the seal"))
    attempts = sum(phone.outbox.attempts for phone in crowd.phones)
    return Outcome(
        crowd.expected(), what_is_kept(installation), sum(len(p.notes) for p in crowd.phones), attempts, chaos
    )


def through_chaos(installation: Installation, say: Say, *, phones: int, each: int, least: int) -> None:
    """Let a crowd write through chaos; nothing may be missing or double, and each kind of trouble is met often."""
    found = carry(installation, seed=SEED, phones=phones, each=each)

    assert found.written == phones * each
    assert found.kept == found.expected, f"seed {SEED}"
    assert set(found.chaos.met) == set(Fault)
    assert min(found.chaos.met.values()) >= least
    met = ", ".join(f"{number} × {fault}" for fault, number in sorted(found.chaos.met.items()))
    where = f"{installation.workers} servers on PostgreSQL" if installation.database else "SQLite"
    say(f"{where}: {found.written} notes, {found.attempts} requests (seed {SEED}); {met}; none missing, none double")


def test_two_thousand_notes_through_chaos_none_missing_none_double(new_installation: NewInstallation, say: Say) -> None:
    assert PHONES * NOTES_EACH == 2000
    through_chaos(new_installation(), say, phones=PHONES, each=NOTES_EACH, least=10)


def test_notes_through_chaos_to_two_servers_none_missing_none_double(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    through_chaos(new_shared_installation(), say, phones=10, each=30, least=1)


@pytest.mark.soak
def test_two_thousand_notes_through_chaos_to_two_servers_none_missing_none_double(
    new_shared_installation: NewInstallation, say: Say
) -> None:
    through_chaos(new_shared_installation(), say, phones=PHONES, each=NOTES_EACH, least=10)


class AsNew(Outbox):
    """A planted client that draws a new id whenever it sends again."""

    async def send_first(self) -> bool:
        """Send under a new id."""
        letter = self.waiting[0]
        new = {**letter.content, "id": str(self.rng.randint(1, 2**62))}
        if letter.address == "notes/" and letter.content["rev"] == 1:
            self.waiting[0] = replace(letter, content=new)
        return await Outbox.send_first(self)


class Once(Outbox):
    """A planted client that believes whatever it has sent has arrived."""

    async def send_first(self) -> bool:
        """Send, and hope."""
        await Outbox.send_first(self)
        return True


def careless(phone: Busy) -> None:
    """Give every other phone one way to be careless, the rest the other."""
    make = AsNew if int(phone.name.rsplit(" ", 1)[1]) % 2 else Once
    phone.outbox = make(phone.line, phone.outbox.room, phone.rng, phone.script.longest_wait)


def compare(found: Outcome) -> tuple[set[str], int]:
    """Return what is missing, and how many are there more often than they should be."""
    missing = set(found.expected) - set(found.kept)
    return missing, len(found.kept) - len(set(found.kept))


def test_chaos_catches_a_server_that_takes_what_comes_again_for_new(new_installation: NewInstallation) -> None:
    installation = new_installation()
    installation.program = "tests.durability.doubling"

    _, double = compare(carry(installation, seed=SEED, phones=8, each=20, odds=QUICK))

    assert double


def test_chaos_catches_phones_that_send_only_once_or_again_as_something_new(new_installation: NewInstallation) -> None:
    missing, double = compare(carry(new_installation(), seed=SEED, phones=8, each=20, plant=careless, odds=QUICK))

    assert missing
    assert double
