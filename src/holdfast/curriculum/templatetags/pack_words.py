"""Filters that give the parts of a pack their names on a screen."""

from enum import StrEnum
from itertools import chain

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum import words
from holdfast.curriculum.pack import Activity

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
        words.SETTINGS.items(),
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


@register.filter
def own_prompts(activity: Activity) -> list[tuple[tuple[str, ...], Promise]]:
    """Return the prompts an activity has for single settings, each with its heading."""
    found = ((activity.schools, _("To ask in schools")), (activity.health, _("To ask in health and human services")))
    return [(own.prompts, heading) for own, heading in found if own]
