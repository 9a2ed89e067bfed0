"""How the seven components and their states are called where there is little room."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdfast.programmes.rules import ComponentState

SHORT: Mapping[str, Promise] = {
    "C1": _("Page to read"),
    "C2": _("Leader’s talk"),
    "C3": _("To hang up"),
    "C4": _("In between"),
    "C5": _("Ideas"),
    "C6": _("How we do it"),
    "C7": _("Asking"),
}
STATES: Mapping[ComponentState, tuple[Promise, str, str]] = {
    ComponentState.OPEN: (_("open"), "plain", "·"),
    ComponentState.PLANNED: (_("planned"), "info", "○"),
    ComponentState.DONE: (_("done"), "done", "✓"),
    ComponentState.NOT_NOW: (_("not this time"), "plain", "–"),
}
"""The word for each state, its tone, and its sign in the grid."""
