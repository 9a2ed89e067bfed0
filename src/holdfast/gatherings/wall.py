"""What the wall shows: the question, the way in, every note once, and what became of the notes, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.gatherings.afterwards import Handed, handed_over
from holdfast.gatherings.bars import Part, bar_of
from holdfast.gatherings.board import Card
from holdfast.gatherings.closing_words import Asked, asked_at_the_close
from holdfast.gatherings.compass import Direction, compass_of
from holdfast.gatherings.flow.showing import shown_in
from holdfast.gatherings.flow.shown import Unfinished, unfinished_in
from holdfast.gatherings.hub import HUB, Glance
from holdfast.gatherings.items import Drivers, Entry, drivers_shown
from holdfast.gatherings.joining import WayIn, way_in
from holdfast.gatherings.kinds import look_of
from holdfast.gatherings.kinds.sheets import sheet_of
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.queries import sayings_of
from holdfast.gatherings.rules import lines_on_the_wall, pages_of
from holdfast.gatherings.said import Line, line_of
from holdfast.gatherings.spoken import in_words_of_now
from holdfast.privacy.rounding import coarse
from holdfast.programmes.models import Gathering
from holdfast.voices.admission import OPEN, Viewer

Phase = Round.Phase
LARGE = 2
"""Wordings that a group decides about are drawn so large that half as many letters fit into a line."""
ITEMS_DOWN_THE_WALL = 6
IN_SILENCE = frozenset(
    (kind, phase) for kind in ("sort", "prioritise") for phase in ("promise", "writing", "closing")
) | {("agree", "promise")}


@dataclass(frozen=True, slots=True)
class WallNote:
    """A note on the wall, or a driver made of several. labelled: a leader wrote it. by: whose it is, in the open.

    parts: each with its name, where an entry has several.
    """

    id: int
    text: str
    labelled: bool
    sources: int = 1
    by: str = ""
    parts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class WallColumn:
    """A column of the page shown now. shown: how many of its notes have been up, this page included."""

    label: str
    tone: str
    notes: Sequence[WallNote]
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Two columns as one bar."""

    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class WallPage:
    """One page of notes. number: counted from 0, never past the last."""

    columns: Sequence[WallColumn]
    number: int
    last: int

    @property
    def shown(self) -> int:
        """Count the notes that have been up."""
        return sum(column.shown for column in self.columns)

    @property
    def total(self) -> int:
        """Count all notes that are shown on one page or another."""
        return sum(column.total for column in self.columns)

    @property
    def position(self) -> int:
        """Count pages as people do, from 1."""
        return self.number + 1

    @property
    def pages(self) -> int:
        """Count the pages."""
        return self.last + 1

    @property
    def balance(self) -> Balance | None:
        """Return what drains beside what restores, as one bar; None for other columns, and while there is nothing."""
        totals = {column.tone: column.total for column in self.columns}
        if self.total and len(totals) == len(self.columns) and totals.keys() == {"drains", "restores"}:
            return Balance(bar_of({column.tone: column.label for column in self.columns}, totals))
        return None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of drivers with what the group said about them. shown: how many have been up, this page included."""

    entries: Sequence[Entry]
    number: int
    last: int
    shown: int
    total: int

    @property
    def position(self) -> int:
        """Count pages as people do, from 1."""
        return self.number + 1

    @property
    def pages(self) -> int:
        """Count the pages."""
        return self.last + 1


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on the wall. people: rounded down to fives. passed: seconds of the suggested time that are over."""

    room: Room
    gathering: Gathering
    way_in: WayIn
    ticket: str
    round: Round | None
    page: WallPage | None
    items: WallPage | ItemPage | None
    handed: Handed | None
    people: int
    passed: int
    closing: int | None
    asked: Sequence[Asked] = ()
    unfinished: Unfinished | None = None
    compass: Sequence[Direction] = ()

    @property
    def shows_results(self) -> bool:
        """Tell whether something of the group stands on the wall, beside which the way in is small."""
        return bool(self.page or self.items) or (bool(self.asked) and self.round_is(Phase.SEALED))

    @property
    def view(self) -> str:
        """Name what is shown, so that a screen knows when it is something else and not only one more note."""
        page = self.page or self.items
        if self.room.paused_at is not None:
            return "paused"
        return f"{self.round.pk}-{self.round.phase}-{page.number if page else ''}" if self.round else ""

    @property
    def goes_on(self) -> bool:
        """Tell whether something of the plan is still ahead."""
        plan = self.gathering.plan.exclude(pk__in=self.room.left_out)
        return plan.exclude(pk__in=self.room.rounds.exclude(plan_item=None).values("plan_item")).exists()

    @property
    def time_is_over(self) -> bool:
        """Tell whether the suggested time has passed."""
        return self.round is not None and self.passed >= self.round.minutes * 60

    def round_is(self, phase: str) -> bool:
        """Tell whether the activity of the moment is in this phase."""
        return self.round is not None and self.round.phase == phase

    @property
    def look(self) -> str:
        """The template of an activity that has a look of its own, "" for the others and once it is over."""
        return look_of(self.round.kind, self.round.mode, "wall") if self.round else ""


def wall_of(room: Room) -> Wall:
    """Put together what the wall of a room shows now; it is told only what its stream is told."""
    glance = HUB.glance(room.pk, Viewer.WALL)
    found = in_words_of_now(shown_in(room))
    return Wall(
        room=room,
        gathering=room.gathering,
        way_in=way_in(room),
        ticket=OPEN.issue(room.pk, viewer=Viewer.WALL),
        round=found,
        page=_page(found, glance.cards) if found and room.ended_at is None else None,
        items=item_page(found, drivers_shown(found)) if found and room.ended_at is None else None,
        handed=handed_over(room.gathering) if found and found.kind == "agree" else None,
        people=coarse(glance.people),
        passed=seconds_passed(found, glance),
        closing=glance.round["closing"] if glance.round else None,
        asked=asked_at_the_close(found),
        unfinished=unfinished_in(room) if room.stopped else None,
        compass=compass_of(room.gathering),
    )


