"""The poster: one sheet, read back; what people write stays words, and what does not fit is counted."""

import io
import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from holdfast.report_back.actions import staff as actions
from holdfast.report_back.models import Concern
from holdfast.report_back.posters import TEMPLATE, poster, poster_data
from holdfast.report_back.staff import staff_page
from holdfast.web.printing import Paper, compiled, plain
from tests.given import Ours
from tests.report_back.pages import Shown, a_programme, answer, concern, everything, many

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def words_of(pdf: bytes) -> str:
    """Return the text of a sheet on one line."""
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def sheet(shown: Shown, *, scope: str = "staff", paper: Paper = Paper.A4) -> bytes:
    """Make a poster."""
    return poster(staff_page(shown.programme, scope=scope), token=shown.staff.token, paper=paper)


@pytest.mark.parametrize("paper", list(Paper))
def test_D4_2_the_poster_of_the_staff_room_is_one_sheet_with_every_list(ours: Ours, paper: Paper) -> None:
    pdf = sheet(everything(ours), paper=paper)

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    width, height = SIZES[paper]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (width, height)
    words = words_of(pdf)
    for there in (
        "Northgate team", "Lakeside District", "We greet each other by name.", "Cover is asked for with no notice.",
        "exploring this year", "answers due", "The quiet room gives strength.", "The state sets the test dates.",
    ):  # fmt: skip
        assert there in words, there
    assert "DRAFT-ONLY" not in words


def test_common_areas_get_only_what_both_sides_marked(ours: Ours) -> None:
    shown = everything(ours)
    actions.mark_for_wall(shown.answered, by_leader=False, on=True, by=ours.bo)
    assert "Cover is asked" not in words_of(sheet(shown, scope="wall"))
    actions.mark_for_wall(shown.answered, by_leader=True, on=True, by=ours.amara)

    words = words_of(sheet(shown, scope="wall"))

    assert "Cover is asked for with no notice." in words
    for never in ("greet each other", "The quiet room", "state sets", "Which meetings", "Pat and Chi"):
        assert never not in words


def test_what_people_write_is_never_an_instruction_to_the_typesetter(ours: Ours) -> None:
    programme = a_programme(ours)
    nasty = '#set page(fill: red) #read("/etc/passwd") $x$ *b* _i_ \\ <a> @ref [x] `y` "q" // c /* d */'
    one = concern(programme, nasty, position=1)
    answer(one, "this_year", by=ours.amara, reason='"]); #panic("out")')

    words = words_of(poster(staff_page(programme, scope="staff"), token="t", paper=Paper.A4))

    for kept in (
        "#set page(fill: red)",
        '#read("/etc/passwd")',
        "*b* _i_",
        "@ref [x]",
        "// c",
        "/* d */",
        '#panic("out")',
    ):
        assert kept in words, kept
    assert "root:" not in words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ñandú, ¿qué? ¡así! naïve Łódź “quotes” — don’t", "Ñandú, ¿qué? ¡así! naïve Łódź “quotes” — don’t"),
        ("مرحبا بالعالم", ""), ("שלום עולם", ""), ("日本語 中文", ""), ("😀👍🏽 thanks", "thanks"),
        ("a\x00b\x07c", "a b c"), ("\u202egnirts", "gnirts"), ("two\nlines\n\nthree", "two lines three"),
        ("x" * 280, "x" * 20), ("\U000e0041tag", "tag"), ("", ""),
    ],
)  # fmt: skip
def test_no_text_stops_a_poster(ours: Ours, written: str, read: str) -> None:
    programme = a_programme(ours)
    if connection.vendor == "postgresql":
        written = written.replace("\x00", "\x01")  # it keeps no such text; a file can hold one
    concern(programme, written, position=1)

    pdf = poster(staff_page(programme, scope="staff"), token="t", paper=Paper.LETTER)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert read in words_of(pdf)


