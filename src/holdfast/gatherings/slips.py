"""The items of an activity on the page without JavaScript: what is listed, and what its own ballot and doubts say."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.gatherings.kinds import kind_of, prioritise
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.priority_slips import priorities_page
from holdfast.gatherings.queries import ItemView, RoundView
from holdfast.keys import random_key

CHOICE = "choice-"
"""Begins the name of a form field that holds the choice for one item."""


def choices_in(form: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says about each item; an item left open is left out."""
    return {name.removeprefix(CHOICE): value for name, value in form.items() if name.startswith(CHOICE) and value}


def listed(room: LiveRoom) -> bool:
    """Tell whether the room's activity is about items."""
    return room.round is not None and room.round.rules.SHOWS_ITEMS


def items_page(
    room: LiveRoom, own: Sequence[Mapping[str, Any]], *, seed: str, unsaved: Mapping[str, str]
) -> dict[str, Any]:
    """Return the items as the page shows them, and the ballot its form changes.

    own: this page's ballot, or its doubts, as they are stored. seed: random text this page carries; a sort has an order
    of its own on each page, so that no item wins by standing first. unsaved: choices that were just refused.
    """
    found = room.round
    if found is None or not listed(room):
        return {"listed": False}
    if found.rules is prioritise:
        return priorities_page(found, own, seed=seed, unsaved=unsaved)
    choices: dict[int, str] = {}
    if own and found.rules.BALLOT:
        said = str(own[0]["text"]).split(",")
        choices = {item.id: choice for item, choice in zip(found.items, said, strict=False) if choice}
    placed = len(choices)
    choices |= {item.id: unsaved[str(item.id)] for item in found.items if str(item.id) in unsaved}
    doubts = {note["text"]: note for note in own if note["column"] == "doubt"}
    labels = {column["key"]: column["label"] for column in found.columns}
    rows = [
        {
            "item": item,
            "label": labels.get(item.column, ""),
            "chosen": choices.get(item.id, ""),
            "doubt": doubts.get(str(item.id)),
            "fresh": {"id": str(random_key()), "secret": secrets.token_hex(16)},
            "spread": spread_rows(item),
        }
        for item in in_order(found, seed)
    ]
    withheld = found.kind == "sort" and found.phase == "sealed" and all(item.spread is None for item in found.items)
    return {
        "listed": True,
        "rows": rows,
        "choices": found.rules.BALLOT,
        "placed": placed,
        "withheld": withheld,
        "ballot": own[0] if own and found.rules.BALLOT else None,
    }


def in_order(found: RoundView, seed: str) -> list[ItemView]:
    """Return the items as they stand on a page: what was sorted by how contested it is, what is to be sorted mixed."""
    if found.kind != "sort":
        return list(found.items)
    if found.phase == "sealed":
        return sorted(found.items, key=lambda item: -(item.contested or 0))

    def drawn(*words: object) -> bytes:
        return hashlib.sha256(" ".join((seed, *map(str, words))).encode()).digest()

    return sorted(found.items, key=lambda item: (drawn(item.column), drawn(item.id)))


def spread_rows(item: ItemView) -> list[tuple[str, int, float]]:
    """Return each choice with how many made it and the length of its bar, 0 to 100."""
    if item.spread is None:
        return []
    people = sum(item.spread.values()) or 1
    counts = [(choice, item.spread.get(choice, 0)) for choice in kind_of("sort").BALLOT]
    return [(choice, count, round(100 * count / people, 1)) for choice, count in counts]
