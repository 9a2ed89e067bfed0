"""What desk and wall show of drivers: columns growing together, spreads with the contested first, wordings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from holdfast.gatherings.afterwards import handed_over, settled
from holdfast.gatherings.bars import Part, bar_of
from holdfast.gatherings.board import Card
from holdfast.gatherings.kinds import condense, prioritise
from holdfast.gatherings.likes import perhaps_alike
from holdfast.gatherings.models import Driver, DriverStep, Round
from holdfast.gatherings.priorities import in_order, parts_of
from holdfast.gatherings.queries import (
    ItemView,
    drivers_of,
    gathered_columns,
    items_of,
    last_step_of,
    notes_behind,
    steps_of,
)
from holdfast.gatherings.rules import more_ballots_than_people, most_frequent
from holdfast.voices.queries import tallies_of

Phase = Round.Phase
TOGETHER = frozenset({Phase.GROUPING, Phase.CHECKING})
STEPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One driver as desk and wall draw it. place: in words. suggested: where most put it, never for few people.

    gone: it is with leadership or on a list of the group, so that it stays where it is. alike: keys of those of its
    column that perhaps say the same, the closest first.
    """

    item: ItemView
    doubted: bool
    place: str
    suggested: str
    parts: Sequence[Part]
    about_protecting: bool
    gone: bool = False
    alike: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The drivers of one column."""

    key: str
    label: str
    tone: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody had typed and chosen when a press was refused, so that it stays."""

    wording: str = ""
    ours: str = ""
    theirs: str = ""
    chosen: frozenset[int] = frozenset()
    circle: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    asking: Mapping[str, str] = field(default_factory=dict)
    line: str = ""
    aside: Mapping[int, str] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        """Return every text."""
        return [
            words for words in (self.wording, self.ours, self.theirs, *self.said.get("parts", {}).values()) if words
        ]


