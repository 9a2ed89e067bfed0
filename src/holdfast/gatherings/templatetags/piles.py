"""Piles of notes on the desk, drawn quickly: two thousand notes are two thousand times the same few lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from holdfast.gatherings.piles import DeskNote

register = template.Library()
MARK = "\ue000"
"""Stands on both sides of what belongs to one note. It is looked for in what we wrote ourselves, never in a note."""
PART = re.compile(f"{MARK}(\\w+){MARK}")
NOTE = "gatherings/desk/note.html"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A note with marks in the place of its words."""

    labelled: bool
    id: str = f"{MARK}id{MARK}"
    text: str = f"{MARK}text{MARK}"
    column: str = f"{MARK}column{MARK}"
    tone: str = f"{MARK}tone{MARK}"


@register.simple_tag(takes_context=True)
def pile(context: Context, notes: Sequence[DeskNote], standing: str) -> SafeString:
    """Draw the notes of one standing: the pattern once, and in it each note's own words, escaped."""
    drawn = {labelled: _pattern(context, standing, labelled) for labelled in {note.labelled for note in notes}}
    return mark_safe("".join(part for note in notes for part in _filled(drawn[note.labelled], note)))  # noqa: S308 - escaped


def _pattern(context: Context, standing: str, labelled: bool) -> list[str]:
    """Return the lines of a note, with the name of a part at each odd place."""
    with context.push(note=Pattern(labelled), standing=standing):
        assert context.template is not None
        return PART.split(context.template.engine.get_template(NOTE).render(context))


def _filled(pattern: list[str], note: DeskNote) -> Iterator[str]:
    own = {name: conditional_escape(getattr(note, name)) for name in ("id", "text", "column", "tone")}
    for place, part in enumerate(pattern):
        yield own[part] if place % 2 else part
