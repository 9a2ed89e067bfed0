"""What a phone has written or chosen and nobody has acknowledged yet: kept, and sent again until it is."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from holdfast.gatherings.rehearsal.wire import Line, NoAnswer

SAVED = (200, 201)
AGAIN = (408, 429, 500, 502, 503, 504)
ENOUGH = "gatherings.too_many_notes"
"""Answered like "slow down", but final: waiting does not help a phone that has written all it may."""
SHORTEST_WAIT, LONGEST_WAIT = 0.25, 8.0


@dataclass(slots=True, kw_only=True)
class Paper:
    """One thing as a phone holds it, with the right to change it.

    saved: the newest revision the server has acknowledged, 0 for none. refused: the code of a refusal that is final.
    """

    id: str
    secret: str
    rev: int = 1
    saved: int = 0
    refused: str = ""


@dataclass(slots=True, kw_only=True)
class Note(Paper):
    """One note."""

    column: str
    text: str
    taken_back: bool = False


@dataclass(slots=True, kw_only=True)
class Ballot(Paper):
    """Everything one phone chooses in one round, by item."""

    choices: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Doubt(Paper):
    """One press of "this no longer says what was meant"."""

    item: str


@dataclass(slots=True, kw_only=True)
class Entry(Paper):
    """Something written in the open. parts: by the parts of the sheet."""

    parts: dict[str, str]
    place: str = ""
    name: str = ""
    by_when: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request on its way: where to, what it says, which paper it is about, and since when it waits."""

    address: str
    content: Mapping[str, object]
    paper: Paper
    since: float


@dataclass(slots=True)
class Outbox:
    """Sends one request at a time, in order, and keeps each until the server has answered for good.

    acknowledged: seconds from the tap to the answer, of each paper that was saved. late: papers refused for good.
    """

    line: Line
    room: str
    rng: Random
    longest_wait: float = LONGEST_WAIT
    waiting: deque[Letter] = field(default_factory=deque)
    acknowledged: list[float] = field(default_factory=list)
    late: list[Paper] = field(default_factory=list)
    attempts: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    sent: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, note: Note, **fields: object) -> None:
        """Take a note, or a newer revision of one."""
        self._queue("notes/", {**fields, **_right(note), "column": note.column, "text": note.text}, note)

    def hand_in(self, ballot: Ballot, **fields: object) -> None:
        """Take a ballot, or a newer revision of one."""
        self._queue("ballots/", {**fields, **_right(ballot), "choices": dict(ballot.choices)}, ballot)

    def doubt(self, doubt: Doubt, **fields: object) -> None:
        """Take a doubt."""
        self._queue("doubts/", {**fields, **_right(doubt), "item": doubt.item}, doubt)

    def say(self, entry: Entry, **fields: object) -> None:
        """Take an entry that is written in the open; no tag goes with it."""
        said = {"parts": dict(entry.parts), "place": entry.place, "name": entry.name, "by_when": entry.by_when}
        self._queue("sayings/", {**fields, **_right(entry), **said}, entry)

    def take_back(self, note: Note, **fields: object) -> None:
        """Take the wish to withdraw a note."""
        self._queue("withdrawals/", {**fields, "id": note.id, "secret": note.secret}, note)

    async def run(self) -> None:
        """Send what there is, for ever."""
        wait = SHORTEST_WAIT
        while True:
            if not self.waiting:
                self.news.clear()
                self.sent.set()
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
        if answer.status in AGAIN and answer.json().get("code") != ENOUGH:
            return False
        if answer.status not in SAVED:
            letter.paper.refused = str(answer.json().get("code", answer.status))
            self.late.append(letter.paper)
        elif letter.address == "withdrawals/" and isinstance(letter.paper, Note):
            letter.paper.taken_back = True
        else:
            if letter.paper.saved == 0:
                self.acknowledged.append(monotonic() - letter.since)
            letter.paper.saved = max(letter.paper.saved, int(answer.json().get("rev", 0)))
        return True

    def _queue(self, address: str, content: Mapping[str, object], paper: Paper) -> None:
        self.waiting.append(Letter(address, content, paper, monotonic()))
        self.sent.clear()
        self.news.set()


def _right(paper: Paper) -> dict[str, object]:
    return {"id": paper.id, "secret": paper.secret, "rev": paper.rev}
