"""What leaves the board: nothing before its side is opened, and later never fewer than three together (E3)."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from holdfast.gatherings.board import Board, Card

TEXTS = st.sampled_from(["a", "b", "c"])
STANDINGS = st.sampled_from(["waiting", "accepted", "held", "withdrawn"])


class BoardMachine(RuleBasedStateMachine):
    """Notes are written, changed and decided about in any order while screens watch."""

    def __init__(self) -> None:
        super().__init__()
        self.board = Board()
        self.screen: dict[int, Card] = {}
        self.new_words: list[int] = []

    @rule(card_id=st.integers(1, 12), text=TEXTS, standing=STANDINGS)
    def change(self, card_id: int, text: str, standing: str) -> None:
        self.board.change(Card(card_id, "drains", text, False, standing))

    @precondition(lambda self: not self.board.all.opened)
    @rule()
    def open(self) -> None:
        self.board.open(self.board.all)

    @rule()
    def tick(self) -> None:
        before = dict(self.screen)
        was_open, first = self.board.all.opened, bool(self.board.all.added) and not self.screen
        added, removed = self.board.let_out(self.board.all)
        for gone in removed:
            self.screen.pop(gone, None)
        for card in added:
            self.screen[card.id] = card
        fresh = [card for card in added if card.id not in before or not before[card.id].same_words(card)]
        assert was_open or not added
        if fresh and not first:
            assert len(fresh) >= 3
        assert [card.id for card in fresh] == sorted(card.id for card in fresh)

    @invariant()
    def only_accepted_notes_are_out(self) -> None:
        assert all(card.standing == "accepted" for card in self.board.all.out.values())
        assert all(self.board.cards[i].same_words(card) for i, card in self.board.all.out.items())

    @invariant()
    def nothing_is_lost(self) -> None:
        accepted = {i for i, card in self.board.cards.items() if card.standing == "accepted"}
        assert accepted == self.board.all.out.keys() | self.board.all.pending


TestBoard = BoardMachine.TestCase


@given(st.lists(st.integers(1, 2**62), min_size=1, max_size=30, unique=True))
def test_E3_the_reveal_does_not_depend_on_the_order_of_writing(ids: list[int]) -> None:
    shown = []
    for order in (ids, ids[::-1]):
        board = Board(Card(i, "drains", str(i), False, "accepted") for i in order)
        board.open(board.all)
        shown.append([card.id for card in board.let_out(board.all)[0]])
    assert shown[0] == shown[1] == sorted(ids)


def test_taking_the_reveal_back_and_showing_again_shows_everything_once() -> None:
    board = Board(Card(i, "drains", str(i), False, "accepted") for i in range(1, 5))
    board.open(board.all)
    assert len(board.let_out(board.all)[0]) == 4
    board.shut(board.all)
    assert board.let_out(board.all) == ([], [])
    board.open(board.all)
    assert len(board.let_out(board.all)[0]) == 4
