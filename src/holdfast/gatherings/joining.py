"""How to get into a room, as the desk and the wall show it: the code, the address to type, and both as a QR code."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from holdfast.gatherings.models import Room


@dataclass(frozen=True, slots=True)
class WayIn:
    """spaced: the code in two halves, as one reads it aloud. address: what to type, without the scheme;
    in a narrow place it breaks before a dot."""

    code: str
    spaced: str
    address: SafeString
    qr: SafeString


def way_in(room: Room) -> WayIn:
    """Return the way into a room."""
    # Always dark on white: a camera reads it from a dark wall too.
    drawn = segno.make(f"{settings.PUBLIC_URL}/r/{room.code}/", error="m", micro=False).svg_inline(
        omitsize=True, dark="#0c2b2b", light="#fff", border=2
    )
    host = settings.PUBLIC_URL.split("://", 1)[1]
    return WayIn(
        code=room.code,
        spaced=f"{room.code[:3]} {room.code[3:]}",
        address=format_html_join(mark_safe("<wbr>."), "{}", ((part,) for part in host.split("."))),
        qr=mark_safe(drawn),  # noqa: S308 - drawn by the QR library from our own address
    )
