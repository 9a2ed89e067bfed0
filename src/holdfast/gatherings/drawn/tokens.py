"""What stands on a slip: letters that can be typed and read aloud, too many to be guessed through a door."""

import secrets

from holdfast.refusals import Refused
from holdfast.voices.admission import LETTERS

LENGTH = 12
"""12 ** 12: of 600 slips one is found after 160 years of two tries a second, which is all a server takes calmly."""
BETWEEN = " -–—.\u00a0\t\r\n"


def new_token() -> str:
    """Draw what stands on one slip."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_token(typed: str) -> str:
    """Return the token in what somebody typed: case, spaces and hyphens do not matter. Raises Refused."""
    letters = "".join(c for c in typed.upper() if c not in BETWEEN)
    if len(letters) != LENGTH:
        raise Refused("gatherings.slip_is_torn", {"has": len(letters), "whole": LENGTH}, status=422)
    if not all(c in LETTERS for c in letters):
        raise Refused("gatherings.no_such_slip", status=404)
    return letters


def in_fours(token: str) -> str:
    """Return a token as one reads it aloud and types it."""
    return " ".join(token[at : at + 4] for at in range(0, len(token), 4))
