"""A plan fits its time: what the proposal may touch, what it never leaves out, and what is told as changed."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.programmes.rules import (
    NEEDS,
    Carried,
    Content,
    Differs,
    MakeKind,
    Piece,
    Planned,
    carried,
    differences,
    make_it_fit,
)

KINDS = st.sampled_from(["talk", "gather", "condense", "sort", "agree", "close"])
SHORT, LONG, USUAL = MakeKind.SHORT, MakeKind.LONG, MakeKind.USUAL


@st.composite
def plans(draw: st.DrawFn, most: int = 7) -> list[Piece]:
    """Draw a plan of some activities."""
    pieces = []
    for key in range(draw(st.integers(1, most))):
        minutes = draw(st.integers(1, 40))
        lengths = draw(st.lists(st.integers(1, 40), max_size=2))
        shorter = {kind: n for kind, n in zip((SHORT, USUAL), lengths, strict=False) if n < minutes}
        pieces.append(Piece(key, minutes, draw(KINDS), shorter, stays=draw(st.booleans())))
    return pieces


def after(pieces: list[Piece], budget: int) -> dict[int, int]:
    """Return the minutes of what is kept when the proposal is taken up."""
    changes = {change.key: change for change in make_it_fit(pieces, budget).changes}
    kept = {piece.key: piece.minutes for piece in pieces}
    for key, change in changes.items():
        if change.is_out:
            del kept[key]
        else:
            kept[key] = change.minutes
    return kept


@given(plans(), st.integers(1, 200))
def test_E8_a_proposal_says_truly_how_long_the_plan_takes_and_uses_only_makes_there_are(
    pieces: list[Piece], budget: int
) -> None:
    proposal = make_it_fit(pieces, budget)
    assert proposal.minutes == sum(after(pieces, budget).values())
    assert proposal.fits == (proposal.minutes <= budget)
    by_key = {piece.key: piece for piece in pieces}
    for change in proposal.changes:
        assert change.is_out or by_key[change.key].shorter[MakeKind(str(change.make))] == change.minutes


@given(plans(), st.integers(1, 200))
def test_E8_what_stays_is_never_left_out_and_nothing_is_left_without_what_it_works_with(
    pieces: list[Piece], budget: int
) -> None:
    kept = after(pieces, budget)
    assert {piece.key for piece in pieces if piece.stays} <= kept.keys()
    before, now = {piece.kind for piece in pieces}, {piece.kind for piece in pieces if piece.key in kept}
    assert [kind for kind in now if NEEDS.get(kind) in before and NEEDS[kind] not in now] == []


@given(plans(most=5), st.integers(1, 120))
def test_E8_no_other_way_leaves_out_less_or_shortens_less(pieces: list[Piece], budget: int) -> None:
    choices = [[None, *piece.shorter.values(), *([] if piece.stays else [0])] for piece in pieces]
    best = min(
        (cost for way in product(*choices) if (cost := cost_of(pieces, way, budget))),
        default=None,
    )
    proposal = make_it_fit(pieces, budget)
    if best is None:
        assert not proposal.fits
    else:
        left_out = sum(change.is_out for change in proposal.changes)
        assert proposal.fits
        assert (left_out, len(proposal.changes) - left_out, budget - proposal.minutes) <= best


def cost_of(pieces: list[Piece], way: tuple[int | None, ...], budget: int) -> tuple[int, int, int] | None:
    """Return what one way costs; None when it is too long, or tears apart what belongs together."""
    minutes = [piece.minutes if new is None else new for piece, new in zip(pieces, way, strict=True)]
    gone = {piece.kind for piece, new in zip(pieces, way, strict=True) if new == 0}
    kept = {piece.kind for piece, new in zip(pieces, way, strict=True) if new != 0}
    chain = {"gather", "condense", "sort", "agree"}
    if sum(minutes) > budget or any(NEEDS.get(kind) in gone for kind in kept) or gone & kept & chain:
        return None
    return way.count(0), sum(bool(new) for new in way), budget - sum(minutes)


def test_of_two_that_could_go_it_is_the_later_one() -> None:
    pieces = [Piece(1, 10, stays=True), Piece(2, 10), Piece(3, 10), Piece(4, 10, stays=True)]
    assert [change.key for change in make_it_fit(pieces, 30).changes] == [3]


def test_a_plan_that_fits_is_let_be() -> None:
    assert make_it_fit([Piece(1, 10, shorter={SHORT: 5})], 10).changes == ()


@pytest.mark.parametrize("minutes", [0, -1])
def test_no_plan_fits_no_time(minutes: int) -> None:
    with pytest.raises(ValueError, match="budget"):
        make_it_fit([Piece(1, 10)], minutes)


# --- what a team changed ---

TOOLKIT = [[Planned(key, key.title(), f"{key}?", 10, "spoken")] for key in ("hello", "story", "pairs", "bye", "walk")]
AS_IT_IS = [texts[0] for texts in TOOLKIT[:4]]


def told(*plan: Planned) -> list[tuple[Differs, str]]:
    """Return what is told about a plan."""
    return [(one.what, one.title) for one in differences(TOOLKIT, plan, usual=4)]


def test_E5_a_plan_as_the_toolkit_has_it_differs_in_nothing() -> None:
    assert told(*AS_IT_IS) == []


def test_E5_each_change_is_told_once_and_by_its_name() -> None:
    hello, story, _pairs, bye = AS_IT_IS
    shorter = Planned("story", "Story", "story?", 5, "spoken", SHORT)
    longer = Planned("bye", "Farewell", "bye?", 15, "named")
    own = Planned("", "Tea", "", 7, "spoken")
    assert told(shorter, hello, own, TOOLKIT[4][0], longer) == [
        (Differs.LEFT_OUT, "Pairs"),
        (Differs.SHORTER, "Story"),
        (Differs.OWN, "Tea"),
        (Differs.PUT_IN, "Walk"),
        (Differs.LONGER, "Bye"),
        (Differs.WORDS, "Farewell"),
        (Differs.WAY, "Bye"),
        (Differs.ORDER, ""),
    ]
    assert bye.minutes == story.minutes == 10  # there was a length to differ from


def test_E6_the_toolkits_words_in_another_language_are_the_toolkits_words() -> None:
    both = [[Planned("hello", "Hello", "Who?", 10, "spoken"), Planned("hello", "Hola", "¿Quién?", 10, "spoken")]]
    assert differences(both, [Planned("hello", "Hola", "¿Quién?", 10, "spoken")], usual=1) == []
    mixed = differences(both, [Planned("hello", "Hola", "Who?", 10, "spoken")], usual=1)
    assert [one.what for one in mixed] == [Differs.WORDS]


@given(st.permutations(AS_IT_IS))
def test_E5_another_order_is_told_exactly_when_it_is_another(plan: list[Planned]) -> None:
    in_order = all(AS_IT_IS.index(a) < AS_IT_IS.index(b) for a, b in pairwise(plan))
    assert [one.what for one in differences(TOOLKIT, plan, usual=4)] == ([] if in_order else [Differs.ORDER])


# --- a newer version ---


def content(title: str, prompt: str, **minutes: int) -> Content:
    """Return what an activity gives in one language."""
    by_make = {USUAL: minutes["usual"], SHORT: minutes["short"]}
    return Content(title, prompt, "talk", "spoken", minutes=by_make)


OLD = [content("Story", "What?", usual=20, short=10), content("Historia", "¿Qué?", usual=20, short=10)]
NEW = [content("A story", "What now?", usual=16, short=9), content("Una historia", "¿Y ahora?", usual=16, short=9)]


@pytest.mark.parametrize(
    ("before", "make", "expected"),
    [
        (("Story", "What?", 20), USUAL, ("A story", "What now?", 16)),
        (("Story", "What?", 10), SHORT, ("A story", "What now?", 9)),
        (("Historia", "¿Qué?", 20), USUAL, ("Una historia", "¿Y ahora?", 16)),
        (("Our story", "What?", 20), USUAL, ("Our story", "What now?", 16)),
        (("Story", "Ours?", 13), USUAL, ("A story", "Ours?", 13)),
    ],
)
def test_E6_a_newer_version_renews_what_the_team_did_not_change_and_nothing_else(
    before: tuple[str, str, int], make: MakeKind, expected: tuple[str, str, int]
) -> None:
    title, prompt, minutes = before
    into = carried(Carried(title, prompt, minutes, "spoken", "talk", ()), make, old=OLD, new=NEW)
    assert (into.title, into.prompt, into.minutes) == expected


@given(st.text(max_size=5), st.text(max_size=5), st.integers(1, 240), st.sampled_from([USUAL, SHORT]))
def test_E6_what_a_team_wrote_itself_survives_every_newer_version(
    title: str, prompt: str, minutes: int, make: MakeKind
) -> None:
    into = carried(Carried(title, prompt, minutes, "spoken", "talk", ()), make, old=OLD, new=NEW)
    assert into.title == title or title in {o.title for o in OLD}
    assert into.prompt == prompt or prompt in {o.prompt for o in OLD}
    assert into.minutes == minutes or minutes == OLD[0].minutes[make]
