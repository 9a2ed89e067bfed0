"""What a phone has written and nobody has acknowledged yet: kept, and sent again until it is."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from holdfast.gatherings.rehearsal.wire import Line, NoAnswer

SAVED = (200, 201)
AGAIN = (408, 429, 500, 502, 503, 504)
SHORTEST_WAIT, LONGEST_WAIT = 0.25, 8.0


@dataclass(slots=True)
class Note:
    """One note as a phone holds it.

    saved: the newest revision the server has acknowledged, 0 for none. refused: the code of a refusal that is final.
    """

    id: str
    secret: str
    column: str
    text: str
    rev: int = 1
    saved: int = 0
    taken_back: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request on its way: where to, what it says, which note it is about, and since when it waits."""

    address: str
    content: Mapping[str, object]
    note: Note
    since: float


@dataclass(slots=True)
class Outbox:
    """Sends one request at a time, in order, and keeps each until the server has answered for good.

    acknowledged: seconds from the tap to the answer, of each note that was saved. late: notes refused for good.
    """

    line: Line
    room: str
    rng: Random
    longest_wait: float = LONGEST_WAIT
    waiting: deque[Letter] = field(default_factory=deque)
    acknowledged: list[float] = field(default_factory=list)
    late: list[Note] = field(default_factory=list)
    attempts: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, note: Note, **fields: object) -> None:
        """Take a note, or a newer revision of one."""
        content = {**fields, "id": note.id, "secret": note.secret, "rev": note.rev}
        self._queue("notes/", {**content, "column": note.column, "text": note.text}, note)

    def take_back(self, note: Note, **fields: object) -> None:
        """Take the wish to withdraw a note."""
        self._queue("withdrawals/", {**fields, "id": note.id, "secret": note.secret}, note)

    async def run(self) -> None:
        """Send what there is, for ever."""
        wait = SHORTEST_WAIT
        while True:
            if not self.waiting:
                self.news.clear()
                await self.news.wait()
            if await self.send_first():
                self.waiting.popleft()
                wait = SHORTEST_WAIT
            else:
                await asyncio.sleep(wait * (0.5 + self.rng.random()))
                wait = min(2 * wait, self.longest_wait)

    async def send_first(self) -> bool:
        """Post the oldest request; tell whether the server has answered for good."""
        letter = self.waiting[0]
        self.attempts += 1
        try:
            answer = await self.line.ask("POST", self.room + letter.address, letter.content)
        except NoAnswer:
            return False
        if answer.status in AGAIN:
            return False
        if answer.status not in SAVED:
            letter.note.refused = str(answer.json().get("code", answer.status))
            self.late.append(letter.note)
        elif letter.address == "withdrawals/":
            letter.note.taken_back = True
        else:
            if letter.note.saved == 0:
                self.acknowledged.append(monotonic() - letter.since)
            letter.note.saved = max(letter.note.saved, int(answer.json().get("rev", 0)))
        return True

    def _queue(self, address: str, content: Mapping[str, object], note: Note) -> None:
        self.waiting.append(Letter(address, content, note, monotonic()))
        self.news.set()
