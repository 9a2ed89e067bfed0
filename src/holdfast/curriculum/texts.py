"""Where the texts of a pack stand, and the same pack with other texts in their place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from holdfast.curriculum import fields
from holdfast.curriculum.fields import Field, Many, Table, Text
from holdfast.curriculum.lines import Place
from holdfast.curriculum.pack import Setting

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
STORED = replace(fields.PACK, fields={**fields.PACK.fields, "sections": Field(Many(fields.SECTION))})
"""The tables of a whole pack as it is kept: what `pack.toml` says, and its sections."""


def placeholders(text: str) -> list[str]:
    """Return the keys of the wordings a text names, in order."""
    return PLACEHOLDER.findall(text)


@dataclass(frozen=True, slots=True)
class Standing:
    """One text that people read, and where it stands. path: the place with keys of tables in place of numbers."""

    place: Place
    path: Place
    text: str
    longest: int


def texts_of(table: Table, data: Mapping[str, Any]) -> Iterator[Standing]:
    """Yield every text that people read, in the order of the fields. data: checked, or kept from a checked pack."""
    yield from _texts(table, data, (), ())


def rewritten(content: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return the content of a whole pack with every text that people read changed."""
    whole: dict[str, Any] = _rewritten(STORED, content, change)
    return whole


def in_language(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the content of a whole pack in a language, text by text; what is not translated stays as written.

    language: a code in any case, such as es or pt-br; without a translation for the country the language serves.
    """
    kept = {code.lower(): texts for code, texts in content.get("translations", {}).items()}
    texts = kept.get(language.lower()) or kept.get(language.split("-", maxsplit=1)[0].lower()) or {}
    return rewritten(content, lambda text: texts.get(text) or text)


def in_setting(content: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
    """Return the content of a whole pack as one setting reads it: its wordings put in, its own prompts first."""
    words = {wording["key"]: str(wording[setting]) for wording in content.get("wordings", ())}
    whole = rewritten(content, lambda text: PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text))
    for section in whole["sections"]:
        section["activities"] = [_fitting(activity, setting) for activity in section["activities"]]
    return whole


def _fitting(activity: dict[str, Any], setting: Setting) -> dict[str, Any]:
    own = activity.get(setting)
    if not own or setting is Setting.ELSEWHERE:
        return activity
    first, *more = own["prompts"]
    more += [activity["prompt"], *activity.get("more_prompts", ())]
    return {**activity, "prompt": first, "more_prompts": more, "schools": None, "health": None}


def _texts(form: object, value: Any, place: Place, path: Place) -> Iterator[Standing]:
    match form:
        case Text(read=True, longest=longest) if value:
            yield Standing(place, path, value, longest)
        case Many(of=inner):
            for number, part in enumerate(value):
                named = part.get("key") or part.get("id") if isinstance(part, dict) else None
                yield from _texts(inner, part, (*place, number), (*path, named or number + 1))
        case Table(fields=known) if value is not None:
            for name, wanted in known.items():
                if value.get(name) is not None:
                    yield from _texts(wanted.form, value[name], (*place, name), (*path, name))


def _rewritten(form: object, value: Any, change: Callable[[str], str]) -> Any:
    match form:
        case Text(read=True):
            return change(value) if value else value
        case Many(of=inner):
            return [_rewritten(inner, part, change) for part in value]
        case Table(fields=known) if value is not None:
            return {n: _rewritten(known[n].form, part, change) if n in known else part for n, part in value.items()}
        case _:
            return value
