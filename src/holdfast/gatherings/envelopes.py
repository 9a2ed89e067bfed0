"""Envelopes: when the replies to a question are gathered every phone sends one, and most of them are empty."""

from functools import partial
from typing import Any

from holdfast.gatherings.asked import AskedView
from holdfast.gatherings.contributions import writable_round
from holdfast.gatherings.doors import as_it_is_now, room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, hex_of, number_of, read_json, text_of
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.queries import RoundView
from holdfast.gatherings.rules import LONGEST_ANSWER, clean_text
from holdfast.keys import LARGEST_KEY
from holdfast.refusals import Refused
from holdfast.voices import asking
from holdfast.voices.admission import Viewer
from holdfast.voices.asking import Envelope
from holdfast.voices.intake import CannotSave, Outcome, Receipt, Standing
from holdfast.web.routes import Receive, Scope, Send


async def hand_in_envelope(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/envelopes/: an answer, or nothing, in as many bytes; the answer is the same, after the commit."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        await store_envelope(room, viewer, body)
        await answer_json(send, 200, {"id": str(body["id"])})
    except Refused as refused:
        await answer_refusal(send, refused)


async def store_envelope(room: LiveRoom, viewer: Viewer, body: dict[str, Any]) -> Receipt:
    """Check an envelope and hand it to the store. Raises Refused; nothing is kept then."""
    round_id = number_of(body, "round", low=1, high=LARGEST_KEY)
    asked = number_of(body, "asked", low=1, high=LARGEST_KEY)
    text = clean_text(text_of(body, "text", most=8192))
    if len(text) > LONGEST_ANSWER:
        raise Refused("gatherings.answer_too_long", {"most": LONGEST_ANSWER, "has": len(text)}, status=422)
    found = await as_it_is_now(room, partial(writable_round, room, viewer, round_id, act="write"))
    question = _question(found, asked)
    envelope = Envelope(
        id=number_of(body, "id", low=1, high=LARGEST_KEY),
        secret=hex_of(body, "secret"),
        asked=asked,
        about=question.note,
        question=question.words,
        note=number_of(body, "note", low=1, high=LARGEST_KEY),
        note_secret=hex_of(body, "note_secret"),
        text=text,
    )
    try:
        standing = Standing.WAITING if found.screened else Standing.ACCEPTED
        receipt = await asking.hand_in(found.id, envelope, standing=standing)
    except CannotSave as error:
        raise Refused("gatherings.cannot_save_now", status=503) from error
    _refuse(receipt.outcome)
    return receipt


def _question(found: RoundView, asked: int) -> AskedView:
    for one in found.asked:
        if one.id == asked:
            return one
    raise Refused("gatherings.not_asked_now", status=409)


def _refuse(outcome: Outcome) -> None:
    if outcome is Outcome.CLOSED:
        raise Refused("gatherings.not_asked_now", status=409)
    if outcome is Outcome.MUTED:
        raise Refused("gatherings.muted", status=409)
    if outcome is Outcome.TOO_MANY:
        raise Refused("gatherings.answered_already", status=409)
    if outcome is Outcome.NOT_YOURS:
        raise Refused("gatherings.not_about_your_note", status=409)
