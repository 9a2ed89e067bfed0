"""Coarse numbers: a count that moves by one points at whoever just moved."""


def coarse(count: int, *, step: int = 5) -> int:
    """Return a count rounded down to a multiple of step; count >= 0, step >= 1. Raises ValueError otherwise."""
    if count < 0 or step < 1:
        raise ValueError(f"{count=}, {step=}")
    return count - count % step
