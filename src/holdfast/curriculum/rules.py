"""What makes a pack sound: every field known and in range, and the parts fitting each other."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from holdfast.curriculum.fields import PACK, SECTION, Choice, Field, Many, Table, Text, Truth, Whole
from holdfast.curriculum.lines import Place
from holdfast.curriculum.pack import COMPONENT_KEYS

LONGEST_SESSION = 240
"""Minutes: the plan a section starts with may not be longer."""

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters other than the end of a line and a tab."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at one place of one file: a key of PROBLEMS, and the values for its sentences."""

    code: str
    place: Place = ()
    details: Mapping[str, object] = field(default_factory=dict)


def check_pack_table(data: Mapping[str, Any]) -> list[Finding]:
    """Check what `pack.toml` says."""
    found = list(_check(PACK, data, ()))
    if not found:
        found += _repeated(data, "models", "key")
        found += _repeated(data, "glossary", "word")
        found += _repeated(data, "wordings", "key")
        for number, model in enumerate(data.get("models", [])):
            found += _repeated(model, "parts", "key", ("models", number))
    return found


def check_section(data: Mapping[str, Any], *, number_in_name: int) -> list[Finding]:
    """Check one file of a section. number_in_name: the NN of its file name."""
    found = list(_check(SECTION, data, ()))
    if found:
        return found
    if data["number"] != number_in_name:
        details = {"number": data["number"], "in_name": f"{number_in_name:02}"}
        found.append(Finding("number_is_not_in_name", ("number",), details))
    for name, key in (("activities", "key"), ("considerations", "id"), ("words", "key"), ("resources", "key")):
        found += _repeated(data, name, key)
    found += _components(data)
    found += _plan(data)
    for number, activity in enumerate(data["activities"]):
        found += _activity(activity, ("activities", number))
    known = [consideration["id"] for consideration in data["considerations"]]
    for number, resource in enumerate(data.get("resources", [])):
        if (wanted := resource.get("consideration")) and wanted not in known:
            found.append(Finding("no_such_consideration", ("resources", number, "consideration"), near(wanted, known)))
    if visual := data.get("visual"):
        found += _visual(visual)
    return found


def twice(values: Sequence[object]) -> list[int]:
    """Return the positions of values that stood earlier in the list."""
    return [position for position, value in enumerate(values) if value in values[:position]]


