"""The way up for hands: raised and put down by whoever drew their number; nothing here knows a person."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from typing import Any

from django.db import close_old_connections

from holdfast.gatherings.actions.hands import put_down, put_up
from holdfast.gatherings.box import in_pace
from holdfast.gatherings.doors import room_by_ticket
from holdfast.gatherings.exchange import answer_json, answer_refusal, hex_of, number_of, read_json, text_of
from holdfast.gatherings.live import LiveRoom
from holdfast.keys import LARGEST_KEY, random_key
from holdfast.refusals import Refused
from holdfast.voices.admission import Viewer
from holdfast.web.routes import Receive, Scope, Send


async def hands(scope: Scope, receive: Receive, send: Send) -> None:
    """POST /r/<code>/hands/: this phone raises a hand, or puts it down; 201 when it is new."""
    try:
        body = await read_json(receive)
        room, viewer = await room_by_ticket(scope["path_args"]["code"], text_of(body, "ticket", most=200), said=body)
        new = await store_hand(room, viewer, body, up=body.get("up") is True)
        await answer_json(send, 201 if new else 200, {"id": str(body["id"])})
    except Refused as refused:
        await answer_refusal(send, refused)


async def store_hand(room: LiveRoom, viewer: Viewer, body: Mapping[str, Any], *, up: bool) -> bool:
    """Raise a hand or put it down; return whether it is new. Raises Refused.

    Its number and its secret are drawn for this hand alone: nothing joins it to a note, or to another hand.
    """
    if viewer not in {Viewer.PARTICIPANT, Viewer.LEADER}:
        raise Refused("gatherings.ticket_not_valid", status=403)
    round_id, key = (number_of(body, name, low=1, high=LARGEST_KEY) for name in ("round", "id"))
    secret = hex_of(body, "secret")
    if room.round is None or room.round.id != round_id:  # another server may know better; the round itself decides
        raise Refused("gatherings.no_hands_now", status=409)
    if not in_pace(round_id, time.monotonic()):
        raise Refused("gatherings.many_hands", status=429)

    def act() -> bool:
        try:
            if up:
                return put_up(round_id, key=key, secret=secret, from_leader=viewer is Viewer.LEADER)
            put_down(round_id, key=key, secret=secret)
            return False
        finally:
            close_old_connections()

    return await asyncio.to_thread(act)


async def store_plain_hand(room: LiveRoom, viewer: Viewer, form: dict[str, str]) -> None:
    """Do what a plain form asks: raise the hand it brings a number for, or put down the one it carries. Raises Refused.

    What it carries from then on is written into the form.
    """
    if form["act"] == "raise_hand":
        key, secret = form.get("new_hand", ""), form.get("new_hand_secret", "")
        await store_hand(room, viewer, {"round": form.get("round"), "id": key, "secret": secret}, up=True)
        form["hand"] = f"{key}:{secret}"
    else:
        key, _, secret = form.get("hand", "").partition(":")
        await store_hand(room, viewer, {"round": form.get("round"), "id": key, "secret": secret}, up=False)
        form["hand"] = ""


def hand_on_a_page(found: dict[str, Any] | None, form: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what a page without a script shows of its own hand; None where no hands are raised.

    carried: what its forms bring along while the hand is up. place: where it stands, from 1, and 0 while it is down.
    """
    if found is None or found.get("hands") is None:
        return None
    key = form.get("hand", "").partition(":")[0]
    place = next((at for at, (one, _) in enumerate(found["hands"], start=1) if key and one == key), 0)
    return {
        "place": place,
        "called": bool(place) and bool(found["hands"][place - 1][1]),
        "carried": form.get("hand", "") if place else "",
        "fresh": {"id": str(random_key()), "secret": secrets.token_hex(16)},
    }
