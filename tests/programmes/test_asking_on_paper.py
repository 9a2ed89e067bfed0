"""Asking how it went, on paper: the toolkit's questions, taken apart and printed to hand out (C7)."""

import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from holdfast.curriculum.actions import load_pack
from holdfast.programmes import queries
from holdfast.programmes.questions_paper import slips_for
from holdfast.programmes.rules.questions import Question, Slip, slips_of
from tests.given import Ours
from tests.programmes.given import a_programme
from tests.programmes.test_components import html_of


def test_C7_questions_are_taken_apart_into_what_is_ticked_and_what_is_written() -> None:
    text = (
        "After it. Was it clear? (yes, partly, no) Why? (own words)\n\nA month later. Is it lighter? (no, yes)\n\nElse?"
    )
    assert slips_of(text, own_words="own words") == [
        Slip("After it", [Question("Was it clear?", ("yes", "partly", "no")), Question("Why?")]),
        Slip("A month later", [Question("Is it lighter?", ("no", "yes")), Question("Else?")]),
    ]
    assert slips_of("", own_words="") == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_C7_every_section_has_questions_to_print_in_both_languages(ours: Ours, language: str) -> None:
    bundled = a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))
    with translation.override(language):
        for section in queries.sections_of(bundled):
            slips = slips_for(bundled, section)
            asked = [question for _title, slip in slips for question in slip.questions]
            assert len(asked) >= 3, section.number
            assert [one.words for one in asked if not one.words.rstrip(")").endswith("?")] == []
            ticked = [answer for one in asked for answer in one.answers]
            assert len(ticked) >= 4, section.number
            assert [answer for answer in ticked if "palabras" in answer or "words" in answer] == []


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_C7_the_questions_of_a_section_are_printed_twice_on_a_sheet(
    ours: Ours, size: str, points: tuple[int, int]
) -> None:
    bundled = a_programme(ours.group, ours.bo, load_pack(settings.PACKS_DIR / "compassion-resilience"))
    sheet = reverse("programmes.questions_on_paper", kwargs={"programme_id": bundled.pk, "number": 4})
    page = {"programme_id": bundled.pk, "number": 4, "key": "C7"}
    assert f"{sheet}?size={size}" in html_of(ours.bo, reverse("programmes.component", kwargs=page))
    client = Client()
    client.force_login(ours.bo)
    answer = client.get(sheet, {"size": size}, headers={"accept-language": "es"})
    after, later = PdfReader(io.BytesIO(answer.content)).pages  # a page for each of its two moments
    assert (round(after.mediabox.width), round(after.mediabox.height)) == points
    assert " ".join(after.extract_text().split()).count("¿Pudiste escribir lo que querías?") == 2
    assert "Después de las respuestas" in later.extract_text()
    client.force_login(ours.pat)
    assert client.get(sheet).status_code == 404