def shown(value: object) -> str:
    """Write a value from a file so that it fits a line and can do nothing to a terminal."""
    try:
        text = repr(value) if isinstance(value, str) else ascii(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, tables nested to the limit
        text = f"too large to show ({type(value).__name__})"
    return text if len(text) <= 60 else text[:59] + "…"


def _check(table: Table, data: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    for name in data:
        if name not in table.fields:
            yield Finding("unknown_field", (*place, name), near(name, table.fields))
    for name, wanted in table.fields.items():
        if name in data:
            yield from _value(wanted.form, data[name], (*place, name))
        elif wanted.required:
            yield Finding("missing_field", place, {"field": name, "example": _example(name, wanted)})


def _value(form: object, value: Any, place: Place) -> Iterator[Finding]:
    match form:
        case Table() if isinstance(value, dict):
            yield from _check(form, value, place)
        case Many() if isinstance(value, list):
            yield from _many(form, value, place)
        case Text() if isinstance(value, str):
            yield from _text(form, value, place)
        case Choice() if isinstance(value, str):
            if value not in form.words:
                yield Finding("unknown_word", place, {"field": field_name(place), **near(value, form.words)})
        case Whole() if type(value) is int:
            if not form.low <= value <= form.high:
                details = {"field": field_name(place), "value": shown(value), "low": form.low, "high": form.high}
                yield Finding("out_of_range", place, details)
        case Truth() if isinstance(value, bool):
            pass
        case _:
            details = {"field": field_name(place), "value": shown(value), "wanted": _in_words(form)}
            yield Finding("wrong_type", place, details)


def _many(form: Many, value: list[Any], place: Place) -> Iterator[Finding]:
    if len(value) < form.fewest:
        yield Finding("too_few", place, {"field": field_name(place), "fewest": form.fewest})
    if len(value) > form.most:
        yield Finding("too_many", place, {"field": field_name(place), "count": len(value), "most": form.most})
    for number, part in enumerate(value):
        yield from _value(form.of, part, (*place, number))


def _text(form: Text, value: str, place: Place) -> Iterator[Finding]:
    name = field_name(place)
    if not value.strip():
        yield Finding("empty_text", place, {"field": name})
    elif len(value) > form.longest:
        yield Finding("text_too_long", place, {"field": name, "length": len(value), "longest": form.longest})
    elif UNSEEN.search(value):
        yield Finding("control_character", place, {"field": name})
    elif form.form and not re.fullmatch(form.form[0], value):
        yield Finding("wrong_form", place, {"field": name, "value": shown(value), "wanted": form.form[1]})


def _components(data: Mapping[str, Any]) -> Iterator[Finding]:
    keys = [component["key"] for component in data["components"]]
    for position in twice(keys):
        yield Finding("repeated", ("components", position, "key"), {"field": "key", "value": shown(keys[position])})
    for key in COMPONENT_KEYS:
        if key not in keys:
            yield Finding("component_missing", (), {"key": key})


def _plan(data: Mapping[str, Any]) -> Iterator[Finding]:
    planned = [activity for activity in data["activities"] if activity.get("in_plan", True)]
    minutes = sum(activity["minutes"] for activity in planned)
    if not planned:
        yield Finding("nothing_in_plan", ("activities",))
    if minutes > LONGEST_SESSION:
        yield Finding("plan_too_long", ("activities",), {"minutes": minutes, "longest": LONGEST_SESSION})


def _activity(activity: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    kind, modes = activity["kind"], {activity["mode"], *activity.get("other_modes", [])}
    if kind == "gather" and not activity.get("columns"):
        yield Finding("gather_without_columns", place)
    if kind == "gather" and "spoken" in modes:
        yield Finding("gather_is_written", (*place, "mode"))
    elif kind == "talk" and modes != {"spoken"}:
        yield Finding("talk_is_spoken", (*place, "mode"))
    if kind != "gather" and activity.get("columns"):
        yield Finding("columns_without_gather", (*place, "columns"), {"kind": kind})
    yield from _repeated(activity, "columns", "key", place)
    if "short" in activity and activity["short"]["minutes"] >= activity["minutes"]:
        yield Finding("short_is_not_shorter", (*place, "short", "minutes"), {"minutes": activity["minutes"]})
    if "long" in activity and activity["long"]["minutes"] <= activity["minutes"]:
        yield Finding("long_is_not_longer", (*place, "long", "minutes"), {"minutes": activity["minutes"]})


def _visual(visual: Mapping[str, Any]) -> Iterator[Finding]:
    layout = {"layout": visual["layout"]}
    if visual["layout"] == "lines" and "lines" not in visual:
        yield Finding("layout_without_lines", ("visual", "layout"))
    elif visual["layout"] != "lines" and "lines" in visual:
        yield Finding("lines_without_layout", ("visual", "lines"), layout)
    if visual["layout"] != "lines" and "model" not in visual:
        yield Finding("visual_without_model", ("visual", "layout"), layout)


def _repeated(data: Mapping[str, Any], name: str, key: str, place: Place = ()) -> Iterator[Finding]:
    values = [part[key] for part in data.get(name, [])]
    for position in twice(values):
        yield Finding("repeated", (*place, name, position, key), {"field": key, "value": shown(values[position])})


def near(value: str, known: Iterable[str]) -> dict[str, object]:
    """Say what was written, what is known, and which of these was probably meant."""
    known = list(known)
    near = get_close_matches(value.strip().lower().replace("-", "_"), known, n=1, cutoff=0.6)
    return {"value": shown(value), "known": ", ".join(known) or "-", "near": near[0] if near else ""}


def field_name(place: Place) -> str:
    """Return the name of the field a place is in: the last name, with its number when it is in a list."""
    if place and isinstance(place[-1], int):
        return f"{field_name(place[:-1])} {place[-1] + 1}"
    return str(place[-1]) if place else ""


def _in_words(form: object) -> str:
    match form:
        case Text() | Choice():
            return 'a text in quotes, such as name = "…"'
        case Whole():
            return "a whole number without quotes"
        case Truth():
            return "true or false without quotes"
        case Many(of=Table() as table):
            return f"tables that begin with {table.written}"
        case Many():
            return 'a list, such as ["…", "…"]'
        case _:
            return "a table"


def _example(name: str, wanted: Field) -> str:
    """Write how a missing field may look."""
    match wanted.form:
        case Many(of=Table(written=written)) | Table(written=written):
            return written
        case Many():
            value = '["…"]'
        case Choice(words=words):
            value = f'"{words[0]}"'
        case Whole(low=low):
            value = str(low)
        case _:
            value = '"…"'
    return f"{name} = {value}"
