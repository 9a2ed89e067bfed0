"""What each side of the room has been shown of a round's notes, and what waits until it can be mixed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from holdfast.gatherings.kinds import gather


@dataclass(frozen=True, slots=True)
class Card:
    """A note as screens know it. id: random; sorting by it mixes. standing: waiting, accepted, held or withdrawn."""

    id: int
    column: str
    text: str
    leader: bool
    standing: str

    def same_words(self, other: "Card") -> bool:
        """Tell whether a reader would see the same note."""
        return (self.text, self.column) == (other.text, other.column)


@dataclass(slots=True, eq=False)
class Side:
    """One side of the room: `desk` looks through all notes, `all` sees accepted ones once they are let out."""

    wanted: frozenset[str]
    opened: bool = False
    out: dict[int, Card] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)
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
        self.cards[card.id] = card
        for side in (self.desk, self.all):
            self._change(side, card)

    def open(self, side: Side) -> None:
        """Let everything out at once, mixed; from now on what comes later waits for company."""
        if not side.opened:
            side.opened = True
            self._let_out(side)

    def shut(self, side: Side) -> None:
        """Take everything back, as when writing goes on."""
        side.opened = False
        side.pending |= side.out.keys()
        side.out.clear()
        side.added.clear()
        side.removed.clear()

    def let_out(self, side: Side) -> tuple[list[Card], list[int]]:
        """Return what this side should see now that it has not seen: cards, mixed, and ids to take away."""
        if side.opened and len(side.pending) >= gather.LATER_BATCH:
            self._let_out(side)
        added, removed = side.added, side.removed
        side.added, side.removed = [], []
        return added, removed

    def written(self) -> int:
        """Count the notes that are not withdrawn."""
        return sum(card.standing != "withdrawn" for card in self.cards.values())

    def _change(self, side: Side, card: Card) -> None:
        seen = side.out.get(card.id)
        if card.standing not in side.wanted:
            side.pending.discard(card.id)
            if seen:
                del side.out[card.id]
                side.removed.append(card.id)
        elif seen and seen.same_words(card):
            if seen != card:  # the facilitator's own decision: nothing of its author shows
                side.out[card.id] = card
                side.added.append(card)
        else:
            if seen:
                del side.out[card.id]
                side.removed.append(card.id)
            side.pending.add(card.id)

    def _let_out(self, side: Side) -> None:
        fresh = [self.cards[card_id] for card_id in sorted(side.pending)]
        side.pending.clear()
        side.out.update((card.id, card) for card in fresh)
        side.added += fresh
