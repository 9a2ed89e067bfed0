"""Calendar files, read back by a reader that shares no code with the writer."""

from datetime import UTC, datetime, timedelta
from typing import Any

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