@dataclass(frozen=True, slots=True)
class One:
    """The driver that is being changed. notes: what it was brought together from."""

    entry: Entry
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drivers:
    """The drivers an activity is about. in_order: the contested first once they are sorted. undoable: the last step.

    too_many: more ballots came in than people were here when it began.
    """

    columns: Sequence[Column]
    in_order: Sequence[Entry]
    one: One | None
    undoable: DriverStep | None
    history: Sequence[DriverStep]
    too_many: bool = False

    @property
    def total(self) -> int:
        """Count them."""
        return len(self.in_order)

    @property
    def doubted(self) -> int:
        """Count those somebody doubts."""
        return sum(entry.doubted for entry in self.in_order)

    @property
    def unplaced(self) -> int:
        """Count those whose place is not confirmed yet."""
        return sum(not entry.item.place for entry in self.in_order)

    @property
    def unagreed(self) -> int:
        """Count those whose wording the group would not hand over as it is."""
        return sum(not entry.item.agreed for entry in self.in_order)

    @property
    def without_spread(self) -> int:
        """Count those so few people placed that nothing of it is shown; a part of what was cut goes with the whole."""
        return sum(entry.item.contested is None for entry in self.in_order)

    @property
    def unweighed(self) -> int:
        """Count those so few people answered that nothing of it is shown."""
        return sum(entry.item.weight is None for entry in self.in_order)

    @property
    def kept_back(self) -> bool:
        """Tell whether numbers stay back because the group was asked before and few came, left or changed since."""
        return any(entry.item.kept_back for entry in self.in_order)

    @property
    def places(self) -> list[tuple[str, str, int]]:
        """Return each place, in words, and how many drivers have it."""
        placed = [entry.item.place for entry in self.in_order]
        return [(place, label, placed.count(place)) for place, label in place_words().items()]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return each place and its words."""
        return list(place_words().items())


@dataclass(frozen=True, slots=True)
class Handing:
    """What stands between the sorted drivers and leadership.

    agreed, waiting, handed: how many wordings the group agrees to, has not agreed to yet, and has handed over.
    """

    agreed: int
    waiting: int
    handed: int
    due_on: date | None


def drivers_shown(found: Round, cards: Iterable[Card] = (), *, one: int = 0) -> Drivers | None:
    """Put together the drivers of an activity; None where it is about none. cards: what the desk was told of doubts."""
    if not found.rules.SHOWS_ITEMS:
        return None
    doubted = {int(card.text) for card in cards if card.column == condense.DOUBT and card.standing != "withdrawn"}
    gone = settled(found.room.gathering) if found.phase == Phase.SEALED else frozenset()
    items = items_of(found)
    entries = [_entry(item, doubted=item.id in doubted, gone=item.id in gone) for item in items]
    if found.rules is prioritise:
        most = max((item.weight.figure for item in items if item.weight), default=0)
        entries = [replace(one, parts=parts_of(found.setup, one.item, most=most), suggested="") for one in entries]
        entries = in_order(entries, lambda entry: entry.item)
    if found.kind == "sort" and found.phase == Phase.SEALED:
        entries.sort(key=lambda entry: -(entry.item.contested or 0.0))  # stable: alike ones keep the group's order
    if found.kind == "agree" and found.phase == Phase.SEALED:
        entries.sort(key=lambda entry: bool(entry.item.agreed))  # what still needs words is talked about first
    chosen = next((entry for entry in entries if entry.item.id == one), None)
    changing = found.phase in TOGETHER or found.phase == Phase.SEALED
    gathering = found.room.gathering
    return Drivers(
        columns=_columns(found, entries) if found.kind == "condense" else [],
        in_order=entries,
        one=One(chosen, _behind(chosen.item)) if chosen else None,
        undoable=last_step_of(found) if changing else None,
        history=steps_of(gathering, most=STEPS_SHOWN) if changing else [],
        too_many=_more_than_people(found),
    )


def _columns(found: Round, entries: Sequence[Entry]) -> list[Column]:
    columns = in_columns(gathered_columns(found.room.gathering), entries)
    if found.phase not in TOGETHER:
        return columns
    return [replace(column, entries=_with_likes(column.entries)) for column in columns]


def _with_likes(entries: Sequence[Entry]) -> list[Entry]:
    offered = perhaps_alike([entry.item.wording for entry in entries], sizes=[entry.item.sources for entry in entries])
    return [
        replace(entry, alike=[entries[place].item.id for place in places])
        for entry, places in zip(entries, offered, strict=True)
    ]


def _more_than_people(found: Round) -> bool:
    tallies = tallies_of(found.pk) if found.rules.BALLOT and found.phase == Phase.SEALED else None
    return tallies is not None and more_ballots_than_people(found.set_size, ballots=tallies.ballots)


def handing_of(found: Round) -> Handing | None:
    """Tell how far the wordings for leadership have come; None where nothing is for leadership."""
    handed = handed_over(found.room.gathering)
    gone = handed.driver_ids if handed else frozenset()
    wanted = [d for d in drivers_of(found.room.gathering) if d.place == Driver.Place.LEADERSHIP and d.pk not in gone]
    if not wanted and not gone:
        return None
    agreed = sum(d.agreed for d in wanted)
    return Handing(agreed, len(wanted) - agreed, len(gone), handed.due_on if handed else None)


def in_columns(columns: Sequence[Mapping[str, str]], entries: Sequence[Entry]) -> list[Column]:
    """Return the drivers by column; one that was gathered under a column nobody knows any more has its tone's name."""
    tones = {"drains": _("What drains us"), "restores": _("What restores us")}
    known = {c["key"]: (c.get("label", ""), c.get("tone", "")) for c in columns}
    for entry in entries:
        known.setdefault(entry.item.column, (tones.get(entry.item.tone, entry.item.column), entry.item.tone))
    return [
        Column(key, label, tone, [entry for entry in entries if entry.item.column == key])
        for key, (label, tone) in known.items()
    ]


def place_words() -> dict[str, str]:
    """Return the places in the words of the screen, in the order in which they are asked for."""
    return {"ours": _("Ours"), "leadership": _("For leadership"), "nobody": _("Nobody here controls it")}


def _entry(item: ItemView, *, doubted: bool, gone: bool) -> Entry:
    words, spread = place_words(), item.spread if item.weight is None else None  # priorities have other words
    return Entry(
        item=item,
        doubted=doubted,
        place=words.get(item.place, ""),
        suggested=most_frequent(spread) if spread else "",
        parts=bar_of(words, spread) if spread else [],
        about_protecting=item.tone == "restores",
        gone=gone,
    )


def _behind(item: ItemView) -> list[str]:
    driver = Driver.objects.select_related("gathering").get(pk=item.id)
    return [note.wording for note in notes_behind(driver)] if len(driver.sources) > 1 else []
