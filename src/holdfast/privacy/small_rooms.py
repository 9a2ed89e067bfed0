"""The small-room rule: what two pictures of the same question, laid side by side, would say about one person."""

from collections.abc import Mapping, Sequence

Counts = Mapping[str, int]


def entries_apart(before: Counts, now: Counts) -> int:
    """Return how few entries must have come, gone or changed between two tallies; 0 when they are alike.

    before, now: choice to number of people, each >= 0. Whoever came adds one, whoever left takes one away, and whoever
    changed does both at once, so the larger of both sums is the fewest people who can explain the difference.
    """
    steps = [now.get(choice, 0) - before.get(choice, 0) for choice in {*before, *now}]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def may_stand_beside(before: Counts, now: Counts, *, at_least: int) -> bool:
    """Tell whether a tally may be shown to people who have seen an earlier one about the same question.

    What lies between the two is itself a figure, about those who came, went or changed: nobody, or enough to hide in.
    The last to arrive and the last to leave are known to everybody in the room. at_least >= 1, else ValueError.
    """
    if at_least < 1:
        raise ValueError(f"{at_least=}")
    apart = entries_apart(before, now)
    return apart == 0 or apart >= at_least


def shown_in_turn(tallies: Sequence[Counts], *, at_least: Sequence[int]) -> list[bool]:
    """Decide, one after the other, which tallies of one question are shown; what was shown is never taken back.

    tallies: as they came in time. at_least: for each the smallest number of people it speaks about; of two that are
    compared the stricter holds. Raises ValueError when the two lists differ in length.
    """
    shown: list[int] = []
    for turn, (now, fewest) in enumerate(zip(tallies, at_least, strict=True)):
        beside = all(may_stand_beside(tallies[n], now, at_least=max(fewest, at_least[n])) for n in shown)
        if sum(now.values()) >= fewest and beside:
            shown.append(turn)
    return [turn in shown for turn in range(len(tallies))]
