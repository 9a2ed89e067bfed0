"""Where slips lead, and what the desk knows of them: that they are asked for and how many; never which were used."""

from dataclasses import dataclass

from holdfast.gatherings.models import Room, Slip, SlipDraw
from holdfast.programmes.models import Gathering
from holdfast.refusals import Refused
from holdfast.voices.admission import SLIPS


@dataclass(frozen=True, slots=True)
class Slips:
    """asked: the session lets in by slips only. printed: how many work."""

    asked: bool
    printed: int


def slips_of(gathering: Gathering) -> Slips:
    """Return how it stands with the slips of a session."""
    draw = draw_of(gathering)
    return Slips(draw is not None, draw.slips.count() if draw else 0)


def draw_of(gathering: Gathering) -> SlipDraw | None:
    """Return the draw a session lets in by, or None where its code lets in."""
    found: SlipDraw | None = getattr(gathering, "slip_draw", None)
    return found


def asks_for(room: Room) -> int:
    """Return the key of the draw a room lets in by, or 0 for the open code; simulated phones draw no slips."""
    draw = None if room.rehearsal else draw_of(room.gathering)
    return draw.pk if draw else 0


def room_of(token: str) -> tuple[Room, int]:
    """Return the room a slip lets into, and its draw. Raises Refused.

    It reads and writes nothing: that somebody has come, when and with which slip is nowhere.
    """
    slip = Slip.objects.select_related("draw").filter(fingerprint=SLIPS.fingerprint(token)).first()
    if slip is None:
        raise Refused("gatherings.no_such_slip", status=404)
    room = Room.objects.filter(gathering=slip.draw.gathering_id, ended_at__isnull=True, rehearsal=False).first()
    if room is None:
        raise Refused("gatherings.slip_too_early", status=409)
    return room, slip.draw_id
