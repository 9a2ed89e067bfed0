"""Coarse numbers: a count that moves by one points at whoever just moved."""


def coarse(count: int, *, step: int = 5) -> int:
    """Return a count rounded down to a multiple of step; count >= 0, step >= 1. Raises ValueError otherwise."""
    if count < 0 or step < 1:
        raise ValueError(f"{count=}, {step=}")
    return count - count % step


def rounded_share(count: int, out_of: int, *, at_least: int = 30, floor: int = 5) -> int | None:
    """Return a share in per cent, rounded to tens, or None where it would say too much.

    0 <= count <= out_of. at_least: from how many on a share is said at all; of 30, one more moves it by a third of a
    step. floor: fewer than these are not told apart from none. Raises ValueError when the numbers do not fit.
    """
    if not 0 <= count <= out_of or at_least < 1:
        raise ValueError(f"{count=}, {out_of=}, {at_least=}")
    if out_of < at_least or count < floor:
        return None
    return (count * 20 + out_of) // (2 * out_of) * 10
