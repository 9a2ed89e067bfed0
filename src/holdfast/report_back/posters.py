"""One page to hang up: for the staff room, or for common areas what both sides marked for them, as a PDF."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.report_back.queries import LetGo, Ours, PublicConcern
from holdfast.report_back.staff import StaffPage
from holdfast.web.days import day_in_full
from holdfast.web.printing import Paper, compiled, plain, qr_of

TEMPLATE = Path(__file__).with_name("poster.typ")
MOST_OF_OURS = 6
MOST_LET_GO = 4
LONGEST_MORE = 160
Entry = dict[str, str]


class Section(TypedDict):
    """One heading of a poster with what stands under it."""

    title: str
    entries: list[Entry]


def poster(page: StaffPage, *, token: str, paper: Paper) -> bytes:
    """Return the poster of a page as PDF: always one sheet; what does not fit is counted on it."""
    return compiled(TEMPLATE, poster_data(page, token=token, paper=paper))


def poster_data(page: StaffPage, *, token: str, paper: Paper) -> dict[str, object]:
    """Return everything that stands on a poster, in words."""
    sections = [section for section in _sections(page) if section["entries"]]
    listed = sum(len(section["entries"]) for section in sections)
    hidden = _left_out(page)
    return {
        "paper": paper,
        "title": plain(page.programme.group.name),
        "above": plain(f"{page.site.organisation.name} · {page.site.name}"),
        "lead": _("What we do ourselves, what we asked leadership, and what came back.")
        if page.for_staff
        else _("What we work on together. Group and leadership both chose to show this here."),
        "qr": qr_of(f"{settings.PUBLIC_URL}/s/{token}/"),
        "qr-words": _("The whole page"),
        "sections": sections,
        "hidden": hidden,
        "rest": [
            ngettext("… and %(n)s more on the page.", "… and %(n)s more on the page.", n) % {"n": n}
            for n in range(listed + hidden + 1)
        ],
        "empty": _("Nothing is shown here at the moment."),
        "foot": _("We do not keep who wrote a note. Nothing here is used in an appraisal.")
        if page.for_staff
        else _("We do not keep who wrote a note."),
        "day": day_in_full(page.today),
    }


def _sections(page: StaffPage) -> list[Section]:
    view = page.view
    return [
        {"title": _("Our own list"), "entries": [_ours(item) for item in view.ours if not item.struck][:MOST_OF_OURS]},
        {
            "title": _("What we asked, and what was answered"),
            "entries": [_asked(concern, page) for concern in view.concerns if not concern.struck],
        },
        {
            "title": _("Not ours, for now"),
            "entries": [_let_go(item) for item in view.let_go if not item.struck][:MOST_LET_GO],
        },
    ]


def _left_out(page: StaffPage) -> int:
    """Count what is on the page and not offered to the poster."""
    ours = sum(not item.struck for item in page.view.ours)
    let_go = sum(not item.struck for item in page.view.let_go)
    return max(0, ours - MOST_OF_OURS) + max(0, let_go - MOST_LET_GO)


def _ours(item: Ours) -> Entry:
    more = [item.step, item.who]
    chip = item.label if item.state == "done" else ""
    return _entry(item.wording, tone="done", chip=chip, chip_tone="done", more=more)


def _asked(concern: PublicConcern, page: StaffPage) -> Entry:
    answer = concern.newest
    if answer is None:
        due = _("answers due %(day)s") % {"day": day_in_full(concern.due_on)}
        chip = due if concern.due_on >= page.today else _("not answered yet")
        return _entry(concern.wording, tone=concern.tone, chip=chip, chip_tone="waiting")
    moved = next((step.text for step in answer.progress if not step.struck), "")
    more = [moved or answer.reason or answer.question]
    return _entry(concern.wording, tone=concern.tone, chip=answer.label, chip_tone=answer.tone, more=more)


def _let_go(item: LetGo) -> Entry:
    return _entry(item.wording, tone="plain")


def _entry(words: str, *, tone: str, chip: str = "", chip_tone: str = "plain", more: Sequence[str] = ()) -> Entry:
    said = plain(" · ".join(part for part in more if part))
    short = textwrap.shorten(said, LONGEST_MORE, placeholder=" …") if said else ""
    return {"words": plain(words), "tone": tone, "chip": chip, "chip-tone": chip_tone, "more": short}
