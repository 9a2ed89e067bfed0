"""Days and hours in words: a day with its weekday and year, hours on the clock of a place."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_full(day: date) -> str:
    """Write a date for paper and mails, which are read in another year too: `Thursday 12 March 2026`."""
    # Translators: a date with its weekday, in the format language of Django: Thursday 12 March 2026.
    return date_format(day, _("l j F Y"))


def hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Write from when to when: `15:30–16:30`."""
    return "–".join(date_format(moment.astimezone(zone), "H:i") for moment in (starts_at, ends_at))


def day_and_hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Write when something is: `Thursday 12 March 2026, 15:30–16:30`."""
    said = {"day": day_in_full(starts_at.astimezone(zone)), "time": hours(starts_at, ends_at, zone)}
    return _("%(day)s, %(time)s") % said


def city_of(zone: ZoneInfo) -> str:
    """Write on whose clock: `Chicago`."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")
