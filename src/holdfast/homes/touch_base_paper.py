"""A touch-base on paper: its agenda, and room to write what was agreed where no screen is at hand."""

from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.homes.agenda import Agenda, Topic
from holdfast.programmes.models import Agreed, TouchBase
from holdfast.web.days import day_and_hours, day_in_full
from holdfast.web.printing import Paper, compiled, plain

TEMPLATE = Path(__file__).with_name("touch_base.typ")
ROWS = 3
"""How many things can be agreed, as on the screen."""


def printed_touch_base(touch_base: TouchBase, agenda: Agenda, *, paper: Paper) -> bytes:
    """Return a touch-base as PDF, with the agenda of whoever prints it."""
    agreed = [_row(one) for one in touch_base.agreed.order_by("due_on", "pk")]
    data = {
        "paper": paper,
        "above": plain(str(touch_base.programme.group)),
        "title": plain(_("Touch-base with %(name)s") % {"name": touch_base.leader.name}),
        "lead": plain(_dated(touch_base, agenda)),
        "agenda-title": _("Agenda"),
        "topics": [_topic(topic, agenda) for topic in agenda.topics],
        "empty": _("Nothing is due. Ask each other how it goes, and keep it short."),
        "asks-title": _("Questions of the toolkit for this talk"),
        "asks": [plain(ask) for ask in agenda.asks],
        "talk-title": _("What we talked about"),
        "notes-title": _("Notes"),
        "notes": plain(touch_base.notes),
        "columns": [_("We agreed"), _("Who looks after it"), _("Until")],
        "agreed": agreed,
        "empty-rows": max(0, ROWS - len(agreed)),
        "foot": _("For the two sides of this talk alone. Never what somebody said in the circle, and never who."),
    }
    return compiled(TEMPLATE, data)


def _dated(touch_base: TouchBase, agenda: Agenda) -> str:
    """Say when the talk is or was, how long it takes, and before which session."""
    if touch_base.held_on:
        return _("Held on %(day)s.") % {"day": day_in_full(touch_base.held_on)}
    minutes = ngettext("%(count)s minute", "%(count)s minutes", agenda.minutes) % {"count": agenda.minutes}
    parts = [day_in_full(touch_base.planned_on), minutes]
    if session := touch_base.gathering:
        zone = ZoneInfo(touch_base.programme.group.site.time_zone)
        when = day_and_hours(session.starts_at, session.ends_at, zone)
        parts.append(_("before “%(title)s”: %(when)s") % {"title": session.title_now, "when": when})
    return " · ".join(parts)


def _topic(topic: Topic, agenda: Agenda) -> dict[str, object]:
    ticked = topic.key == "agreed"
    lines = [f"{one.text} · {one.who} · {day_in_full(one.due_on)}" for one in agenda.agreed] if ticked else topic.lines
    return {
        "title": plain(topic.title),
        "minutes": ngettext("%(count)s minute", "%(count)s minutes", topic.minutes) % {"count": topic.minutes},
        "lines": [plain(line) for line in lines],
        "ticked": ticked,
    }


def _row(agreed: Agreed) -> list[str]:
    return [plain(agreed.text), plain(agreed.who), day_in_full(agreed.due_on)]
