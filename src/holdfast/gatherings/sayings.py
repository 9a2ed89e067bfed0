"""What is written in the open: read from a request, checked, and stored as a record by ordinary Django."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db import close_old_connections

from holdfast.gatherings.actions.sayings import take_back_saying, write_saying
from holdfast.gatherings.doors import as_it_is_now
from holdfast.gatherings.exchange import hex_of, number_of, text_of
from holdfast.gatherings.kinds.sheets import Right, Said, Sheet, sheet_of
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoundView
from holdfast.gatherings.rules import LONGEST_TEXT, clean_text
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer

MOST_REVS = 10_000
LONGEST_NAME = 80
T = TypeVar("T")


async def store_saying(room: LiveRoom, viewer: Viewer, body: Mapping[str, Any]) -> tuple[int, bool]:
    """Check what a phone sent and store it; return its rev, and whether it is new. Raises Refused."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    found = await as_it_is_now(room, partial(open_round_of, room, viewer, round_id, act="say"))
    said = read_said(sheet_of(found.kind, found.columns), body, named=found.look == "named")
    right = Right(
        number_of(body, "id", low=1, high=LARGEST_KEY), hex_of(body, "secret"),
        number_of(body, "rev", low=1, high=MOST_REVS), viewer is Viewer.LEADER,
    )  # fmt: skip
    return await _in_a_thread(lambda: write_saying(found.id, said=said, right=right))


async def withdraw_saying(room: LiveRoom, viewer: Viewer, body: Mapping[str, Any]) -> int:
    """Take one entry back by its secret; return how many are gone. Raises Refused."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    found = await as_it_is_now(room, partial(open_round_of, room, viewer, round_id, act="withdraw"))
    key, leads = number_of(body, "id", low=1, high=LARGEST_KEY), viewer is Viewer.LEADER
    right = Right(key, hex_of(body, "secret"), from_leader=leads)
    return await _in_a_thread(lambda: take_back_saying(found.id, right=right))


def open_round_of(room: LiveRoom, viewer: Viewer, round_id: int, *, act: str) -> RoundView:
    """Return the room's round if this viewer may write in the open now. Raises Refused; a leader is told why."""
    found = room.round
    if viewer not in {Viewer.PARTICIPANT, Viewer.LEADER}:
        raise Refused("gatherings.ticket_not_valid", status=403)
    if found is None or found.id != round_id or not found.in_the_open:
        raise Refused("gatherings.not_writing_now", status=409)
    if act not in found.rules.may(viewer, found.phase):
        if viewer is Viewer.LEADER and act in found.rules.may("participant", found.phase):
            raise Refused("gatherings.leaders_do_not_type", status=403)
        raise Refused("gatherings.not_writing_now", status=409)
    return found


def read_said(sheet: Sheet, body: Mapping[str, Any], *, named: bool) -> Said:
    """Return what was typed, cleaned. named: it needs a name. Raises Refused."""
    typed = body.get("parts")
    if not isinstance(typed, Mapping) or not set(typed) <= set(sheet.parts):
        raise Refused("gatherings.unreadable", status=400)
    parts = {key: text for key in typed if (text := clean_text(text_of(typed, key, most=8192)))}
    if not parts:
        raise Refused("gatherings.nothing_written", status=422)
    longest = max(len(text) for text in parts.values())
    if longest > LONGEST_TEXT:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_TEXT, "has": longest}, status=422)
    place = text_of(body, "place", most=60) if body.get("place") else ""
    if place not in {*(sheet.places or ("",)), *sheet.faults}:
        raise Refused("gatherings.no_such_column", status=422)
    name = " ".join(clean_text(text_of(body, "name", most=400)).split()) if body.get("name") else ""
    if len(name) > LONGEST_NAME:
        raise Refused("gatherings.name_too_long", {"most": LONGEST_NAME}, status=422)
    if named and not name:
        raise Refused("gatherings.no_name_yet", status=422)
    return Said(place, parts, name, _day(body.get("by_when")) if sheet.dated else None)


def _day(typed: object) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(str(typed)[:10])
    except ValueError as error:
        raise Refused("gatherings.not_a_day", status=422) from error


async def _in_a_thread(act: Callable[[], T]) -> T:
    def work() -> T:
        try:
            return act()
        finally:
            close_old_connections()

    return await asyncio.to_thread(work)
