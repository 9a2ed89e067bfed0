"""Differencing: what somebody learns who lays two pictures of one question side by side and knows who came or left."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from holdfast.privacy.small_rooms import entries_apart, may_stand_beside, shown_in_turn

CHOICES = ("ours", "leadership", "nobody")
TALLY = st.dictionaries(st.sampled_from(CHOICES), st.integers(0, 12))
ROOMS = 2000
FLOOR = 5


def fewest_moves(before: Mapping[str, int], now: Mapping[str, int]) -> int:
    """Count, one by one, the people who must have come, left or changed; another way than the rule's."""
    left, came = Counter(before), Counter(now)
    alike = left & came
    left, came = left - alike, came - alike
    moves = 0
    while left or came:  # one who changed takes away one of each side
        for side in (left, came):
            if side:
                side[next(iter(side))] -= 1
                side += Counter()
        left, came = +left, +came
        moves += 1
    return moves


@given(TALLY, TALLY)
def test_E3_the_distance_of_two_tallies_is_the_fewest_people_who_can_explain_it(
    before: dict[str, int], now: dict[str, int]
) -> None:
    assert entries_apart(before, now) == entries_apart(now, before) == fewest_moves(before, now)


@given(st.lists(TALLY, min_size=1, max_size=6), st.integers(3, 8))
def test_E3_no_two_shown_tallies_differ_by_a_handful_of_people(tallies: list[dict[str, int]], floor: int) -> None:
    shown = [t for t, yes in zip(tallies, shown_in_turn(tallies, at_least=[floor] * len(tallies)), strict=True) if yes]
    for n, one in enumerate(shown):
        assert sum(one.values()) >= floor
        for other in shown[n + 1 :]:
            assert fewest_moves(one, other) == 0 or fewest_moves(one, other) >= floor


@given(st.lists(TALLY, min_size=1, max_size=5), TALLY)
def test_what_was_shown_stays_whatever_comes_later(tallies: list[dict[str, int]], later: dict[str, int]) -> None:
    floors = [FLOOR] * len(tallies)
    assert shown_in_turn([*tallies, later], at_least=[*floors, FLOOR])[:-1] == shown_in_turn(tallies, at_least=floors)


def always_shown(tallies: Sequence[Mapping[str, int]]) -> list[bool]:
    """The planted leak: only the size of the group is looked at, as if nobody had seen the picture before."""
    return [sum(tally.values()) >= FLOOR for tally in tallies]


def found_out(rule: str, *, seed: int, leaves: bool) -> tuple[int, int]:
    """Let an attacker who sees the door guess the entry of the one who came or left; return hits and pictures shown.

    Nobody else changes their mind, which is the attacker's best case.
    """
    draw, hits, shown_twice = random.Random(seed), 0, 0
    for _ in range(ROOMS):
        group = [draw.choice(CHOICES) for _ in range(draw.randint(5, 12))]
        one = draw.choice(CHOICES)
        first, second = Counter(group), Counter([*group, one])
        pair = (second, first) if leaves else (first, second)
        told = always_shown(pair) if rule == "leak" else shown_in_turn(pair, at_least=[FLOOR] * 2)
        if not all(told):
            guess = draw.choice(CHOICES)  # nothing new was said: no better than before
        else:
            shown_twice += 1
            fewer, more = sorted(pair, key=lambda tally: sum(tally.values()))
            guess = next(choice for choice in CHOICES if more[choice] > fewer[choice])
        hits += guess == one
    return hits, shown_twice


def test_E3_the_entry_of_the_last_to_arrive_or_to_leave_is_not_found_by_differencing() -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    for leaves in (False, True):
        caught, pictures = found_out("leak", seed=seed, leaves=leaves)
        assert (caught, pictures > ROOMS * 0.8) == (ROOMS, True) or caught > 0.9 * ROOMS  # there is something to find
        hits, pictures = found_out("rule", seed=seed, leaves=leaves)
        assert pictures == 0
        assert abs(hits / ROOMS - 1 / 3) < 0.06  # chance; five standard deviations


def test_alike_pictures_and_a_group_that_really_moved_may_be_shown() -> None:
    assert may_stand_beside({"ours": 6}, {"ours": 6}, at_least=5)
    assert may_stand_beside({"ours": 6}, {"leadership": 6}, at_least=5)
    assert not may_stand_beside({"ours": 5, "leadership": 0}, {"ours": 5, "leadership": 1}, at_least=5)
