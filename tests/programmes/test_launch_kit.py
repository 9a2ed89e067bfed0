"""The launch kit: three pages with what is really so, on the screen and on paper."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from holdfast.people.models import Person
from holdfast.programmes import actions
from holdfast.programmes.kit import SheetKind, printed, sheet_of
from holdfast.programmes.models import Gathering, Programme
from holdfast.web.printing import Paper
from tests.given import Ours

SCRIPT = '<script>alert(1)</script> #set page(width: 1pt) "$x$'
SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def words_of(pdf: bytes) -> str:
    """Return the words on a printed page."""
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("kind", SheetKind)
@pytest.mark.parametrize("paper", Paper)
def test_E3_each_sheet_is_one_page_of_the_paper_asked_for(
    ours: Ours, programme: Programme, session: Gathering, kind: SheetKind, paper: Paper
) -> None:
    actions.give_pledge(programme, by=ours.amara)
    address = reverse("programmes.sheet_on_paper", kwargs={"programme_id": programme.pk, "kind": kind})
    answer = signed_in(ours.amara).get(address, {"size": paper})
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[paper]


@pytest.mark.parametrize("kind", SheetKind)
def test_E3_paper_says_what_the_screen_says(ours: Ours, programme: Programme, kind: SheetKind) -> None:
    sheet = sheet_of(programme, kind)
    html = signed_in(ours.bo).get(
        reverse("programmes.sheet", kwargs={"programme_id": programme.pk, "kind": kind})
    ).content.decode()  # fmt: skip
    paper = words_of(printed(sheet, paper=Paper.A4)).replace(" ", "")
    assert sheet.parts
    for part in sheet.parts:
        assert part.title in html
        assert part.title.replace(" ", "") in paper
        assert all(line.replace(" ", "")[:30] in paper for line in part.lines)


def test_a_script_in_a_name_is_words_on_the_screen_and_on_paper(ours: Ours, programme: Programme) -> None:
    ours.group.name = SCRIPT
    ours.group.save(update_fields=["name"])
    programme.refresh_from_db()
    address = reverse("programmes.sheet", kwargs={"programme_id": programme.pk, "kind": "invitation"})
    html = signed_in(ours.bo).get(address).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    pdf = printed(sheet_of(programme, SheetKind.INVITATION), paper=Paper.A4)
    assert "<script>alert(1)</script>" in words_of(pdf)
    assert round(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width) == 595  # it set nothing


def test_a_name_that_reads_from_the_right_stands_on_the_page_and_on_paper(ours: Ours, programme: Programme) -> None:
    ours.amara.name = "أمل الحسن"
    ours.amara.save(update_fields=["name"])
    actions.give_pledge(programme, by=ours.amara)
    html = signed_in(ours.pat).get(
        reverse("programmes.taking_part", kwargs={"programme_id": programme.pk})
    ).content.decode()  # fmt: skip
    assert "<bdi>أمل الحسن</bdi>" in html
    assert len(PdfReader(io.BytesIO(printed(sheet_of(programme, SheetKind.UNION), paper=Paper.A4))).pages) == 1


def test_a_paper_or_a_sheet_nobody_has_is_not_there(ours: Ours, programme: Programme) -> None:
    bo = signed_in(ours.bo)
    nothing = reverse("programmes.sheet", kwargs={"programme_id": programme.pk, "kind": "nothing"})
    union = reverse("programmes.sheet_on_paper", kwargs={"programme_id": programme.pk, "kind": "union"})
    assert [bo.get(nothing).status_code, bo.get(union, {"size": "a0"}).status_code] == [404, 404]
    assert bo.get(union).status_code == 200
