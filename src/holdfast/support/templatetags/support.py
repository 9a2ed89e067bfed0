"""Says how a thread or a link stands."""

from django import template

from holdfast.support.rules import LinkState, State
from holdfast.support.words import LINK_STATES, STATES

register = template.Library()


@register.inclusion_tag("ui/status.html")
def help_state(state: str) -> dict[str, object]:
    """Show how a request for help stands."""
    label, tone = STATES[State(state)]
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/status.html")
def link_state(state: str) -> dict[str, object]:
    """Show what the server found behind a link."""
    label, tone = LINK_STATES[LinkState(state)]
    return {"label": label, "tone": tone}
