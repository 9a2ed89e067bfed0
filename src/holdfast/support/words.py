"""States of threads and links in words, and how a wish for help begins a thread."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from holdfast.curriculum.words import COMPONENTS
from holdfast.refusals import Words
from holdfast.support.rules import LinkState, State

STATES: dict[State, tuple[Words, str]] = {
    State.ASKED: (_("waits for the coach"), "waiting"),
    State.ANSWERED: (_("answered"), "info"),
    State.CLOSED: (_("closed"), "done"),
}
LINK_STATES: dict[LinkState, tuple[Words, str]] = {
    LinkState.NEW: (_("not looked at yet"), "plain"),
    LinkState.WORKS: (_("works"), "done"),
    LinkState.SIGN_IN: (_("asks for a sign-in"), "waiting"),
    LinkState.GONE: (_("is gone"), "waiting"),
    LinkState.SILENT: (_("did not answer"), "waiting"),
    LinkState.REFUSED: (_("cannot be looked at from here"), "waiting"),
}


def words_about(section: str, component: str) -> str:
    """Return a title about one component of one section; empty where there is no such thing."""
    if component not in COMPONENTS or not section.isdecimal() or len(section) > 2:
        return ""
    return now("Section %(number)s: %(name)s") % {"number": section, "name": COMPONENTS[component]}
