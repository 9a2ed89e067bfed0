"""Who may take part in a room without saying who they are: one interface, and two makes, *open* and *slips*."""

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
    """What a ticket says: the room, and the kind of viewer. An open one is the same for everyone of that kind.

    holder: of a slip, a number that is no name and in no table; "" when it is open, or only lets its holder watch.
    """

    room_id: int
    viewer: Viewer
    holder: str = ""


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


class SlipAdmission:
    """Whoever has drawn a slip is in, with a ticket of the slip's own: no name, but one for each and never two.

    A ticket is a pass, the same for everyone of its kind, and what is the holder's own. The pass alone lets somebody
    watch: it stands in addresses, which proxies write down. From a slip to its fingerprint, its holder and its tags
    leads only the server's secret, and back leads nothing: no two of them can be set side by side in a stolen file.
    """

    def issue(self, room_id: int, *, viewer: Viewer, draw: int, token: str = "", holder: str = "") -> str:
        """Return `<pass>~<holder>.<signature>`; for a token always the same, however often it is shown."""
        holder = holder or _signed(f"slip holder {room_id} {draw} {token}")
        own = f"{_pass(room_id, viewer, draw)}~{holder}"
        return f"{own}.{_signed(f'slip ticket {own}')}"

    def redeem(self, ticket: str, *, room_id: int, draw: int) -> Ticket | None:
        """Return what a ticket of this draw says; in constant time for each kind of viewer."""
        shown, _, own = ticket.partition("~")
        holder = own.partition(".")[0]
        for viewer in (Viewer.PARTICIPANT, Viewer.LEADER):
            wanted = self.issue(room_id, viewer=viewer, draw=draw, holder=holder) if holder else ""
            if holder and hmac.compare_digest(ticket.encode(errors="replace"), wanted.encode(errors="replace")):
                return Ticket(room_id, viewer, holder)
            if not own and hmac.compare_digest(shown.encode(errors="replace"), _pass(room_id, viewer, draw).encode()):
                return Ticket(room_id, viewer)
        return None

    def tag(self, holder: str, round_id: int) -> str:
        """Return the tag of a slip in one round: it makes one person's ballot one, and joins no two rounds."""
        said = f"slip tag {round_id} {holder}".encode()
        return hmac.digest(settings.SECRET_KEY.encode(), said, hashlib.sha256)[:16].hex()

    def fingerprint(self, token: str) -> str:
        """Return what the database keeps of a slip: without the server's secret no slip can be tried against it."""
        said = f"slip fingerprint {token}".encode()
        return hmac.digest(settings.SECRET_KEY.encode(), said, hashlib.sha256).hex()


OPEN: Admission = OpenAdmission()
SLIPS = SlipAdmission()


def _pass(room_id: int, viewer: Viewer, draw: int) -> str:
    said = f"{viewer[0]}.{room_id}.{draw}"
    return f"{said}.{_signed(f'slip pass {said}')}"


def _signed(said: str) -> str:
    mac = hmac.digest(settings.SECRET_KEY.encode(), said.encode(errors="replace"), hashlib.sha256)
    return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()


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
