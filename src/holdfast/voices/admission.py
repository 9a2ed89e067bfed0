"""Who may take part in a room without saying who they are: one interface, and its make *open*."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from django.conf import settings

LETTERS = "EFHKLMQRTWXY"
"""Letters of a room code: none looks or sounds like another when read aloud, and few words come of them."""
CODE_LENGTH = 6


class Viewer(StrEnum):
    """Whose eyes: what each may see is decided for the kind, never for the single person."""

    PARTICIPANT = "participant"
    LEADER = "leader"
    DESK = "desk"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says: the room, and the kind of viewer. It is the same for everyone of that kind."""

    room_id: int
    viewer: Viewer


class Admission(Protocol):
    """How a device gets into a room (`issue`) and shows that it may be there (`redeem`)."""

    def issue(self, room_id: int, *, viewer: Viewer) -> str:
        """Return a ticket for a room."""

    def redeem(self, ticket: str, *, room_id: int) -> Ticket | None:
        """Return what a ticket says, or None when it is not valid for this room."""


class OpenAdmission:
    """Whoever knows the code is in. A ticket carries nothing of its holder, so there is nothing to keep."""

    def issue(self, room_id: int, *, viewer: Viewer) -> str:
        """Return `<role>.<room>.<signature>`; HMAC-SHA-256 under the installation's secret, 128 bits of it."""
        return _ticket(room_id, viewer)

    def redeem(self, ticket: str, *, room_id: int) -> Ticket | None:
        """Compare with the four tickets this room has, in constant time each."""
        shown = ticket.encode(errors="replace")  # half a surrogate pair is no letter
        for viewer in Viewer:
            if hmac.compare_digest(shown, _ticket(room_id, viewer).encode()):
                return Ticket(room_id, viewer)
        return None


OPEN: Admission = OpenAdmission()


@lru_cache(maxsize=4096)
def _ticket(room_id: int, viewer: Viewer) -> str:
    said = f"{viewer[0]}.{room_id}"
    mac = hmac.digest(settings.SECRET_KEY.encode(), b"room ticket " + said.encode(), hashlib.sha256)
    return f"{said}.{base64.urlsafe_b64encode(mac[:16]).rstrip(b'=').decode()}"


def new_code() -> str:
    """Draw a room code: 12 ** 6, about three million."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """Return the code in what somebody typed, or None: case, spaces and hyphens do not matter."""
    letters = "".join(c for c in typed.upper() if c not in " -–—.\u00a0\t")
    return letters if len(letters) == CODE_LENGTH and all(c in LETTERS for c in letters) else None
