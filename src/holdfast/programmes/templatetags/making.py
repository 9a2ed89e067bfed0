"""What a team changed, for templates."""

from collections.abc import Sequence

from django import template

from holdfast.programmes import making_words
from holdfast.programmes.rules import Difference

register = template.Library()


@register.simple_tag
def in_one_line(differs: Sequence[Difference]) -> str:
    """Say in one line what differs from the toolkit."""
    return making_words.in_one_line(differs)
