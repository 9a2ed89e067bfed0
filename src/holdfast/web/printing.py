"""Setting pages as PDF: words travel as data, so that no letter of them can be an instruction to the typesetter."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typst import Compiler

ONE_AT_A_TIME = Lock()
P = TypeVar("P", bound=StrEnum)
LONGEST_RUN = 30
LONG_RUN = re.compile(r"\S{31,}")
UNPRINTED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "So"})
"""Unicode categories that no font of a page has, or that would turn the reading direction around."""


class Paper(StrEnum):
    """The paper a page is made for."""

    A4 = "a4"
    LETTER = "us-letter"


PAPERS = {Paper.A4: _("A4"), Paper.LETTER: _("letter")}
"""What each paper is called."""


class PosterPaper(StrEnum):
    """The paper a poster is made for: that of a page, or twice as large."""

    A4 = "a4"
    A3 = "a3"
    LETTER = "us-letter"
    TABLOID = "us-tabloid"


POSTER_PAPERS = {
    PosterPaper.A4: _("A4"),
    PosterPaper.A3: _("A3"),
    PosterPaper.LETTER: _("letter"),
    PosterPaper.TABLOID: _("tabloid"),
}
"""What each paper of a poster is called."""


class Form(StrEnum):
    """What a page is set as: to print, or as a picture on a screen."""

    PDF = "pdf"
    SVG = "svg"


def compiled(template: Path, data: Mapping[str, object]) -> bytes:
    """Set a typst template with its data, in the active language."""
    return _set(template, _as_data(data), Form.PDF)


def compiled_once(template: Path, data: Mapping[str, object], *, form: Form = Form.PDF) -> bytes:
    """Set a template with data that many ask for and nobody wrote about a person; the same words are set once."""
    return _set_once(template, _as_data(data), form)


@lru_cache(maxsize=128)
def _set_once(template: Path, data: str, form: Form) -> bytes:
    return _set(template, data, form)


def _as_data(data: Mapping[str, object]) -> str:
    """Write data for the typesetter, with the language by which it breaks words and a reader of screens speaks them."""
    return json.dumps({"lang": (get_language() or "en").split("-", maxsplit=1)[0], **data}, ensure_ascii=False)


def _set(template: Path, data: str, form: Form) -> bytes:
    with ONE_AT_A_TIME:
        made = _compiler().compile(template.read_bytes(), format=form.value, sys_inputs={"data": data}, timestamp=0)
    assert isinstance(made, bytes)
    return made


def qr_of(address: str) -> str:
    """Return an address as a QR code in SVG, always dark on white: a camera reads it from a dark wall too."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, dark="#0c2b2b", light="#fff", border=2
    )
    return drawn


def plain(text: str) -> str:
    """Return words as a page can set them: one line, no signs for pictures or direction, and no endless word."""
    kept = "".join(c if unicodedata.category(c) not in UNPRINTED else " " for c in text)
    return LONG_RUN.sub(lambda run: "\u200b".join(textwrap.wrap(run[0], LONGEST_RUN)), " ".join(kept.split()))


def paper_asked(request: HttpRequest, papers: type[P]) -> P:
    """Return the paper an address asks for with ?size=, the first one when it asks for none. Raises Http404."""
    try:
        return papers(request.GET.get("size", next(iter(papers))))
    except ValueError as error:
        raise Http404 from error


def as_pdf(made: bytes, *, name: str) -> HttpResponse:
    """Answer with a sheet, to look at or to print."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@cache
def _compiler() -> "Compiler":
    """Read the fonts once: only those that come with the typesetter, so that every machine prints alike."""
    from typst import Compiler, Fonts  # noqa: PLC0415 - a large library that only a printed page needs

    return Compiler(font_paths=Fonts(include_system_fonts=False))
