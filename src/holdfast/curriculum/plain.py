"""Typed objects as plain data and back."""

from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """Turn tuples into lists and members of enumerations into their words, however deep."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, StrEnum) else value


def typed(wanted: Any, value: Any) -> Any:
    """Build a value of the wanted type: a data class, a tuple of them, an enumeration, or a plain value."""
    if get_origin(wanted) is tuple:
        return tuple(typed(get_args(wanted)[0], part) for part in value)
    if get_origin(wanted) is UnionType:
        return None if value is None else typed(get_args(wanted)[0], value)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    if wanted in (str, int, bool):
        if type(value) is not wanted:
            raise TypeError(f"{value!r} is not {wanted.__name__}")
        return value
    hints = _hints(wanted)
    given = {f.name: value[f.name] for f in fields(wanted) if f.name in value or f.default is MISSING}
    return wanted(**{name: typed(hints[name], part) for name, part in given.items()})


@cache
def _hints(of: type) -> dict[str, Any]:
    return get_type_hints(of)
