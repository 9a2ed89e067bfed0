"""What a phone has written and nobody has acknowledged yet: kept, and sent again until it is."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from holdfast.gatherings.rehearsal.wire import Line, NoAnswer

SAVED = (200, 201)
AGAIN = (408, 429, 500, 502, 503, 504)
SHORTEST_WAIT, LONGEST_WAIT = 0.25, 8.0


@dataclass(slots=True)
class Note:
    """One note as a phone holds it. saved: the newest revision the server has acknowledged, 0 for none."""

    id: str
    secret: str
    column: str
    text: str
    rev: int = 1
    saved: int = 0
    refused: str = ""


@dataclass(slots=True)
class Outbox:
    """Sends one request at a time, in order, and keeps each until the server has answered for good.

    acknowledged: seconds from the tap to the answer, of each note that was saved. late: notes refused for good.
    """

    line: Line
    address: str
    rng: Random
    waiting: deque[tuple[dict[str, object], Note, float]] = field(default_factory=deque)
    acknowledged: list[float] = field(default_factory=list)
    late: list[Note] = field(default_factory=list)
    attempts: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, note: Note, **fields: object) -> None:
        """Take a note, or a newer revision of one."""
        content = {**fields, "id": note.id, "secret": note.secret, "rev": note.rev}
        self.waiting.append(({**content, "column": note.column, "text": note.text}, note, monotonic()))
        self.news.set()

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
                wait = min(2 * wait, LONGEST_WAIT)

    async def send_first(self) -> bool:
        """Post the oldest note; tell whether the server has answered for good."""
        content, note, since = self.waiting[0]
        self.attempts += 1
        try:
            answer = await self.line.ask("POST", self.address, content)
        except NoAnswer:
            return False
        if answer.status in SAVED:
            if note.saved == 0:
                self.acknowledged.append(monotonic() - since)
            note.saved = max(note.saved, int(answer.json().get("rev", note.rev)))
            return True
        if answer.status in AGAIN:
            return False
        note.refused = str(answer.json().get("code", answer.status))
        self.late.append(note)
        return True