def test_what_does_not_fit_is_counted(ours: Ours) -> None:
    programme = a_programme(ours)
    many(programme, 60, by=ours.amara)

    pdf = poster(staff_page(programme, scope="staff"), token="t", paper=Paper.A4)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    words = words_of(pdf)
    shown = sum(f"Matter {n} of many" in words for n in range(60)) + words.count("Ours ") + words.count("Put down")
    more = int(words.split("… and ")[1].split(" ")[0])
    assert 5 < shown < 40
    assert shown + more == 60 + 10 + 10


def test_a_list_that_just_fits_says_nothing_of_more(ours: Ours) -> None:
    programme = a_programme(ours)
    page = staff_page(programme, scope="staff")
    assert "more on the page" not in words_of(poster(page, token="t", paper=Paper.A4))
    assert "Nothing is shown here at the moment." in words_of(poster(page, token="t", paper=Paper.A4))
    concern(programme, "One.", position=1)
    one = words_of(poster(staff_page(programme, scope="staff"), token="t", paper=Paper.A4))
    assert "One." in one
    assert "more on the page" not in one


def test_a_struck_text_is_on_no_poster(ours: Ours) -> None:
    shown = everything(ours)
    Concern.objects.filter(pk=shown.answered.pk).update(wording="CANARY names Pat.")
    assert "CANARY" in words_of(sheet(shown))
    actions.strike(Concern.objects.get(pk=shown.answered.pk), by=ours.bo)
    assert "CANARY" not in words_of(sheet(shown))


def test_a_poster_is_made_quickly(ours: Ours) -> None:
    programme = a_programme(ours)
    many(programme, 60, by=ours.amara)
    page, times = staff_page(programme, scope="staff"), []
    for _ in range(8):
        concern(programme, "Another.", position=1)
        page = staff_page(programme, scope="staff")
        began = time.process_time()
        poster(page, token="t", paper=Paper.A4)
        times.append(time.process_time() - began)
    print(f"poster: first {times[0] * 1000:.0f} ms, then {max(times[1:]) * 1000:.0f} ms at most")
    assert times[0] < 0.2
    assert sorted(times[1:])[len(times) // 2] < 0.05


def test_the_same_page_makes_the_same_bytes(ours: Ours) -> None:
    data = poster_data(staff_page(everything(ours).programme, scope="staff"), token="t", paper=Paper.A4)
    assert compiled(TEMPLATE, data) == compiled(TEMPLATE, data)


def test_words_are_made_printable_without_losing_any() -> None:
    assert plain("a  b\t\nc") == "a b c"
    assert plain("x" * 70).replace("\u200b", "") == "x" * 70
    assert plain("Łódź ñ") == "Łódź ñ"


def test_the_desk_hands_out_the_poster_to_those_who_look_after_the_page(ours: Ours) -> None:
    shown = everything(ours)
    path = reverse("report_back.poster", kwargs={"programme_id": shown.programme.pk})
    for who, status in ((ours.bo, 200), (ours.amara, 200), (ours.dee, 200), (ours.pat, 404), (ours.fay, 404)):
        client = Client()
        client.force_login(who)
        for scope, paper in (("staff", "a4"), ("wall", "us-letter")):
            made = client.get(path, {"scope": scope, "paper": paper})
            assert made.status_code == status, who
            if status == 200:
                assert made["Content-Type"] == "application/pdf"
                assert made.content.startswith(b"%PDF-")
        assert client.get(path, {"scope": "staff", "paper": "a0"}).status_code == 404


def test_E6_a_poster_in_spanish_has_its_accents_and_its_language(ours: Ours) -> None:
    shown = everything(ours)
    english = words_of(sheet(shown))
    with translation.override("es"):
        said = [gettext(words) for words in ("Our own list", "Not ours, for now", "The whole page")]
        pdf = sheet(shown)
    words = words_of(pdf)
    assert [one for one in said if one not in words] == []
    assert [one for one in said if one in english] == []
    assert "á" in words or "ó" in words
    assert "PÃ" not in words
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == "es"  # type: ignore[index]
    assert "We greet each other by name." in words
