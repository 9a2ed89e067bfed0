"""What makes the files of a pack fit each other: wordings that are named exist, and so do models that are drawn."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from holdfast.curriculum.fields import PACK, SECTION, Table
from holdfast.curriculum.rules import Finding, field_name, near, shown
from holdfast.curriculum.texts import placeholders, texts_of


def check_head(head: Mapping[str, Any]) -> list[Finding]:
    """Check that the texts of a sound `pack.toml` name wordings it defines."""
    return list(_wordings(PACK, head, _keys(head, "wordings")))


def check_with_head(section: Mapping[str, Any], head: Mapping[str, Any]) -> list[Finding]:
    """Check one sound section against a sound `pack.toml`."""
    found = list(_wordings(SECTION, section, _keys(head, "wordings")))
    visual = section.get("visual", {})
    if "model" in visual:
        found += _model(visual, head.get("models", []))
    return found


def _wordings(table: Table, data: Mapping[str, Any], known: Sequence[str]) -> Iterator[Finding]:
    for one in texts_of(table, data):
        for key in placeholders(one.text):
            if one.place[0] == "wordings":
                yield Finding("wording_in_wording", one.place, {"field": field_name(one.place)})
            elif key not in known:
                yield Finding("no_such_wording", one.place, {"field": field_name(one.place), **near(key, known)})


def _model(visual: Mapping[str, Any], models: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    model = next((model for model in models if model["key"] == visual["model"]), None)
    if model is None:
        yield Finding("no_such_model", ("visual", "model"), near(visual["model"], [m["key"] for m in models]))
    elif visual["layout"] == "compass" and len(model["parts"]) != 4:
        details = {"value": shown(visual["model"]), "count": len(model["parts"])}
        yield Finding("compass_has_four", ("visual", "model"), details)


def _keys(head: Mapping[str, Any], name: str) -> list[str]:
    return [entry["key"] for entry in head.get(name, [])]
