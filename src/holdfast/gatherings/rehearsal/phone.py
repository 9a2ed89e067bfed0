"""A simulated phone: comes in by the code, writes and chooses like a person when it may, and watches the screen."""

import asyncio
import re
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from holdfast.gatherings.rehearsal import minds
from holdfast.gatherings.rehearsal.outbox import LONGEST_WAIT, SAVED, Ballot, Doubt, Entry, Note, Outbox
from holdfast.gatherings.rehearsal.tempers import TEMPERS, Temper, choose
from holdfast.gatherings.rehearsal.wire import Event, Line, NoAnswer, Refusal
from holdfast.keys import LARGEST_KEY

TICKET = re.compile(rb'data-ticket="([^"]+)"')
LETTERS_A_SECOND = 4.0
"""How fast a thumb types."""
CHOICES_AT_ONCE = 5
SAID_BY_ANOTHER = 0.2
"""How many of those who raised a hand need it no longer after a while."""
SHOWN = ("revealed", "closing", "sealed")
NAMES = ("Ada", "Bo", "Chi", "Dee", "Eli", "Fay", "Gil", "Hana")
LONGEST_NOTE, MOST_SPAM = 600, 1000
"""How long a note may be, and how many somebody who spams tries before getting tired, should nothing stop them."""


@dataclass(frozen=True, slots=True)
class Script:
    """How the phones of one rehearsal behave.

    seconds: within how many each phone writes all its notes, or makes all its choices. texts: what they write, by
    column; the empty key holds what fits everywhere. longest_wait: seconds between two attempts when the server does
    not answer. temper: how far they take part and agree.
    """

    url: str
    code: str
    notes_each: int
    seconds: float
    texts: Mapping[str, Sequence[str]]
    leave: bool = False
    longest_wait: float = LONGEST_WAIT
    temper: Temper = TEMPERS["lively"]


