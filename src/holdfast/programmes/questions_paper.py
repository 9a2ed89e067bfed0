"""The toolkit's questions about a session as a sheet to hand out, for as long as they are asked on paper (C7)."""

import re
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from holdfast.curriculum.pack import ReadyKind, Section
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import ready_texts
from holdfast.programmes.rules.questions import Slip, slips_of
from holdfast.web.printing import Paper, compiled, plain

TEMPLATE = Path(__file__).with_name("questions.typ")
ASKING = "C7"
BLANK = re.compile(r"\[([^\[\]]*)\]")
LINE = "_" * 14


def slips_for(programme: Programme, section: Section) -> list[tuple[str, Slip]]:
    """Return the questions a section has about itself, each with its title; none when the toolkit has none."""
    texts = [text for text in ready_texts(programme, section, ASKING) if text.kind is ReadyKind.QUESTIONS]
    own_words = _("your own words, or nothing")
    return [(text.title, slip) for text in texts for slip in slips_of(text.text, own_words=own_words)]


def printed_questions(
    programme: Programme, section: Section, slips: Sequence[tuple[str, Slip]], *, paper: Paper
) -> bytes:
    """Return the questions as PDF: one page for each moment at which they are asked."""
    data = {
        "paper": paper,
        "title": plain(section.title),
        "above": plain(_("Section %(number)s: %(title)s") % {"number": section.number, "title": section.title}),
        "lead": _("Without a name. Leave out what you do not want to answer; ticks alone are fine."),
        "slips": [_slip(title, slip) for title, slip in slips],
        "foot": _("Handwriting can be recognised. Fold the sheet and put it where nobody collects it from you."),
    }
    return compiled(TEMPLATE, data)


def _slip(title: str, slip: Slip) -> dict[str, object]:
    asked = [{"words": _to_fill(one.words), "answers": [_to_fill(a) for a in one.answers]} for one in slip.questions]
    return {"title": plain(slip.moment or title), "questions": asked}


def _to_fill(words: str) -> str:
    """Return words with a line where a team writes something in, or where an answer asks on."""
    filled = BLANK.sub(rf"{LINE} (\1)", plain(words))
    return f"{filled} {LINE}" if filled.endswith("?") and ":" in filled else filled
