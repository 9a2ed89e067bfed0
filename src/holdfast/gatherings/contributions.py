"""The way up: tickets, notes and withdrawals; nothing here knows a session, a person or an address."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from holdfast.gatherings.doors import as_it_is_now, room_by_code, room_by_ticket
from holdfast.gatherings.exchange import (
    answer_json,
    answer_refusal,
    hex_of,
    number_of,
    read_json,
    text_of,
)
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.priorities import read_priorities, refuse_leader
from holdfast.gatherings.queries import RoundView
from holdfast.gatherings.rules import LONGEST_TEXT, clean_text, known_columns
from holdfast.gatherings.sayings import store_saying, withdraw_saying
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices import intake
from holdfast.voices.admission import OPEN, SLIPS, Viewer
from holdfast.voices.intake import CannotSave, Contribution, Outcome, Receipt, Standing
from holdfast.voices.rules import pack_choices
from holdfast.web.routes import Receive, Scope, Send

Store = Callable[[LiveRoom, Viewer, dict[str, Any]], Awaitable[Receipt]]

MOST_REVS = 10_000


async def create_ticket(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/tickets/: a participant's ticket, or the leaders' for whoever says they lead this group."""
    try:
        room = await room_by_code(scope["path_args"]["code"])
        body = await read_json(receive)
        lead = body.get("lead", False)
        if not isinstance(lead, bool):
            raise Refused("gatherings.unreadable", status=400)
        ticket = ticket_for(room, str(body.get("ticket", "")), viewer=Viewer.LEADER if lead else Viewer.PARTICIPANT)
        await answer_json(send, 201, {"ticket": ticket, "room": str(room.view.id)})
    except Refused as refused:
        await answer_refusal(send, refused)


def ticket_for(room: LiveRoom, shown: str, *, viewer: Viewer) -> str:
    """Return a ticket for a viewer; where slips are asked for only to whoever shows that of one. Raises Refused."""
    draw = room.view.draw
    if not draw:
        return OPEN.issue(room.view.id, viewer=viewer)
    found = SLIPS.redeem(shown, room_id=room.view.id, draw=draw)
    if found is None or not found.holder:
        raise Refused("gatherings.slip_needed", status=403)
    return SLIPS.issue(room.view.id, viewer=viewer, draw=draw, holder=found.holder)


async def take_in(scope: Scope, receive: Receive, send: Send, store: Store) -> None:
    """Read what a ticket's holder sends, store it, and answer 201 (new) or 200, only after the commit."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        receipt = await store(room, viewer, body)
        status = 201 if receipt.outcome is Outcome.STORED else 200
        await answer_json(send, status, {"id": str(body["id"]), "rev": receipt.rev})
    except Refused as refused:
        await answer_refusal(send, refused)


async def write_note(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/notes/: store or edit a note."""
    await take_in(scope, receive, send, store_note)


