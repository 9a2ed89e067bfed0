"""A run sheet on paper, for when the network fails: clock, activity, question, way of taking part, room for notes."""

from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.programmes import queries
from holdfast.programmes.models import Gathering
from holdfast.web.days import day_and_hours
from holdfast.web.printing import Paper, compiled, plain

TEMPLATE = Path(__file__).with_name("run_sheet.typ")
MOST_STEPS = 6
"""How many steps of one activity are printed: the rest is on the screen, and paper has to be found again in a room."""


def printed_run_sheet(gathering: Gathering, *, paper: Paper) -> bytes:
    """Return the run sheet of a session as PDF."""
    return compiled(TEMPLATE, _words_of(gathering, paper=paper))


def _words_of(gathering: Gathering, *, paper: Paper) -> dict[str, object]:
    programme = gathering.programme
    zone = ZoneInfo(programme.group.site.time_zone)
    section = queries.content_of(programme).section(gathering.section)
    sheet = queries.run_sheet(gathering, section)
    return {
        "paper": paper,
        "above": plain(f"{programme.group.site.name} · {programme.group.name}"),
        "title": plain(
            _("Session %(number)s: %(title)s") % {"number": gathering.section, "title": gathering.title_now}
        ),
        "when": plain(day_and_hours(gathering.starts_at, gathering.ends_at, zone)),
        "place": plain(gathering.place),
        "lines": [_line(line, zone) for line in sheet.lines],
        "empty": _("The plan is empty."),
        "time": _minutes(sheet.fit.planned),
        "circle-title": _("How our circle meets"),
        "circle": [plain(one.text) for one in queries.circle_of(programme)],
        "notes": _("Notes"),
        "really": _("really"),
        "foot": _("No phones or no network? Hold everything as a talk, or let one person write for all."),
    }


def _line(line: queries.Line, zone: ZoneInfo) -> dict[str, object]:
    steps = line.activity.steps[:MOST_STEPS] if line.activity and not line.how else ()
    return {
        "clock": date_format(line.slot.starts_at.astimezone(zone), "H:i"),
        "minutes": _minutes(line.item.minutes),
        "title": plain(line.title),
        "prompt": plain(line.item.prompt),
        "mode": plain(line.item.way),
        "how": plain(line.how),
        "steps": [plain(step) for step in steps],
        "bring": plain(", ".join(line.activity.materials)) if line.activity else "",
    }


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
