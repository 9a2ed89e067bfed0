"""A leader's briefing as PDF: two columns, a box to tick beside each thing asked."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdfast.curriculum.posters import paragraphs
from holdfast.programmes.models import Programme
from holdfast.programmes.queries.companion import Asked, Briefing, Stretch, questions_of
from holdfast.programmes.queries.leadership import Card
from holdfast.web.days import day_and_hours
from holdfast.web.printing import Paper, compiled, plain

TEMPLATE = Path(__file__).with_name("briefing.typ")


def printed_briefing(briefing: Briefing, *, paper: Paper) -> bytes:
    """Return a briefing as PDF; own ticks stay on the screen, since paper is left lying about."""
    data = {
        "paper": paper,
        "above": plain(
            _("Your part in section %(number)s · %(group)s")
            % {"number": briefing.section.number, "group": briefing.programme.group}
        ),
        "title": plain(briefing.section.title),
        "lead": plain(f"{_dated(briefing)} {briefing.part_words}"),
        "parts": _parts(briefing),
        "foot": plain(_("Leave out what does not fit. No reason is needed.")),
    }
    return compiled(TEMPLATE, data)


def _paragraphs(text: str) -> list[str]:
    return [plain(part) for part in paragraphs(text)]


def _dated(briefing: Briefing) -> str:
    gathering = briefing.gathering
    if gathering is None:
        return _("This section has no date yet.")
    zone = ZoneInfo(briefing.programme.group.site.time_zone)
    when = day_and_hours(gathering.starts_at, gathering.ends_at, zone)
    return f"{when} · {gathering.place}." if gathering.place else f"{when}."


def _parts(briefing: Briefing) -> list[dict[str, object]]:
    outside = briefing.part == "supporting"
    before, during, after = briefing.before, briefing.during, briefing.after
    questions: list[dict[str, object]] = [
        {"title": plain(one.prompt), "id": "", "words": [plain(hint) for hint in one.hints]}
        for one in questions_of(briefing)
    ]
    found = [
        _part(_("What it is about"), words=_paragraphs(briefing.section.aim)),
        _part(_("Before the session"), note=_until(before), asked=_asked(before.asked if before else [])),
        _part(_("What I would share"), asked=questions),
        _part(
            _("Outside the room") if outside else _("In the room"),
            lines=[plain(str(words)) for words in briefing.conduct],
            asked=_asked([*(during.asked if during else []), *briefing.invited]),
        ),
        _part(_("Afterwards"), note=_until(after), asked=_asked(after.asked if after else [])),
    ]
    return [part for part in found if part["words"] or part["lines"] or part["asked"]]


def _part(
    title: str,
    *,
    note: str = "",
    words: Sequence[str] = (),
    lines: Sequence[str] = (),
    asked: Sequence[dict[str, object]] = (),
) -> dict[str, object]:
    return {"title": title, "note": note, "words": list(words), "lines": list(lines), "asked": list(asked)}


def _until(stretch: Stretch | None) -> str:
    if stretch is None or stretch.due is None:
        return ""
    return _("Until %(day)s.") % {"day": date_format(stretch.due, _("l j F"))}


def _asked(asked: Sequence[Asked]) -> list[dict[str, object]]:
    return [
        {
            "title": plain(one.consideration.title),
            "id": one.consideration.id,
            "words": _paragraphs(one.consideration.text),
        }
        for one in asked
    ]


def printed_card(card: Card, programme: Programme, *, paper: Paper) -> bytes:
    """Return the supervision card as PDF."""
    said = [plain(words.text) for words in card.sentences]
    data = {
        "paper": paper,
        "above": plain(str(programme.group)),
        "title": plain(card.title),
        "lead": plain(_("What is said stays between the two of you. It is never used in an appraisal.")),
        "parts": [
            _part(_("The talk"), words=[plain(part) for part in card.paragraphs]),
            *([_part(_("To say once in the room"), words=said)] if said else []),
        ],
        "foot": plain(_("Nothing of this talk is written into the program.")),
    }
    return compiled(TEMPLATE, data)
