"""Priorities on the page without JavaScript: what this page's own ballot says, and what the group chose."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from holdfast.gatherings.kinds import prioritise
from holdfast.gatherings.kinds.prioritise import DOTS, PAIRS
from holdfast.gatherings.priorities import in_order, parts_of, scale_words
from holdfast.gatherings.queries import ItemView, RoundView


def priorities_page(
    found: RoundView, own: Sequence[Mapping[str, Any]], *, seed: str, unsaved: Mapping[str, str]
) -> dict[str, Any]:
    """Return what there is to choose about, with what this page has chosen; after the seal, the results.

    own: this page's ballot as it is stored. seed: random text this page carries; each page has an order of its own, and
    of pairs a part of its own. unsaved: choices that were just refused.
    """
    keys, manner = [item.id for item in found.items], str(found.setup["manner"])
    said = prioritise.said_in(found.setup, keys, str(own[0]["text"])) if own else {}
    rows = _pairs(found, seed) if manner == PAIRS else _items(found, seed)
    weighing = [{**row, "chosen": (unsaved or said).get(str(row["key"]), "")} for row in rows]
    return {
        "listed": True,
        "choices": prioritise.SCALES[manner],
        "ballot": own[0] if own else None,
        "weighing": weighing,
        "given": len(said),
        "possible": found.setup["budget"] if manner == DOTS else len(rows),
        "withheld": found.phase == "sealed" and all(item.weight is None for item in found.items),
        "results": _results(found) if found.phase == "sealed" else [],
    }


def _items(found: RoundView, seed: str) -> list[dict[str, object]]:
    manner = str(found.setup["manner"])
    words = {**scale_words(manner), "dot": _("A dot for this")}
    choices = [(choice, words[choice]) for choice in prioritise.SCALES[manner]]
    ordered = sorted(found.items, key=lambda item: _drawn(seed, item.id))
    return [{"key": str(item.id), "wording": item.wording, "choices": choices} for item in ordered]


def _pairs(found: RoundView, seed: str) -> list[dict[str, object]]:
    items = found.items
    turns = prioritise.pairs_in_turn(len(items), start=_drawn(seed, "turn")[0])[: found.setup["budget"]]
    rows: list[dict[str, object]] = []
    for one, other in turns:
        key = f"{items[one].id}-{items[other].id}"
        sides = [("first", items[one].wording), ("second", items[other].wording)]
        if _drawn(seed, key)[0] % 2:
            sides.reverse()
        rows.append({"key": key, "wording": "", "choices": [*sides, ("alike", _("Both as much"))]})
    return rows


def _results(found: RoundView) -> list[dict[str, object]]:
    words = scale_words(str(found.setup["manner"]))
    most = max((item.weight.figure for item in found.items if item.weight), default=0)

    def row(item: ItemView) -> dict[str, object]:
        said = [(name, words.get(choice, choice)) for name, choice in item.leaders]
        return {"item": item, "parts": parts_of(found.setup, item, most=most), "leaders": said}

    return [row(item) for item in in_order(found.items, lambda item: item)]


def _drawn(seed: str, what: object) -> bytes:
    return hashlib.sha256(f"{seed} {what}".encode()).digest()
