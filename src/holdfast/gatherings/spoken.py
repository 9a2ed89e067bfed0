"""An activity in the language of whoever looks: the toolkit's words as it says them there, one's own as they are."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from holdfast.curriculum.pack import Activity
from holdfast.gatherings.models import Round
from holdfast.programmes.queries.plan import in_languages


def in_words_of_now(found: Round | None) -> Round | None:
    """Return a copy of an activity to be read, never to be saved, in the active language.

    What the team has worded itself is in no other language, and stays.
    """
    item = found.plan_item if found else None
    if found is None or item is None or not item.activity_key:
        return found
    programme = item.gathering.programme
    sections = [pack.section(item.gathering.section) for pack in in_languages(programme.pack, programme.setting)]
    same = [one for section in sections if section and (one := section.activity(item.activity_key))]
    if not same:
        return found
    shown = copy(found)
    shown.title = _now(found.title, [one.title for one in same])
    shown.prompt = _now(found.prompt, [one.prompt for one in same])
    shown.columns = [_column_now(column, same) for column in found.columns]
    return shown


def _column_now(column: Mapping[str, str], same: Iterable[Activity]) -> dict[str, str]:
    known = [one for activity in same for one in activity.columns if one.key == column["key"]]
    words = {"label": [one.label for one in known], "hint": [one.hint for one in known]}
    return {**column, **{name: _now(column.get(name, ""), said) for name, said in words.items()}}


def _now(words: str, said: Sequence[str]) -> str:
    """Return the first of what the toolkit says in each language, where these words are one of them."""
    return said[0] if words in said else words
