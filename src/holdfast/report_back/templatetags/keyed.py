"""Looks something up by its key in a template."""

from collections.abc import Mapping
from typing import TypeVar

from django import template

register = template.Library()
V = TypeVar("V")


@register.filter
def at(mapping: Mapping[int, V], key: int) -> V | None:
    """Return what a mapping has under a key, or None."""
    return mapping.get(key)
