"""Calendar files (RFC 5545): what stands in the calendar of a phone, in plain facts handed in by whoever has dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, vText
from icalendar import Event as Component

from holdfast.notifications.zones import zone_component

LOOK_AGAIN = timedelta(hours=4)
"""How often calendars are asked to look; many look when they like."""

KIND = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. uid: stays the same for ever. sequence: goes up with each change, so that the latest one counts.

    zone: on whose clock it is shown. cancelled: it stays, struck through, so that nobody wonders where it went.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    place: str
    words: str
    url: str
    cancelled: bool


def calendar_file(events: Sequence[Event], *, name: str) -> bytes:
    """Return a calendar with these entries, the zones they need included. name: what the calendar is called."""
    calendar = Calendar()
    calendar.add("prodid", "-//Holdfast//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(" ".join(name.split())))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for event in events:
        calendar.add_component(_component(event))
    # Only the years that are asked about: some calendars misread a zone told from 1970 on.
    years = [moment.year for event in events for moment in (event.starts_at, event.ends_at)]
    for zone in sorted(calendar.get_missing_tzids()):
        calendar.subcomponents.insert(0, zone_component(zone, first_year=min(years) - 1, last_year=max(years) + 1))
    made: bytes = calendar.to_ical()
    return made


def _component(event: Event) -> Component:
    there = ZoneInfo(event.zone)
    component = Component()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    # The moment of the last change, not of the asking: a calendar that asks again gets the same bytes.
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("dtstart", event.starts_at.astimezone(there))
    component.add("dtend", event.ends_at.astimezone(there))
    component.add("summary", event.title)
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    component.add("description", event.words)
    if event.place:
        component.add("location", event.place)
    component.add("url", event.url)
    return component
