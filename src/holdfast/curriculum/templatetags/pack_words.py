"""Filters that give the parts of a pack their names on a screen."""

from enum import StrEnum
from itertools import chain

from django import template
from django.utils.functional import Promise

from holdfast.curriculum import words

register = template.Library()
NAMES: dict[tuple[type[StrEnum], str], Promise] = {
    (type(member), str(member)): name
    for member, name in chain[tuple[StrEnum, Promise]](
        words.KINDS.items(),
        words.MODES.items(),
        words.LEADER_MODES.items(),
        words.WHEN.items(),
        words.READY.items(),
        words.RESOURCES.items(),
        words.SPEAKERS.items(),
    )
}


@register.filter
def in_words(member: StrEnum) -> Promise:
    """Name a kind, a mode, a moment or a speaker; two sorts of things may share a key but not a name."""
    return NAMES[type(member), str(member)]


@register.filter
def component_name(key: str) -> Promise:
    """Name one of the seven components."""
    return words.COMPONENTS[key]
