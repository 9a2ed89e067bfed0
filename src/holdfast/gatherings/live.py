"""One open room in memory: what each kind of viewer is told, as numbered events."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from holdfast.gatherings.board import Board, Card, Side
from holdfast.gatherings.further import NOTHING, Further, Reply
from holdfast.gatherings.kinds.sheets import sheet_of
from holdfast.gatherings.queries import ItemView, RoomView, RoundView, SayingView
from holdfast.gatherings.rules import done_to_tell, is_small
from holdfast.gatherings.transport import Sink, as_chunk, hang_up
from holdfast.privacy.rounding import coarse
from holdfast.voices.admission import Viewer
from holdfast.voices.letters import Letter

STATE_IS_FRESH_SECONDS = 0.5
KEPT_FOR_POLLING = 50
MOST_DONE = 5_000
PHONES = (Viewer.PARTICIPANT, Viewer.LEADER)


@dataclass(slots=True, eq=False)
class Audience:
    """All streams of one kind of viewer: they get the same bytes with the same numbers."""

    viewer: Viewer
    epoch: str
    number: int = 0
    sinks: set[Sink] = field(default_factory=set)
    polling: int = 0
    waiting: list[bytes] = field(default_factory=list)
    recent: list[tuple[int, str, str]] = field(default_factory=list)
    snapshot: bytes = b""
    snapshot_at: float = 0.0

    def add(self, event: str, data: str) -> None:
        """Number an event and keep it for the next frame."""
        self.number += 1
        self.waiting.append(self.render(event, data))
        self.recent.append((self.number, event, data))
        del self.recent[:-KEPT_FOR_POLLING]
        self.snapshot = b""

    def render(self, event: str, data: str) -> bytes:
        """Return an event in the form of the HTML standard, section 9.2."""
        return f"id: {self.epoch}-{self.number}\nevent: {event}\ndata: {data}\n\n".encode()

    def flush(self) -> int:
        """Send what waits to every stream, once rendered for all; return how many got it."""
        if not self.waiting:
            return 0
        body = b"".join(self.waiting)
        self.waiting.clear()
        chunk = as_chunk(body)
        gone = [sink for sink in self.sinks if not sink.push(body, chunk)]
        self.sinks.difference_update(gone)
        return len(self.sinks)


class LiveRoom:
    """A room that is open now. Lives on the event loop; only the hub touches it."""

    def __init__(self, view: RoomView, epoch: str) -> None:
        self.view = view
        self.board = Board()
        self.further = Further()
        self.closes_at: float | None = None
        self.shown = self.sealed_shown = False
        self.audiences = {viewer: Audience(viewer, epoch) for viewer in Viewer}
        self.elsewhere = 0
        self.times = int(time.time() * 1000)  # never again what a desk was told before this server began
        self.done: set[str] = set()
        self.counts_told: dict[str, int] = {}

    @property
    def round(self) -> RoundView | None:
        """The newest round, if any."""
        return self.view.round

    def people(self) -> int:
        """Count the phones in the room, those of other servers too; rather too few."""
        return self.people_here() + self.elsewhere

    def people_here(self) -> int:
        """Count the phones of this server: streams and waiting polls of participants and leaders."""
        phones = (self.audiences[Viewer.PARTICIPANT], self.audiences[Viewer.LEADER])
        return sum(len(audience.sinks) + audience.polling for audience in phones)

    def show(
        self,
        view: RoomView,
        cards: Iterable[Card],
        *,
        closes_at: float | None,
        replies: Iterable[Reply] = (),
        letters: Sequence[Letter] = (),
    ) -> None:
        """Take in a new state of the room and tell everyone; notes already shown are not sent again needlessly."""
        before, was_sealed = self.round if self.shown else None, self.sealed_shown
        if view.draw != self.view.draw:  # what let phones in lets nobody in any more
            for viewer in PHONES:
                hang_up(self.audiences[viewer].sinks)
        self.view, self.closes_at, self.shown = view, closes_at, True
        self.times += 1
        self.sealed_shown = view.round is not None and view.round.phase == "sealed"
        fresh = view.round is None or before is None or before.id != view.round.id or self.sealed_shown or was_sealed
        cards = list(cards)
        if fresh:
            self.board = Board(cards)
            self.done = set()
            self.further = Further(told=self.further.told)
        self.further.letters |= {card.key: card.letter for card in cards if card.letter}
        self.further.take(replies)
        self.further.to_asked = letters
        turned = self._turn_sides()
        items_before = before.items if before else ()
        items_now = view.round.items if view.round else ()
        for audience in self.audiences.values():
            audience.add("state", self._state(audience.viewer))
            if items_now != items_before:
                audience.add("items", self._items())
            if view.round and self._sayings_are_news(view.round, before, audience.viewer):
                audience.add("sayings", self._sayings(audience.viewer))
            side = self._side(audience.viewer)
            if fresh or side in turned:
                audience.add("notes", self._all_notes(audience.viewer))
        for side in turned:
            self.board.let_out(side)  # what opening let out is part of the whole list just added

    def change(self, cards: Iterable[Card], *, replies: Iterable[Reply] = (), at_once: bool = False) -> None:
        """Take in notes that were written, edited, withdrawn or looked through, and envelopes.

        at_once: decide with each commit what is let out, as every other server with this room does.
        """
        self.further.take(replies)
        for card in cards:
            self.board.change(card)
            self.further.letters.pop(card.key, None)
            if card.letter:
                self.further.letters[card.key] = card.letter
        if at_once:
            self.board.settle()

    def collect(self) -> None:
        """Turn what has happened into events, one of each kind for each audience."""
        for side, viewers in (
            (self.board.desk, (Viewer.DESK,)),
            (self.board.all, (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL)),
        ):
            added, removed = self.board.let_out(side)
            if not (added or removed):
                continue
            gone = json.dumps({"ids": [str(i) for i in removed]}) if removed else ""
            fresh = _notes_json([self._row(c, desk=side is self.board.desk) for c in added], reset=False)
            for viewer in viewers:
                if gone:
                    self.audiences[viewer].add("removed", gone)
                if added:
                    self.audiences[viewer].add("notes", fresh)

        self._tell_further()

    def _tell_further(self) -> None:
        """Tell each audience what has changed below the notes, and phones the letters of the moment."""
        for audience in self.audiences.values():
            now = self._below(audience.viewer)
            before = self.further.told.get(audience.viewer, ("", ""))
            for event, data, was in zip(("replies", "letters"), now, before, strict=True):
                if data != was:
                    audience.add(event, data or NOTHING[event])
            self.further.told[audience.viewer] = now

    def _below(self, viewer: Viewer) -> tuple[str, str]:
        """Return questions with answers, and letters, as this viewer is sent them; "" where there are none.

        The wall has room for the notes alone: what is answered to them is read aloud.
        """
        found, replies = self.round, ""
        if found and viewer is not Viewer.WALL and (found.asked or self.further.replies) and self._sees(viewer):
            notes = [card.id for card in list(self._side(viewer).out.values())]
            replies = self.further.on_the_wire(found, notes, desk=viewer is Viewer.DESK)
        return replies, self.further.letters_on_the_wire() if viewer in PHONES else ""

    def count(self) -> None:
        """Tell how many are here, and the desk roughly how much is written. Called at most once a second."""
        counts = self.counts()
        if (people := counts["people"]) != self.counts_told.get("people"):
            for viewer in (Viewer.PARTICIPANT, Viewer.LEADER, Viewer.WALL):
                self.audiences[viewer].add("count", json.dumps({"people": people}))
        if counts != self.counts_told:
            self.audiences[Viewer.DESK].add("count", json.dumps(counts))
        self.counts_told = counts

    def counts(self) -> dict[str, int]:
        """Return what the desk alone may know: who is here, and in fives how many have written and are done."""
        return {"people": self.people(), "written": coarse(self.board.written()), "done": self.done_here()}

    def note_done(self, mark: str, *, done: bool) -> None:
        """Count a phone once, by a number it draws for this and nothing else."""
        if not done:
            self.done.discard(mark)
        elif len(self.done) < MOST_DONE:
            self.done.add(mark)

    def done_here(self) -> int:
        """Return how many in the room say they are done, as far as the desk may know."""
        found = self.round
        if found is None:
            return 0
        return done_to_tell(len(self.done), set_size=found.set_size, smallest=found.smallest_group)

    def end(self, *, early: bool) -> None:
        """Tell everyone that the room has closed. early: before its plan was over, and that is all right."""
        for audience in self.audiences.values():
            audience.add("ended", json.dumps({"early": True}) if early else "{}")

    def snapshot(self, viewer: Viewer) -> bytes:
        """Return the whole state for somebody who just came, with the number of the last event already sent."""
        audience = self.audiences[viewer]
        now = time.monotonic()
        if not audience.snapshot or now - audience.snapshot_at > STATE_IS_FRESH_SECONDS:
            events = [audience.render(event, data) for event, data in self.whole(viewer)]
            audience.snapshot, audience.snapshot_at = b"".join(events), now
        return audience.snapshot

    def whole(self, viewer: Viewer) -> list[tuple[str, str]]:
        """Return the events that describe everything this viewer may see now."""
        items = [("items", self._items())] if self.round and self.round.items else []
        said = [("sayings", self._sayings(viewer))] if self.round and self.round.in_the_open else []
        below = [pair for pair in zip(("replies", "letters"), self._below(viewer), strict=True) if pair[1]]
        told = [("count", json.dumps(self.counts()))] if viewer is Viewer.DESK else []
        return [("state", self._state(viewer)), *told, *items, *said, ("notes", self._all_notes(viewer)), *below]

    def _items(self) -> str:
        found = self.round
        rows = [_on_the_wire(item) for item in found.items] if found else []
        return json.dumps({"items": rows}, ensure_ascii=False, separators=(",", ":"))

    def sayings_for(self, viewer: Viewer) -> tuple[SayingView, ...]:
        """Return what was written in the open and this viewer may read now."""
        found = self.round
        return found.sayings if found and found.in_the_open and self._sees(viewer) else ()

    def _sayings(self, viewer: Viewer) -> str:
        rows = [saying_on_the_wire(one) for one in self.sayings_for(viewer)]
        return json.dumps({"sayings": rows}, ensure_ascii=False, separators=(",", ":"))

    def _sayings_are_news(self, found: RoundView, before: RoundView | None, viewer: Viewer) -> bool:
        """Tell whether there is something to send: never that somebody writes what this viewer may not read yet."""
        if not found.in_the_open:
            return False
        if before is None or (before.id, before.phase) != (found.id, found.phase):
            return True
        return before.sayings != found.sayings and self._sees(viewer)

    def shown_cards(self) -> list[Card]:
        """Return what everybody may see now, in mixed order, for the page without JavaScript."""
        return _mixed(self.board.all) if self._sees(Viewer.PARTICIPANT) else []

    def below_notes(self) -> dict[int, tuple[str, list[str]]]:
        """Return for each note everybody sees what was asked about it and answered, where something was."""
        found = self.round
        if found is None or not self._sees(Viewer.PARTICIPANT):
            return {}
        notes = [card.id for card in list(self.board.all.out.values())]
        below: dict[int, tuple[str, list[str]]] = {one.note: (one.words, []) for one in found.asked}
        for reply in self.further.shown(notes, desk=False):
            below.setdefault(reply.note, (reply.question, []))[1].append(reply.text)
        return below

    def cards_for(self, viewer: Viewer) -> list[Card]:
        """Return the notes this viewer has been sent, batch by batch in the order they came out."""
        return list(self._side(viewer).out.values()) if self._sees(viewer) else []

    def round_for(self, viewer: Viewer) -> dict[str, Any] | None:
        """Return the round as this viewer is told about it."""
        found = self.round
        if found is None:
            return None
        rules = found.rules
        left = None
        if found.writing_since is not None:
            now = self.view.paused_at.timestamp() if self.view.paused_at else time.time()
            left = round(found.minutes * 60 + found.stood_still - (now - found.writing_since.timestamp()))
        people = self.people() + found.besides if found.set_size is None else found.set_size
        return {
            "id": str(found.id),
            "kind": found.kind,
            "mode": found.mode,
            "look": getattr(rules, "LOOK", ""),
            "phase": found.phase,
            "title": found.title,
            "prompt": found.prompt,
            "minutes": found.minutes,
            "left": left,
            "closing": None if self.closes_at is None else max(0, round(self.closes_at - time.monotonic())),
            "columns": found.columns,
            "setup": found.setup,
            "set_size": people,
            "small": is_small(people, smallest=found.smallest_group),
            "leader_labelled": found.leader_labelled,
            "screened": found.screened,
            "may": list(rules.may(viewer, found.phase)),
            "page": found.page,
            "totals": self._totals(viewer),
            "tally": found.tally,
            "sheet": sheet_on_the_wire(found) if found.in_the_open else None,
            **({"turn": found.turn} if viewer is Viewer.DESK else {}),
            **({"hands": found.hands} if found.hands is not None and viewer in PHONES else {}),
        }

    def _turn_sides(self) -> list[Side]:
        found = self.round
        turned = []
        for side, viewer in ((self.board.desk, "desk"), (self.board.all, "participant")):
            opens = found is not None and found.rules.sees(viewer, found.phase) != "none"
            if opens != side.opened:
                (self.board.open if opens else self.board.shut)(side)
                turned.append(side)
        return turned

    def _side(self, viewer: Viewer) -> Side:
        return self.board.desk if viewer is Viewer.DESK else self.board.all

    def _sees(self, viewer: Viewer) -> bool:
        found = self.round
        return found is not None and found.rules.sees(viewer, found.phase) != "none"

    def _state(self, viewer: Viewer) -> str:
        room = self.view
        return json.dumps(
            {
                "you": viewer,
                "room": {"id": str(room.id), "title": room.title, "group": room.group, "code": room.code},
                "people": self.people(),
                "paused": self.view.paused_at is not None,
                "round": self.round_for(viewer),
                **({"times": self.times} if viewer is Viewer.DESK else {}),
            },
            ensure_ascii=False,
        )

    def _all_notes(self, viewer: Viewer) -> str:
        if not self._sees(viewer):
            return _notes_json([], reset=True)
        rows = [self._row(card, desk=viewer is Viewer.DESK) for card in _mixed(self._side(viewer))]
        return _notes_json(rows, reset=True)

    def _row(self, card: Card, *, desk: bool) -> list[str | int]:
        labelled = self.round is not None and self.round.leader_labelled and card.leader
        row: list[str | int] = [str(card.id), card.column, card.text, int(labelled)]
        return [*row, card.standing] if desk else row

    def _totals(self, viewer: Viewer) -> dict[str, int]:
        totals: dict[str, int] = {}
        if self._sees(viewer):
            for card in list(self.board.all.out.values()):  # asked from any thread
                totals[card.column] = totals.get(card.column, 0) + 1
        return totals


def saying_on_the_wire(one: SayingView) -> dict[str, Any]:
    """Return an entry without the hash of its secret."""
    row = {**asdict(one), "id": str(one.id)}
    del row["secret"]
    return row


def sheet_on_the_wire(found: RoundView) -> dict[str, Any]:
    """Return what an entry consists of: what the pack names it names here, the rest is named by the page."""
    sheet = sheet_of(found.kind, found.columns)
    parts = [
        {
            "key": key,
            "label": sheet.labels.get(key, {}).get("label", ""),
            "hint": sheet.labels.get(key, {}).get("hint", ""),
        }
        for key in sheet.parts
    ]
    return {"parts": parts, "places": list(sheet.places), "faults": list(sheet.faults), "dated": sheet.dated}


def _mixed(side: Side) -> list[Card]:
    return sorted(side.out.values(), key=lambda card: card.id)


def _on_the_wire(item: ItemView) -> dict[str, Any]:
    """Return an item with the words of its drivers only: a frame is one for all, in whatever language they read."""
    row = {**asdict(item), "id": str(item.id)}
    return {"wording" if name == "said" else name: value for name, value in row.items()}


def _notes_json(rows: list[list[str | int]], *, reset: bool) -> str:
    return json.dumps({"reset": reset, "notes": rows}, ensure_ascii=False, separators=(",", ":"))