@dataclass(slots=True)
class Phone:
    """One device: at most one stream, one outbox, and what it wrote and chose.

    scribe: whether this person types when one types for all. spams: whether it floods the room. number_in_crowd:
    counted from 0. entries: what it wrote in the open. stories: what it was handed, by activity. tags: its own in each
    activity. items: what the activity is about. considered: items this person has wondered about already. hands: those
    it raised, by their number. listened: activities in which it has decided whether it wants to speak.
    """

    script: Script
    rng: Random
    leads: bool = False
    scribe: bool = False
    spams: bool = False
    number_in_crowd: int = 0
    joined: bool = False
    ended: bool = False
    saw_reveal: bool = False
    reconnects: int = 0
    notes: list[Note] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    stories: dict[str, list[str]] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    considered: set[str] = field(default_factory=set)
    hands: list[str] = field(default_factory=list)
    listened: set[str] = field(default_factory=set)
    on_screen: dict[str, str] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    ticket: str = ""
    outbox: Outbox = field(init=False)
    line: Line = field(init=False)
    begun: set[str] = field(default_factory=set)
    writing: set["asyncio.Task[None]"] = field(default_factory=set)
    last: Event | None = None

    def __post_init__(self) -> None:
        self.line = Line(self.script.url)
        self.outbox = Outbox(self.line, f"/r/{self.script.code}/", self.rng, self.script.longest_wait)

    async def live(self) -> None:
        """Join, stay until the room ends (or everything is saved, when the script says leave)."""
        sending = asyncio.create_task(self.outbox.run())
        watching = asyncio.create_task(self.watch())
        try:
            while not watching.done():
                await asyncio.wait({watching}, timeout=0.2)
                if self.script.leave and self.has_written():
                    break
            if watching.done():
                watching.result()
        finally:
            for task in (sending, watching, *self.writing):
                task.cancel()
            await asyncio.gather(sending, watching, *self.writing, return_exceptions=True)
            self.line.close()

    def has_written(self) -> bool:
        """Tell whether everything there was to write is written and answered."""
        return bool(self.begun) and not self.writing and not self.outbox.waiting

    async def watch(self) -> None:
        """Keep one stream open; come back by itself after anything but the end. Raises Refusal when not let in."""
        wait = 0.2
        while not self.ended:
            try:
                if not self.ticket:
                    await self.come_in()
                async with aclosing(Line(self.script.url).events(self.stream_address())) as events:
                    async for event in events:
                        self.joined, wait = True, 0.2
                        if self.misses(event):
                            break
                        self.react(event)
                        if event.name == "ended":
                            return
            except NoAnswer:
                pass
            except Refusal as refusal:
                if refusal.answer.status == 410 and self.joined:
                    self.ended = True
                    return
                if refusal.answer.status not in (429, 500, 502, 503, 504):
                    raise
            self.reconnects += self.joined
            self.last = None
            await asyncio.sleep(wait * (0.5 + self.rng.random()))
            wait = min(2 * wait, self.script.longest_wait)

    async def come_in(self) -> None:
        """Follow the join address to the phone page and take the ticket from it. Raises Refusal, NoAnswer."""
        answer = await self.line.ask("GET", f"/join/?code={self.script.code}")
        if answer.status == 303:
            answer = await self.line.ask("GET", urlsplit(answer.headers["location"]).path)
        found = TICKET.search(answer.body)
        if answer.status != 200 or not found:
            raise Refusal(answer)
        self.ticket = found[1].decode()
        if self.leads:
            answer = await self.line.ask("POST", f"/r/{self.script.code}/tickets/", {"lead": True})
            if answer.status != 201:
                raise Refusal(answer)
            self.ticket = str(answer.json()["ticket"])

    def stream_address(self) -> str:
        return f"/r/{self.script.code}/stream?ticket={self.ticket}"

    def misses(self, event: Event) -> bool:
        """Tell whether an event was skipped; a whole state mends it."""
        before, self.last = self.last, event
        if before is None or event.name == "state" or event.number is None or before.number is None:
            return False
        return event.epoch != before.epoch or event.number > before.number + 1

    def react(self, event: Event) -> None:
        """Do what a person would do when the screen changes."""
        if event.name == "ended":
            self.ended = True
        elif event.name == "removed":
            for gone in event.data["ids"]:
                self.on_screen.pop(gone, None)
        elif event.name == "notes":
            if event.data.get("reset"):
                self.on_screen.clear()
            self.on_screen.update((note[0], note[2]) for note in event.data["notes"])
            self.saw_reveal = self.saw_reveal or bool(self.on_screen)
        elif event.name == "items":
            self.items = event.data["items"]
            self.wonder()
        elif event.name == "state":
            self.state = event.data
            self.saw_reveal = self.saw_reveal or (self.phase() in SHOWN and bool(self.on_screen))
            self.take_part()

    def take_part(self) -> None:
        """Begin what the activity asks for, once: to write, or to choose."""
        current = self.state.get("round") or {}
        may = current.get("may", ())
        if self.phase() == "handed" and "read" in may and current["id"] not in self.stories:
            self.stories[current["id"]] = []
            self.spend_time(self.read(current))
        if current.get("hands") is not None and current["id"] not in self.listened:
            self.listened.add(current["id"])
            if self.rng.randrange(10) < self.script.temper.speaks:
                self.spend_time(self.ask_to_speak(current))
        if self.phase() != "writing" or current["id"] in self.begun:
            return
        ways = {"write": self.write, "choose": self.choose, "say": self.say}
        if way := next((ways[act] for act in ways if act in may), None):
            self.begun.add(current["id"])
            self.spend_time(way(current))

    def wonder(self) -> None:
        """Look once at each wording that was made of several; now and then press that it no longer fits."""
        current = self.state.get("round") or {}
        if "doubt" not in current.get("may", ()):
            return
        for item in self.items:
            if item["sources"] > 1 and item["id"] not in self.considered:
                self.considered.add(item["id"])
                if self.rng.random() < self.script.temper.doubt:
                    self.spend_time(self.doubt(current, item["id"]))

    def spend_time(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that takes a person a while, beside watching the screen."""
        task = asyncio.create_task(work)
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)

    def phase(self) -> str:
        """Return the phase of the current round, or nothing."""
        return str((self.state.get("round") or {}).get("phase", ""))

    async def write(self, current: Mapping[str, Any]) -> None:
        """Think, type, add; now and then go back and change a word. Not everybody writes."""
        tag = self.tag_of(current)
        if self.spams:
            await self.spam(current, tag)
        if self.spams or self.rng.randrange(10) >= self.script.temper.writes:
            return
        drafts = [self.draft(current) for _ in range(self.script.notes_each)]
        human = [self.rng.expovariate(1 / 8) + len(note.text) / LETTERS_A_SECOND for note in drafts]
        pace = self.script.seconds * self.rng.uniform(0.5, 1.0) / (sum(human) or 1.0)
        for note, seconds in zip(drafts, human, strict=True):
            await asyncio.sleep(seconds * pace)
            self.notes.append(note)
            self.outbox.put(note, ticket=self.ticket, round=current["id"], tag=tag)
            if self.rng.random() < 0.1:
                await asyncio.sleep(self.rng.uniform(1, 3) * pace)
                note.text, note.rev = f"{note.text.rstrip('.')}, really.", note.rev + 1
                self.outbox.put(note, ticket=self.ticket, round=current["id"], tag=tag)

    async def spam(self, current: Mapping[str, Any], tag: str) -> None:
        """Send the longest notes there are, one after the other, until the server takes no more."""
        while len(self.notes) < MOST_SPAM and not any(note.refused for note in self.notes):
            note = self.draft(current)
            note.text = (f"{note.text} " * LONGEST_NOTE)[:LONGEST_NOTE].strip()
            self.notes.append(note)
            self.outbox.put(note, ticket=self.ticket, round=current["id"], tag=tag)
            await self.outbox.sent.wait()

    def draft(self, current: Mapping[str, Any]) -> Note:
        """Think of a note that fits one of the columns."""
        column = self.rng.choice([c["key"] for c in current["columns"]])
        return Note(id=self.number(), secret=self.draw(), column=column, text=self.rng.choice(self.texts(column)))

    async def choose(self, current: Mapping[str, Any]) -> None:
        """Read item after item and choose; the whole ballot is sent every few choices, and once more at the end."""
        await asyncio.sleep(min(0.3, self.script.seconds))
        ballot, tag = Ballot(id=self.number(), secret=self.draw(), rev=0), self.draw()
        self.ballots.append(ballot)
        items = list(self.items) if current.get("look") != "close" else [{"id": n, "wording": n} for n in "123"]
        names = minds.chosen_about(current, items, self.rng)
        pace = self.script.seconds * self.rng.uniform(0.5, 1.0) / (len(names) or 1)
        for place, (name, item) in enumerate(names, start=1):
            await asyncio.sleep(pace * self.rng.uniform(0.5, 1.5))
            ballot.choices[name] = self.decide(minds.manner_of(current), item)
            if place % CHOICES_AT_ONCE == 0 or place == len(names):
                ballot.rev += 1
                self.outbox.hand_in(ballot, ticket=self.ticket, round=current["id"], tag=tag)

    def decide(self, kind: str, item: Mapping[str, Any]) -> str:
        """Choose about one item, as the group is tempered."""
        return choose(self.script.temper, kind, item, self.rng, camp=self.number_in_crowd)

    async def doubt(self, current: Mapping[str, Any], item: str) -> None:
        """Think about a wording, then press."""
        await asyncio.sleep(self.rng.uniform(0.02, 0.1) * self.script.seconds)
        if any(known["id"] == item for known in self.items):
            doubt = Doubt(id=self.number(), secret=self.draw(), item=item)
            self.doubts.append(doubt)
            self.outbox.doubt(doubt, ticket=self.ticket, round=current["id"], tag=self.draw())

    async def say(self, current: Mapping[str, Any]) -> None:
        """Write one entry under a made-up name; where one types for all, only that person does."""
        if current.get("look") == "scribe" and not self.scribe:
            return
        await asyncio.sleep(self.script.seconds * self.rng.uniform(0.2, 0.8))
        sheet = current["sheet"]
        parts = {part["key"]: self.rng.choice(self.texts("")) for part in sheet["parts"]}
        place = self.rng.choice(sheet["places"] or ["", *sheet["faults"]])
        name = f"{self.rng.choice(NAMES)} {self.rng.choice('ABCDEFGHKLMNPRST')}." if current["look"] == "named" else ""
        entry = Entry(id=self.number(), secret=self.draw(), parts=parts, place=place, name=name)
        self.entries.append(entry)
        self.outbox.say(entry, ticket=self.ticket, round=current["id"])

    async def read(self, current: Mapping[str, Any]) -> None:
        """Ask for the story this phone is handed, on a line of its own."""
        fields = {"ticket": self.ticket, "round": current["id"], "tag": self.tag_of(current)}
        try:
            answer = await Line(self.script.url).ask("POST", f"/r/{self.script.code}/stories/", fields)
        except NoAnswer:
            return
        self.stories[current["id"]] = list(answer.json().get("stories", ()))

    async def ask_to_speak(self, current: Mapping[str, Any]) -> None:
        """Listen for a while and raise a hand; now and then put it down unheard, since somebody else has said it."""
        await asyncio.sleep(self.script.seconds * self.rng.uniform(0.05, 0.6))
        hand = {"ticket": self.ticket, "round": current["id"], "id": self.number(), "secret": self.draw()}
        if await self.move(hand, up=True):
            self.hands.append(hand["id"])
            if self.rng.random() < SAID_BY_ANOTHER:
                await asyncio.sleep(self.script.seconds * self.rng.uniform(0.3, 1.0))
                await self.move(hand, up=False)

    async def move(self, hand: Mapping[str, Any], *, up: bool) -> bool:
        """Raise or lower a hand if people still talk in the open; return whether it was taken."""
        current = self.state.get("round") or {}
        if current.get("id") != hand["round"] or current.get("hands") is None:
            return False
        try:
            answer = await Line(self.script.url).ask("POST", f"/r/{self.script.code}/hands/", {**hand, "up": up})
        except NoAnswer:
            return False
        return answer.status in SAVED

    def tag_of(self, current: Mapping[str, Any]) -> str:
        """Return the tag of this phone in an activity."""
        return self.tags.setdefault(current["id"], self.draw())

    def number(self) -> str:
        """Draw a key as a phone does."""
        return str(self.rng.randint(1, LARGEST_KEY))

    def draw(self) -> str:
        """Draw a secret as a phone does."""
        return f"{self.rng.getrandbits(128):032x}"

    def texts(self, column: str) -> Sequence[str]:
        """Return what this person might write in a column."""
        known = self.script.texts
        return (known.get(f"leader {column}") if self.leads else None) or known.get(column) or known[""]
