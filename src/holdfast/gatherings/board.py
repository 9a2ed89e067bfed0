"""What each side of the room has been shown of a round's notes, and what waits until it can be mixed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from holdfast.gatherings.kinds import gather
from holdfast.voices.letters import Letter


@dataclass(frozen=True, slots=True)
class Card:
    """A note as screens know it. id: random; sorting by it mixes. standing: waiting, accepted, held or withdrawn.

    note, author: what the board alone knows, the same for all words of a note and for all notes of a device; 0 on
    cards that leave the board. letter: what its author is told, sealed, where there is something to say.
    """

    id: int
    column: str
    text: str
    leader: bool
    standing: str
    note: int = field(default=0, repr=False, compare=False)
    author: int = field(default=0, repr=False, compare=False)
    letter: Letter | None = field(default=None, repr=False, compare=False)

    @property
    def key(self) -> int:
        """Return what the board keeps the note under."""
        return self.note or self.id

    def same_words(self, other: "Card") -> bool:
        """Tell whether a reader would see the same note."""
        return (self.text, self.column) == (other.text, other.column)


@dataclass(slots=True, eq=False)
class Side:
    """One side of the room: `desk` looks through all notes, `all` sees accepted ones once they are let out.

    out, pending: by the key of the note. known: ids of cards this side has seen before everything was taken back.
    """

    wanted: frozenset[str]
    opened: bool = False
    out: dict[int, Card] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    added: list[Card] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


class Board:
    """The notes of one round in memory. Nothing leaves it before its side is opened, and then never alone."""

    def __init__(self, cards: Iterable[Card] = ()) -> None:
        self.cards: dict[int, Card] = {}
        self.desk = Side(frozenset({"waiting", "accepted", "held"}))
        self.all = Side(frozenset({"accepted"}))
        for card in cards:
            self.change(card)

    def change(self, card: Card) -> None:
        """Take in a new or changed note."""
        self.cards[card.key] = card
        for side in (self.desk, self.all):
            self._change(side, card)

    def open(self, side: Side) -> None:
        """Let everything out at once, mixed; from now on what comes later waits for company.

        Opened again it lets out what was seen before; what has come since waits for company, or shutting and opening
        would show each note in the moment it is written.
        """
        if side.opened:
            return
        side.opened = True
        seen_before = {key for key in side.pending if self.cards[key].id in side.known}
        if not side.known or self._is_company(side.pending - seen_before):
            self._let_out(side, side.pending)
        else:
            self._let_out(side, seen_before)

    def shut(self, side: Side) -> None:
        """Take everything back, as when writing goes on."""
        side.opened = False
        side.pending |= side.out.keys()
        side.known |= {card.id for card in side.out.values()}
        side.out.clear()
        side.added.clear()
        side.removed.clear()

    def let_out(self, side: Side) -> tuple[list[Card], list[int]]:
        """Return what this side should see now that it has not seen: cards, mixed, and ids to take away."""
        self._settle(side)
        added, removed = side.added, side.removed
        side.added, side.removed = [], []
        return added, removed

    def settle(self) -> None:
        """Let out now what has found company, instead of with the next tick."""
        for side in (self.desk, self.all):
            self._settle(side)

    def written(self) -> int:
        """Count the notes that are not withdrawn."""
        return sum(card.standing != "withdrawn" for card in list(self.cards.values()))  # asked from any thread

    def _settle(self, side: Side) -> None:
        if side.opened and self._is_company(side.pending):
            self._let_out(side, side.pending)

    def _change(self, side: Side, card: Card) -> None:
        seen = side.out.get(card.key)
        if card.standing not in side.wanted:
            side.pending.discard(card.key)
            if seen:
                self._take_away(side, card.key)
        elif seen and seen.same_words(card):
            if seen != card:  # the facilitator's own decision: nothing of its author shows
                side.out[card.key] = bare = _bare(card)
                side.added.append(bare)
        else:
            if seen:
                self._take_away(side, card.key)
            side.pending.add(card.key)

    def _take_away(self, side: Side, key: int) -> None:
        gone = side.out.pop(key)
        side.added = [card for card in side.added if card.id != gone.id]
        side.removed.append(gone.id)

    def _let_out(self, side: Side, keys: Collection[int]) -> None:
        fresh = sorted((self.cards[key] for key in keys), key=lambda card: card.id)
        side.pending -= {card.key for card in fresh}
        for card in fresh:
            side.out[card.key] = bare = _bare(card)
            side.added.append(bare)

    def _is_company(self, keys: Collection[int]) -> bool:
        """Tell whether these notes come from enough devices to be mixed: several of one author would hide nobody."""
        authors = {self.cards[key].author or key for key in keys}
        return len(authors) >= gather.LATER_BATCH


def _bare(card: Card) -> Card:
    return Card(card.id, card.column, card.text, card.leader, card.standing)
