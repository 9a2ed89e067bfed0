"""The day it is where the sites of the tests are, whose midnight comes hours after the installation’s."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

CHICAGO = ZoneInfo("America/Chicago")


def today() -> date:
    """Return the day at Northgate and Southgate; pages of a site go by its own calendar, not by the server’s."""
    return timezone.now().astimezone(CHICAGO).date()
