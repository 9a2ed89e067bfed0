"""What a section gives to read and to hang up: the share document and the visual, in words and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from holdfast.curriculum.pack import Layout, ModelPart, Pack, Section, Share
from holdfast.web.printing import Form, Paper, PosterPaper, compiled_once, plain

POSTER = Path(__file__).with_name("poster.typ")
SHARE = Path(__file__).with_name("share.typ")
WITH_IDEAS = {Layout.STEPS, Layout.COMPASS, Layout.COLUMNS}
"""The layouts with room for a part's ideas. In a cycle they are what leaders can do, not what hangs on a wall."""

WORDS_A_MINUTE = 100
"""How fast people read on a phone between two other things; rather too slow than too fast."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A visual as it is drawn. above, foot: small words around it."""

    title: str
    about: str
    layout: Layout
    above: str
    foot: str
    parts: Sequence[ModelPart] = ()
    lines: Sequence[str] = ()


def picture_of(pack: Pack, section: Section) -> Picture | None:
    """Return the visual of a section with the parts of its model; nothing for a section without one."""
    visual = section.visual
    if visual is None:
        return None
    model = pack.model(visual.model)
    return Picture(
        title=visual.title,
        about=visual.about,
        layout=visual.layout,
        above=_about(pack, section),
        foot=credit(pack),
        parts=[_as_drawn(part, visual.layout) for part in model.parts] if model else (),
        lines=visual.lines,
    )


def credit(pack: Pack) -> str:
    """Return who wrote a pack and under which licence it may be copied and changed."""
    names = {"title": pack.title, "authors": ", ".join(pack.authors), "licence": pack.licence}
    return _("%(title)s, by %(authors)s. Licence: %(licence)s.") % names


def poster(picture: Picture, *, paper: PosterPaper, form: Form = Form.PDF) -> bytes:
    """Return a visual to hang up, always one sheet; as SVG, a picture of the same sheet."""
    return compiled_once(POSTER, _drawn(picture, paper), form=form)


def share_on_paper(pack: Pack, section: Section, share: Share, *, paper: Paper, when: str = "") -> bytes:
    """Return the share document of a section as PDF. when: the session it belongs to, in words."""
    data = {
        "paper": paper,
        "above": plain(_about(pack, section)),
        "title": plain(share.title),
        "when": plain(when),
        "parts": [
            {"heading": plain(part.heading), "paragraphs": [plain(words) for words in paragraphs(part.text)]}
            for part in share.parts
        ],
        "foot": plain(credit(pack)),
    }
    return compiled_once(SHARE, data)


def paragraphs(text: str) -> list[str]:
    """Part a passage at its empty lines."""
    return [words for words in text.split("\n\n") if words.strip()]


def minutes_to_read(share: Share) -> int:
    """Return about how many minutes it takes to read."""
    words = sum(len(part.text.split()) for part in share.parts)
    return max(1, round(words / WORDS_A_MINUTE))


def _drawn(picture: Picture, paper: PosterPaper) -> dict[str, object]:
    return {
        "paper": paper,
        "layout": picture.layout,
        "above": plain(picture.above),
        "title": plain(picture.title),
        "about": plain(picture.about),
        "parts": [
            {"label": plain(p.label), "text": plain(p.text), "ideas": [plain(idea) for idea in p.ideas]}
            for p in picture.parts
        ],
        "lines": [plain(line) for line in picture.lines],
        "empty": _("Nothing stands here yet."),
        "foot": plain(picture.foot),
    }


def _as_drawn(part: ModelPart, layout: Layout) -> ModelPart:
    return part if layout in WITH_IDEAS else ModelPart(part.key, part.label, part.text)


def _about(pack: Pack, section: Section) -> str:
    return _("%(pack)s · section %(number)s") % {"pack": pack.title, "number": section.number}
