"""One page to hang up: for the staff room, or for common areas what both sides marked for them, as a PDF."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypedDict

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from holdfast.report_back.queries import LetGo, Ours, PublicConcern
from holdfast.report_back.staff import StaffPage

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATE = Path(__file__).with_name("poster.typ")
ONE_AT_A_TIME = Lock()
MOST_OF_OURS = 6
MOST_LET_GO = 4
LONGEST_MORE = 160
LONGEST_RUN = 30
LONG_RUN = re.compile(r"\S{31,}")
UNPRINTED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "So"})
"""Unicode categories that no font of a poster has, or that would turn the reading direction around."""

Entry = dict[str, str]


class Section(TypedDict):
    """One heading of a poster with what stands under it."""

    title: str
    entries: list[Entry]


class Paper(StrEnum):
    """The paper a poster is made for."""

    A4 = "a4"
    LETTER = "us-letter"


def poster(page: StaffPage, *, token: str, paper: Paper) -> bytes:
    """Return the poster of a page as PDF: always one sheet; what does not fit is counted on it."""
    return compiled(poster_data(page, token=token, paper=paper))


def compiled(data: Mapping[str, object]) -> bytes:
    """Set a poster. The words travel as data, so that no letter of them can be an instruction to the typesetter."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with ONE_AT_A_TIME:
        made = _compiler().compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return made


def poster_data(page: StaffPage, *, token: str, paper: Paper) -> dict[str, object]:
    """Return everything that stands on a poster, in words."""
    sections = [section for section in _sections(page) if section["entries"]]
    listed = sum(len(section["entries"]) for section in sections)
    hidden = _left_out(page)
    return {
        "paper": paper,
        "lang": (get_language() or "en").split("-")[0],
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
        "day": _day(page.today),
    }


def qr_of(address: str) -> str:
    """Return an address as a QR code in SVG, always dark on white: a camera reads it from a dark wall too."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, dark="#0c2b2b", light="#fff", border=2
    )
    return drawn


def plain(text: str) -> str:
    """Return words as a poster can set them: one line, no signs for pictures or direction, and no endless word."""
    kept = "".join(c if unicodedata.category(c) not in UNPRINTED else " " for c in text)
    return LONG_RUN.sub(lambda run: "\u200b".join(textwrap.wrap(run[0], LONGEST_RUN)), " ".join(kept.split()))


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
        due = _("answers due %(day)s") % {"day": _day(concern.due_on)}
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


def _day(day: date) -> str:
    # Translators: a date with its weekday, in the format language of Django: Thursday 12 March 2026.
    return date_format(day, _("l j F Y"))


@cache
def _compiler() -> "Compiler":
    """Read the fonts once: only those that come with the typesetter, so that every machine prints alike."""
    from typst import Compiler, Fonts  # noqa: PLC0415 - a large library that only a poster needs

    return Compiler(font_paths=Fonts(include_system_fonts=False))