async def withdraw_notes(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/withdrawals/: withdraw one note by its secret, or all of a device by its tag."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        await answer_json(send, 200, {"withdrawn": await take_back(room, viewer, body)})
    except Refused as refused:
        await answer_refusal(send, refused)


async def hand_in_ballot(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/ballots/: one device's choices, stored or changed as a whole."""
    await take_in(scope, receive, send, store_ballot)


async def press_doubt(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/doubts/: this wording no longer says what was meant; nobody learns who says so."""
    await take_in(scope, receive, send, store_doubt)


async def write_in_the_open(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/sayings/: write or change an entry that has a name, or is written by one for all."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        rev, new = await store_saying(room, viewer, body)
        await answer_json(send, 201 if new else 200, {"id": str(body["id"]), "rev": rev})
    except Refused as refused:
        await answer_refusal(send, refused)


async def store_ballot(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> Receipt:
    """Check one device's choices and hand them to the store. Raises Refused; nothing is kept then."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    found = await as_it_is_now(room, partial(choosable_round, room, viewer, round_id, act="choose"))
    choices = body.get("choices")
    if found.rules is prioritise:
        slip = _read_slip(body, column="", text=read_priorities(found, choices))
        return await _store_only(room, found, slip)
    asked = list(getattr(found.rules, "QUESTIONS", ())) or [item.id for item in found.items]
    known = {str(key): key for key in asked}
    allowed = found.rules.BALLOT
    if not isinstance(choices, dict) or any(k not in known or v not in allowed for k, v in choices.items()):
        raise Refused("gatherings.not_on_the_list", status=422)
    text = pack_choices({known[k]: v for k, v in choices.items()}, asked)
    return await _store_only(room, found, _read_slip(body, column="", text=text))


async def store_doubt(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> Receipt:
    """Check a doubt and hand it to the store. Raises Refused."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    found = await as_it_is_now(room, partial(choosable_round, room, viewer, round_id, act="doubt"))
    item = number_of(body, "item", low=1, high=LARGEST_KEY)
    if item not in {known.id for known in found.items}:
        raise Refused("gatherings.not_on_the_list", status=422)
    return await _store(found, _read_slip(body, column="doubt", text=str(item)), standing=Standing.WAITING)


def choosable_round(room: LiveRoom, viewer: Viewer, round_id: int, *, act: str) -> RoundView:
    """Return the room's round if this viewer may choose or doubt in it now. Raises Refused; a leader is told why."""
    found = room.round
    is_now = found is not None and found.id == round_id and act in found.rules.may("participant", found.phase)
    if viewer is Viewer.LEADER and is_now and found is not None:
        refuse_leader(found)
        raise Refused("gatherings.leaders_do_not_choose", status=403)
    if viewer is not Viewer.PARTICIPANT:
        raise Refused("gatherings.ticket_not_valid", status=403)
    if found is None or not is_now:
        raise Refused("gatherings.not_writing_now", status=409)
    return found


def _read_slip(body: dict[str, Any], *, column: str, text: str) -> Contribution:
    return Contribution(
        id=number_of(body, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(body, "secret"),
        tag=hex_of(body, "tag"),
        rev=number_of(body, "rev", low=1, high=MOST_REVS),
        column=column,
        text=text,
        from_leader=False,
    )


async def _store(found: RoundView, contribution: Contribution, *, standing: Standing) -> Receipt:
    return await _stored(intake.write(found.id, contribution, standing=standing))


async def _store_only(room: LiveRoom, found: RoundView, ballot: Contribution) -> Receipt:
    """Store the one ballot of a device; that of a slip takes the place of what it chose on another phone."""
    by_slip = bool(room.view.draw)
    written = intake.write(found.id, ballot, standing=Standing.ACCEPTED, most_of_tag=1, takes_over=by_slip)
    return await _stored(written)


async def _stored(written: "asyncio.Future[Receipt]") -> Receipt:
    try:
        receipt = await written
    except CannotSave as error:
        raise Refused("gatherings.cannot_save_now", status=503) from error
    refuse(receipt.outcome)
    return receipt


async def store_note(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> Receipt:
    """Check what a device sent and hand it to the store. Raises Refused; nothing is kept then."""
    contribution, column, round_id = read_contribution(body, viewer)
    found = await as_it_is_now(room, partial(writable_round, room, viewer, round_id, act="write"))
    if column not in known_columns(found.columns):
        raise Refused("gatherings.no_such_column", status=422)
    if not found.leader_labelled:  # where no label is shown none is kept: a group often has one leader
        contribution = replace(contribution, from_leader=False)
    standing = Standing.WAITING if found.screened else Standing.ACCEPTED
    return await _store(found, contribution, standing=standing)


async def take_back(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> int:
    """Withdraw one or all notes of a device and return how many. Raises Refused."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    if room.round is not None and room.round.in_the_open:
        return await withdraw_saying(room, viewer, body)
    found = await as_it_is_now(room, partial(writable_round, room, viewer, round_id, act="withdraw"))
    try:
        if "id" not in body:
            count = await intake.withdraw_all(found.id, tag=hex_of(body, "tag"))
            if count is None:
                raise Refused("gatherings.not_writing_now", status=409)
            return count
        note_id = number_of(body, "id", low=1, high=LARGEST_KEY)
        receipt = await intake.withdraw(found.id, note_id=note_id, secret=hex_of(body, "secret"))
    except CannotSave as error:
        raise Refused("gatherings.cannot_save_now", status=503) from error
    refuse(receipt.outcome)
    if found.phase == "handed":  # phones ask again, so that what is taken back is put away
        await asyncio.to_thread(HUB.refresh, room.view.id)
    return 1


def read_contribution(body: dict[str, Any], viewer: Viewer) -> tuple[Contribution, str, int]:
    """Return what a device sent, with its column and round. Raises Refused."""
    text = read_text(body)
    column = text_of(body, "column", most=60)
    contribution = Contribution(
        id=number_of(body, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(body, "secret"),
        tag=hex_of(body, "tag"),
        rev=number_of(body, "rev", low=1, high=MOST_REVS),
        column=column,
        text=text,
        from_leader=viewer is Viewer.LEADER,
    )
    return contribution, column, number_of(body, "round", low=1, high=LARGEST_KEY)


def read_text(body: dict[str, Any]) -> str:
    """Return what somebody wrote. Raises Refused when it is nothing, or too long."""
    text = clean_text(text_of(body, "text", most=8192))
    if not text:
        raise Refused("gatherings.nothing_written", status=422)
    if len(text) > LONGEST_TEXT:
        raise Refused("gatherings.text_too_long", {"most": LONGEST_TEXT, "has": len(text)}, status=422)
    return text


def writable_round(room: LiveRoom, viewer: Viewer, round_id: int, *, act: str) -> RoundView:
    """Return the room's round if this viewer may do this in it now. Raises Refused."""
    if viewer not in {Viewer.PARTICIPANT, Viewer.LEADER}:
        raise Refused("gatherings.ticket_not_valid", status=403)
    found = room.round
    if found is None or found.id != round_id or act not in found.rules.may(viewer, found.phase):
        raise Refused("gatherings.not_writing_now", status=409)
    return found


def refuse(outcome: Outcome) -> None:
    """Turn an outcome that is a no into a refusal."""
    if outcome is Outcome.CLOSED:
        raise Refused("gatherings.not_writing_now", status=409)
    if outcome is Outcome.NOT_YOURS:
        raise Refused("gatherings.not_your_note", status=409)
    if outcome is Outcome.TOO_MANY:
        raise Refused("gatherings.too_many_notes", status=429)
    if outcome is Outcome.MUTED:
        raise Refused("gatherings.muted", status=409)
    if outcome is Outcome.TAKEN_OVER:
        raise Refused("gatherings.slip_chose_elsewhere", status=409)
