"""Phones that write as fast as they are answered, each note with words of its own, until they are told to stop."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from holdfast.gatherings.rehearsal import Phone, Script
from holdfast.gatherings.rehearsal.outbox import Note
from holdfast.gatherings.rehearsal.tempers import Temper
from tests.durability.installation import CODE, Installation, until


@dataclass(slots=True)
class Busy(Phone):
    """A phone that always has something to add, to change or to take back, until it has written its most."""

    name: str = ""
    most: int = 190
    stopped: bool = False

    async def write(self, current: Mapping[str, Any]) -> None:
        """Write, now and then change or withdraw a note, until stopped."""
        fields = {"ticket": self.ticket, "round": current["id"]}
        tag = f"{self.rng.getrandbits(128):032x}"
        while not self.stopped and len(self.notes) < self.most:
            await asyncio.sleep(self.rng.expovariate(1 / 0.03))
            if len(self.outbox.waiting) >= 10:
                continue  # while the server is away nobody takes back everything there is
            turn = self.rng.random()
            settled = [note for note in self.notes if note.saved and not note.taken_back]
            if turn < 0.15 and settled:
                note = self.rng.choice(settled)
                note.rev, note.text = note.rev + 1, f"{note.text.split(' (')[0]} (changed {note.rev})"
                self.outbox.put(note, **fields, tag=tag)
            elif turn < 0.2 and settled:
                note = self.rng.choice(settled)
                note.taken_back = True  # from here on nobody may see it, however long the request takes
                self.outbox.take_back(note, **fields)
            else:
                note = self.draft(current)
                note.text = f"{self.name} note {len(self.notes)}"
                self.notes.append(note)
                self.outbox.put(note, **fields, tag=tag)

    def expected(self) -> list[str]:
        """Return what must be found after the seal: the newest text of every note not taken back."""
        return [note.text for note in self.notes if not note.taken_back]


class Crowd:
    """Busy phones in one room, living in this process. url: where they find it, when not at the server itself."""

    def __init__(
        self, installation: Installation, *, seed: int, phones: int = 8, most: int = 190, url: str = ""
    ) -> None:
        silent = Temper(speaks=0)  # every hand that is up is one a test has raised
        script = Script(url or installation.url, CODE, 0, 0.0, {"": ("a note",)}, longest_wait=0.2, temper=silent)
        self.phones = [Busy(script, Random(f"{seed} {i}"), name=f"phone {i}", most=most) for i in range(phones)]
        self.living: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Crowd":
        """Let every phone come in by itself, whether the server is up or not."""
        self.living = [asyncio.create_task(phone.live()) for phone in self.phones]
        return self

    async def __aexit__(self, *error: object) -> None:
        """Switch them off."""
        for task in self.living:
            task.cancel()
        await asyncio.gather(*self.living, return_exceptions=True)

    def acknowledged(self) -> int:
        """Count the notes the server has called saved."""
        return sum(len(phone.outbox.acknowledged) for phone in self.phones)

    def under_way(self) -> int:
        """Count the requests nobody has answered yet."""
        return sum(len(phone.outbox.waiting) for phone in self.phones)

    async def until_acknowledged(self, more: int) -> None:
        """Wait for so many notes to be called saved from now on."""
        wanted = self.acknowledged() + more
        await self.until(lambda: self.acknowledged() >= wanted, f"{more} notes more to be saved")

    async def until(self, true: Callable[[], bool], what: str, *, seconds: float = 30.0) -> None:
        """Wait for something; fail when it does not happen, or when a phone gave up."""

        def true_or_broken() -> bool:
            for task in self.living:
                if task.done() and not task.cancelled():
                    task.result()
            return true()

        await until(true_or_broken, what, seconds=seconds)

    async def stop_writing(self) -> None:
        """Let nobody begin anything new and wait until every outbox is empty."""
        for phone in self.phones:
            phone.stopped = True
        await self.until(lambda: not self.under_way() and not any(p.writing for p in self.phones), "empty outboxes")

    def refused(self) -> list[Note]:
        """Return the notes a server would not take."""
        return [note for phone in self.phones for note in phone.outbox.late if isinstance(note, Note)]

    def expected(self) -> list[str]:
        """Return what must be found after the seal, in alphabetical order."""
        return sorted(text for phone in self.phones for text in phone.expected())
