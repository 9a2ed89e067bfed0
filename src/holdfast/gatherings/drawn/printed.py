"""Slips as PDF, eight on a sheet, to cut apart and mix in a hat; the one place where their letters ever stand."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from holdfast.gatherings.drawn.tokens import in_fours
from holdfast.programmes.models import Gathering
from holdfast.web.printing import Paper, compiled, plain, qr_of

TEMPLATE = Path(__file__).with_name("slips.typ")


def printed_slips(gathering: Gathering, tokens: Sequence[str], *, paper: Paper) -> bytes:
    """Return sheets of slips as PDF, of which nothing is kept. All slips are alike but for their letters."""
    data = {
        "paper": paper,
        "title": plain(gathering.title_now),
        "slips": [{"letters": in_fours(token), "qr": qr_of(address_of(token))} for token in tokens],
        "how": plain(
            _("Scan this with your phone, or open %(address)s and type the letters.")
            % {"address": f"{settings.PUBLIC_URL.split('://', 1)[1]}/slip/"}
        ),
        "rule": _("For one person. Drawn from a hat: nobody knows who has which. Keep it until the session is over."),
        "qr-words": _("Picture to scan with a phone: it lets you into the session."),
    }
    return compiled(TEMPLATE, data)


def address_of(token: str) -> str:
    """Return the address of a slip. What comes after # stays on the phone: no server and no proxy can write it down."""
    return f"{settings.PUBLIC_URL}/slip/#{token}"
