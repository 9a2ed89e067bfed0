"""Cards and ballots as PDF: every sheet is like every other, with nothing that numbers, dates or marks one."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.gatherings.paper.asked import BALLOT, Asked
from holdfast.web.printing import Paper, compiled_once, plain

TEMPLATE = Path(__file__).with_name("sheets.typ")
FEW_THINGS = 4
"""So many lines of a ballot fit twice on a sheet."""


def printed(asked: Asked, *, danger_contact: str, paper: Paper) -> bytes:
    """Return the cards or ballots of one activity. danger_contact: to whom danger is reported at this site."""
    return compiled_once(TEMPLATE, _words_of(asked, danger_contact=danger_contact, paper=paper))


def _words_of(asked: Asked, *, danger_contact: str, paper: Paper) -> dict[str, object]:
    danger = (
        _("This finds nobody. Report danger here instead: %(contact)s") % {"contact": danger_contact}
        if danger_contact
        else _("This finds nobody. In danger, talk to your facilitator or call your emergency number.")
    )
    return {
        "paper": paper,
        "form": asked.form,
        "title": plain(asked.title),
        "prompt": plain(asked.prompt),
        "columns": [plain(label) for _key, label in asked.columns if label],
        "things": [plain(thing.words) for thing in asked.things],
        "choices": [plain(words) for _key, words in asked.choices],
        "halves": asked.form == BALLOT and len(asked.things) <= FEW_THINGS,
        "lead": _lead(asked),
        "promise": _(
            "No name. Nobody keeps who wrote this: it is mixed, typed in with what comes from phones, and torn up. "
            "People may still guess, and handwriting can be recognised: capitals hide it best."
        ),
        "danger": plain(danger),
    }


def _lead(asked: Asked) -> str:
    if asked.form != BALLOT:
        return (
            _("One thought on each card. Tick where it belongs.") if len(asked.columns) > 1 else _("One thought each.")
        )
    if asked.most:
        said = ngettext("Tick the one item that matters most to you.", "Tick at most %(n)s items.", asked.most)
        return said % {"n": asked.most}
    return _("Tick one box in each line. Leave out what you do not want to answer.")
