"""Draws a way to sign in: its address, and the address as a QR code."""

from dataclasses import dataclass
from datetime import date, timedelta

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from holdfast.people import actions
from holdfast.people.models import Person


@dataclass(frozen=True, slots=True)
class Slip:
    """One printed card: whom it signs in, the address, the QR code as SVG, and the last whole day it works."""

    person: Person
    address: str
    code: SafeString
    until: date


def address_with(token: str) -> str:
    """Return the full address that signs in with this token."""
    return f"{settings.PUBLIC_URL}{reverse('people.link', kwargs={'token': token})}"


def slip(person: Person, token: str) -> Slip:
    """Draw the card of one person."""
    address = address_with(token)
    # Always dark on white: a camera reads it from a dark screen too.
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff", border=3)
    code = mark_safe(drawn)  # noqa: S308 - drawn by the QR library from our own address
    until = timezone.localdate(timezone.now() + actions.LINK_LASTS - timedelta(days=1))
    return Slip(person=person, address=address, code=code, until=until)


def invite(name: str, organisation_name: str, email: str | None = None) -> str:
    """Return the address that signs in the first coordinator, made with the organisation when there is none yet."""
    person = actions.appoint_first_coordinator(name, organisation_name, email=email or "")
    return address_with(actions.make_sign_in_link(person))