def _page(found: Round, cards: Sequence[Card]) -> WallPage | None:
    return said_page(found) or (page_of(found, cards) if cards else None)


def said_page(found: Round) -> WallPage | None:
    """Return the page of what was written in the open; None where there is nothing the wall may show."""
    if not found.in_the_open or found.phase == Phase.FINISHED or found.rules.sees("wall", found.phase) == "none":
        return None
    lines = [line_of(found, one) for one in sayings_of(found)]
    places = sheet_of(found.kind, found.columns).places
    columns = []
    pages = {}
    for key in places or ("",):
        here = [line for line in lines if not places or line.saying.place == key]
        heights = [lines_on_the_wall(line.text, columns=max(1, len(places)), labelled=True) for line in here]
        pages[key] = (here, pages_of(heights))
    if not lines:
        return None
    last = max((page for _, of_column in pages.values() for page in of_column), default=0)
    number = min(found.wall_page, last)
    labels = {column["key"]: column for column in found.columns}
    for key, (here, of_column) in pages.items():
        notes = [
            WallNote(line.saying.id, line.text, labelled=False, by=line.whose, parts=_named_parts(line))
            for line, page in zip(here, of_column, strict=True)
            if page == number
        ]
        label = labels.get(key, {})
        shown = sum(page <= number for page in of_column)
        columns.append(WallColumn(label.get("label", ""), label.get("tone", ""), notes, shown, len(here)))
    return WallPage(columns, number, last)


def _named_parts(line: Line) -> list[tuple[str, str]]:
    filled = [(part.label, part.text) for part in line.parts if part.text]
    return filled if len(line.parts) > 1 else []


def page_of(found: Round, cards: Sequence[Card]) -> WallPage:
    """Return the page of notes the desk has turned to; the last one when there are fewer by now."""
    columns: list[dict[str, str]] = found.columns
    notes = {c["key"]: [card for card in cards if card.column == c["key"]] for c in columns}
    pages = {key: pages_of([_height(card, found) for card in cards]) for key, cards in notes.items()}
    last = max((page for of_column in pages.values() for page in of_column), default=0)
    number = min(found.wall_page, last)
    return WallPage(
        columns=[_column(c, notes[c["key"]], pages[c["key"]], number=number, found=found) for c in columns],
        number=number,
        last=last,
    )


def item_page(found: Round, drivers: Drivers | None) -> WallPage | ItemPage | None:
    """Return the page of drivers the desk has turned to; None while people choose in silence, and for other kinds."""
    if drivers is None or not drivers.in_order or (found.kind, found.phase) in IN_SILENCE:
        return None
    if found.kind == "condense":
        across = len(drivers.columns)
        heights = {c.key: [_item_height(e, across=across) for e in c.entries] for c in drivers.columns}
        pages = {key: pages_of(of_column, most=ITEMS_DOWN_THE_WALL) for key, of_column in heights.items()}
        last = max(page for of_column in pages.values() for page in of_column)
        number = min(found.wall_page, last)
        columns = []
        for c in drivers.columns:
            here = [e.item for e, page in zip(c.entries, pages[c.key], strict=True) if page == number]
            notes = [WallNote(i.id, i.wording, i.from_leader and found.leader_labelled, i.sources) for i in here]
            shown = sum(page <= number for page in pages[c.key])
            columns.append(WallColumn(c.label, c.tone, notes, shown, len(c.entries)))
        return WallPage(columns, number, last)
    single = found.phase == Phase.WRITING or found.setup.get("manner") in {"dots", "pairs"}
    more = 1 if single else 2  # large type; and below it a bar with numbers, or what was said
    places = pages_of([_text_height(e, across=LARGE) + more for e in drivers.in_order])
    number = min(found.wall_page, places[-1])
    here_now = [e for e, page in zip(drivers.in_order, places, strict=True) if page == number]
    shown_now = sum(page <= number for page in places)
    return ItemPage(here_now, number, places[-1], shown_now, drivers.total)


def seconds_passed(found: Round | None, glance: Glance) -> int:
    """Return how much of the suggested time is over, never more than all of it."""
    if found is None or glance.round is None or glance.round["left"] is None:
        return 0
    whole = found.minutes * 60
    left: int = glance.round["left"]
    return max(0, min(whole, whole - left))


def _column(
    column: dict[str, str], cards: Sequence[Card], pages: Sequence[int], *, number: int, found: Round
) -> WallColumn:
    here = [card for card, page in zip(cards, pages, strict=True) if page == number]
    return WallColumn(
        label=column["label"],
        tone=column.get("tone", ""),
        notes=[WallNote(card.id, card.text, _labelled(card, found)) for card in here],
        shown=sum(page <= number for page in pages),
        total=len(cards),
    )


def _item_height(entry: Entry, *, across: int) -> int:
    more = entry.item.sources > 1 or entry.item.from_leader
    return lines_on_the_wall(entry.item.wording, columns=across, labelled=more)


def _text_height(entry: Entry, *, across: int) -> int:
    return lines_on_the_wall(entry.item.wording, columns=across, labelled=False)


def _labelled(card: Card, found: Round) -> bool:
    return card.leader and found.leader_labelled


def _height(card: Card, found: Round) -> int:
    return lines_on_the_wall(card.text, columns=len(found.columns), labelled=_labelled(card, found))
