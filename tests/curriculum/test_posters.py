"""Posters and share documents of the bundled pack: one sheet each, every word on it, quickly, accents included."""

import io
import time
from functools import cache

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from holdfast.curriculum.pack import Layout, ModelPart, Pack, Share, SharePart
from holdfast.curriculum.posters import Picture, minutes_to_read, picture_of, poster, share_on_paper
from holdfast.curriculum.reading import read_pack
from holdfast.web import printing
from holdfast.web.printing import Form, Paper, PosterPaper

SIZES = {
    PosterPaper.A4: (595, 842), PosterPaper.A3: (842, 1191),
    PosterPaper.LETTER: (612, 792), PosterPaper.TABLOID: (792, 1224),
}  # fmt: skip
SECTIONS = range(1, 13)


@cache
def bundled() -> Pack:
    """Read the pack that comes with the product."""
    read = read_pack(settings.PACKS_DIR / "compassion-resilience")
    assert read.pack is not None
    return read.pack


def picture(number: int) -> Picture:
    """Return the visual of a section."""
    section = bundled().section(number)
    assert section is not None
    found = picture_of(bundled(), section)
    assert found is not None
    return found


def words_of(pdf: bytes) -> str:
    """Return the text of every sheet without its spaces: lines break where the paper ends."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def there(words: str, pdf_words: str) -> bool:
    """Tell whether words stand on a sheet."""
    return "".join(words.split()) in pdf_words


@pytest.mark.parametrize("number", SECTIONS)
def test_C3_every_section_has_a_poster_of_one_sheet_with_every_word_of_its_picture(number: int) -> None:
    drawn = picture(number)
    pdf = poster(drawn, paper=PosterPaper.A4)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    words = words_of(pdf)
    assert len(drawn.parts) >= 3
    for part in drawn.parts:
        for said in (part.label, part.text, *part.ideas):
            assert there(said, words), said
    assert there(drawn.title, words)
    assert there(drawn.about, words)
    assert there("CC BY 4.0", words)  # whoever copies it may, and must say whose it is


@pytest.mark.parametrize("paper", list(PosterPaper))
@pytest.mark.parametrize("number", [2, 3, 4, 11])
def test_C3_a_poster_fills_the_paper_it_was_asked_for(number: int, paper: PosterPaper) -> None:
    [page] = PdfReader(io.BytesIO(poster(picture(number), paper=paper))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]


def sizes_of(pdf: bytes, words: str) -> set[int]:
    """Return in which sizes, in points, the letters of some words are set."""
    found: set[int] = set()

    def see(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip() and text.strip() in words:
            found.add(round(size))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return found


def test_C3_the_title_of_a_poster_can_be_read_from_three_metres() -> None:
    # A capital of 43 points is 10 mm high; from three metres sharp eyes need 4.4 mm, and 8 is comfortable.
    assert sizes_of(poster(picture(2), paper=PosterPaper.A4), "Wellness Compass") >= {43}


@pytest.mark.parametrize("layout", list(Layout))
def test_C3_no_amount_of_words_breaks_a_layout_and_accents_stay(layout: Layout) -> None:
    long = "Ñandú, ¿qué? ¡así! pingüino über coração: «y más» — “día” " * 4
    for count in (1, 4, 7):
        parts = [ModelPart(f"p{n}", "Atención compartida", long, ("Una idea: ¿cómo?",) * 3) for n in range(count)]
        drawn = Picture("Señales del cansancio", "Según cómo estés.", layout, "a", "b", parts, [long[:120]] * count)
        pdf = poster(drawn, paper=PosterPaper.LETTER)
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 1, count
        words = words_of(pdf)
        assert there("Señales del cansancio", words)
        assert there("Ñandú, ¿qué? ¡así! pingüino", words)


def test_C3_an_empty_poster_says_so() -> None:
    empty = Picture("How our circle meets", "", Layout.LINES, "", "")
    assert there("Nothing stands here yet.", words_of(poster(empty, paper=PosterPaper.A4)))


def test_what_stands_on_a_poster_is_never_an_instruction() -> None:
    nasty = '#read("/etc/passwd") #set page(fill: red) $x$ *b* <a> @ref'
    part = ModelPart("p", nasty, nasty)
    words = words_of(poster(Picture(nasty, nasty, Layout.STEPS, "", "", [part] * 3), paper=PosterPaper.A4))
    assert there('#read("/etc/passwd")', words)
    assert "root:" not in words


def test_C3_the_picture_for_a_page_is_the_same_sheet_as_svg() -> None:
    made = poster(picture(2), paper=PosterPaper.A4, form=Form.SVG)
    assert made.startswith(b"<svg")
    assert b"<script" not in made


@pytest.mark.parametrize("number", SECTIONS)
def test_C1_every_section_has_a_page_to_read_in_about_five_minutes(number: int) -> None:
    section = bundled().section(number)
    assert section is not None
    assert section.share is not None
    assert 3 <= minutes_to_read(section.share) <= 6
    for paper, size in ((Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))):
        pdf = share_on_paper(bundled(), section, section.share, paper=paper, when="Thursday 12 March, 15:30")
        [page] = PdfReader(io.BytesIO(pdf)).pages  # one sheet, to print and hand out
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        words = words_of(pdf)
        assert there("Thursday 12 March, 15:30", words)
        for part in section.share.parts:
            assert there(part.heading, words)
            assert there(part.text, words), part.heading


def test_C1_accents_of_spanish_stand_on_the_page() -> None:
    section = bundled().section(1)
    assert section is not None
    share = Share("¿Por qué?", (SharePart("Qué haremos", "Mañana, según cómo estés: ¡ánimo! Pingüino.\n\nY otro."),))
    with translation.override("es"):
        words = words_of(share_on_paper(bundled(), section, share, paper=Paper.A4))
    assert there("Mañana, según cómo estés: ¡ánimo! Pingüino.", words)


def test_C3_a_sheet_takes_less_than_a_second_at_first_and_next_to_nothing_afterwards() -> None:
    slowest, again = 0.0, 0.0
    printing._set_once.cache_clear()
    printing._compiler.cache_clear()
    for number in SECTIONS:
        began = time.process_time()
        first = poster(picture(number), paper=PosterPaper.TABLOID)
        slowest, began = max(slowest, time.process_time() - began), time.process_time()
        assert poster(picture(number), paper=PosterPaper.TABLOID) == first
        again = max(again, time.process_time() - began)
    print(f"poster: {slowest * 1000:.0f} ms at most at first, {again * 1000:.1f} ms afterwards")
    assert slowest < 1
    assert again < 0.05
