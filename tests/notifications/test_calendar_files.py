"""Calendar files, read back by a reader that shares no code with the writer."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from holdfast.notifications.calendar_files import Event, calendar_file

STARTS = datetime(2031, 3, 13, 20, 30, tzinfo=UTC)
"""15:30 in Chicago, on summer time."""


def an_event(**changes: Any) -> Event:
    """Make an entry."""
    facts = {
        "uid": "session-1@here.example", "sequence": 3, "changed_at": datetime(2031, 1, 1, 8, 0, tzinfo=UTC),
        "starts_at": STARTS, "ends_at": STARTS + timedelta(minutes=75), "zone": "America/Chicago",
        "title": "Drivers of strength · Northgate team", "place": "Library, Northgate School",
        "words": "Section 4 of “Small pack”.", "url": "https://here.example/desk/dates/", "cancelled": False,
    }  # fmt: skip
    return Event(**{**facts, **changes})


def read(made: bytes) -> Any:
    """Read a calendar back."""
    return vobject.readOne(made.decode())


def test_E1_an_entry_says_when_where_and_what_on_the_clock_of_its_place() -> None:
    entry = read(calendar_file([an_event()], name="Sessions")).vevent
    assert entry.uid.value == "session-1@here.example"
    assert entry.dtstart.value == STARTS
    assert entry.dtend.value == STARTS + timedelta(minutes=75)
    assert entry.dtstart.value.strftime("%H:%M") == "15:30"
    assert entry.summary.value == "Drivers of strength · Northgate team"
    assert entry.location.value == "Library, Northgate School"
    assert entry.description.value == "Section 4 of “Small pack”."
    assert (entry.sequence.value, entry.status.value) == ("3", "CONFIRMED")


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/London", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("month", [1, 7])
def test_E1_the_zone_travels_with_the_file_so_that_summer_and_winter_are_right(zone: str, month: int) -> None:
    moment = datetime(2031, month, 15, 12, 0, tzinfo=UTC)
    made = calendar_file([an_event(starts_at=moment, ends_at=moment + timedelta(hours=1), zone=zone)], name="Sessions")
    whole = read(made)
    assert whole.vevent.dtstart.value == moment
    named = [one.tzid.value for one in whole.contents.get("vtimezone", [])]
    assert named == ([] if zone == "UTC" else [zone])


def test_E1_a_cancelled_entry_stays_and_says_so() -> None:
    entry = read(calendar_file([an_event(cancelled=True, sequence=4)], name="Sessions")).vevent
    assert (entry.status.value, entry.sequence.value) == ("CANCELLED", "4")
    assert entry.transp.value == "TRANSPARENT"


def test_words_cannot_become_another_entry() -> None:
    attack = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:\\, ; \n"
    whole = read(calendar_file([an_event(title=attack, place=attack, words=attack)], name=attack))
    assert [entry.uid.value for entry in whole.vevent_list] == ["session-1@here.example"]
    assert "BEGIN:VEVENT" in whole.vevent.summary.value  # the words are all there, as words


def test_names_that_read_from_the_right_and_long_ones_come_back_whole() -> None:
    title = "اجتماع الليل · " + "é" * 90
    assert read(calendar_file([an_event(title=title)], name="Sessions")).vevent.summary.value == title


def test_who_asks_again_gets_the_same_bytes_until_something_changes() -> None:
    assert calendar_file([an_event()], name="S") == calendar_file([an_event()], name="S")
    assert calendar_file([an_event()], name="S") != calendar_file([an_event(sequence=4)], name="S")


def test_an_empty_calendar_is_one() -> None:
    whole = read(calendar_file([], name="Sessions"))
    assert whole.name == "VCALENDAR"
    assert "vevent" not in whole.contents


# --- the zone that travels with the file, on its own: some calendars believe it and no table of their own ---

CHANGES = {
    "America/Chicago": ("2031-03-09T08:00Z", "2031-11-02T07:00Z"),
    "Europe/Berlin": ("2031-03-30T01:00Z", "2031-10-26T01:00Z"),
    "Australia/Lord_Howe": ("2031-10-04T15:30Z", "2031-04-05T15:00Z"),
}
"""When summer time begins and ends in 2031, by the law of each place."""


def ahead_of_utc(made: bytes, moment: datetime) -> timedelta:
    """Return how far ahead of UTC a file itself says the clocks of its zone are."""
    return moment.astimezone(read(made).vtimezone.tzinfo).utcoffset() or timedelta()


@pytest.mark.parametrize("zone", CHANGES)
def test_E1_the_clocks_of_the_file_change_at_the_minute_at_which_the_law_changes_them(zone: str) -> None:
    made, minute = calendar_file([an_event(zone=zone)], name="Sessions"), timedelta(minutes=1)
    summer, winter = (datetime.fromisoformat(moment) for moment in CHANGES[zone])
    for change, step in ((summer, 1), (winter, -1)):
        before, after = ahead_of_utc(made, change - minute), ahead_of_utc(made, change)
        assert (after - before) * step == timedelta(minutes=30 if "Lord_Howe" in zone else 60)
        assert (before, after) == tuple(one.astimezone(ZoneInfo(zone)).utcoffset() for one in (change - minute, change))


@pytest.mark.parametrize("zone", [*CHANGES, "Europe/Dublin", "Africa/Casablanca", "Asia/Kolkata"])
def test_E1_the_file_and_the_law_agree_in_each_year_of_its_entries_and_in_every_hour_around_a_change(zone: str) -> None:
    entries = [an_event(zone=zone, uid=str(n), starts_at=STARTS.replace(year=n), ends_at=STARTS) for n in (2030, 2032)]
    told, there = read(calendar_file(entries, name="Sessions")).vtimezone.tzinfo, ZoneInfo(zone)

    def ahead(day: datetime, by: tzinfo = there) -> timedelta | None:
        return day.astimezone(by).utcoffset()

    days = [datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(3 * 365)]
    changing = [day for day in days if ahead(day) != ahead(day + timedelta(days=1))]
    assert len(changing) == (0 if zone == "Asia/Kolkata" else 6)
    moments = [day + timedelta(hours=hour) for day in changing for hour in range(-1, 26)] + days[::9]
    assert [moment for moment in moments if ahead(moment, told) != ahead(moment)] == []
