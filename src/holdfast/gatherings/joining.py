"""How to get into a room, as the desk and the wall show it: the code, the address to type, and both as a QR code."""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from holdfast.gatherings.drawn.shown import asks_for
from holdfast.gatherings.models import Room

NUMBERS = re.compile(r"\d+(\.\d+){3}(:\d+)?(/|$)")
"""An address of four numbers, as a machine without a name has; a port may follow."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """spaced: the code in two halves, as one reads it aloud. address: what to type, without the scheme; in a narrow
    place a name breaks before a dot, and numbers do not break.

    by_slips: slips let in, and the code does not; the address is that of the page where they are typed.
    """

    code: str
    spaced: str
    address: SafeString
    qr: SafeString
    by_slips: bool


def breaking(host: str) -> SafeString:
    """Return what is typed to get in: a name may break before a dot, the numbers of a machine stay together."""
    if NUMBERS.match(host):
        return format_html('<span class="unbroken">{}</span>', host)
    return format_html_join(mark_safe("<wbr>."), "{}", ((part,) for part in host.split(".")))


def way_in(room: Room) -> WayIn:
    """Return the way into a room."""
    by_slips = bool(asks_for(room))
    place = "slip" if by_slips else f"r/{room.code}"
    host = settings.PUBLIC_URL.split("://", 1)[1] + ("/slip/" if by_slips else "")
    return WayIn(
        code=room.code,
        spaced=f"{room.code[:3]} {room.code[3:]}",
        address=breaking(host),
        qr=mark_safe(_drawn(f"{settings.PUBLIC_URL}/{place}/")),  # noqa: S308 - drawn by the QR library
        by_slips=by_slips,
    )


@lru_cache(maxsize=256)
def _drawn(address: str) -> str:
    """Draw an address once, and not for every step of a desk: always dark on white, so that any camera reads it."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(omitsize=True, dark="#0c2b2b", light="#fff", border=2)
