"""Which language a page speaks: its address decides, then the person, then the browser; and no cookie says it."""

import re

import pytest
from django.test import Client

from holdfast.people.models import Person
from holdfast.web import language
from tests.given import Ours

SPOKEN = re.compile(r'<html lang="([^"]+)"')
SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}


def spoken(page: str | bytes) -> str:
    """Return the language a page says it is in."""
    found = SPOKEN.search(page.decode() if isinstance(page, bytes) else page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("accept", "spoken"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.5", "es"),
        ("en-GB,es;q=0.4", "en"),
        ("xx, es;q=0.1", "es"),
        ("*", "en"),
        ("q=;;,,\x00", "en"),
        ("es," * 5000, "es"),
    ],
)
def test_the_browser_is_asked_for_the_first_language_it_shares_with_us(accept: str, spoken: str) -> None:
    assert language.asked_for(accept) == spoken


@pytest.mark.parametrize(
    ("query", "named"),
    [("language=es", "es"), ("code=abc&language=es", "es"), ("language=xx", ""), ("language=", ""), ("a=b", "")],
)
def test_an_address_names_only_languages_we_have(query: str, named: str) -> None:
    assert language.named_in(query) == named


def test_E6_a_page_speaks_the_language_of_the_browser_unless_its_address_names_one(client: Client) -> None:
    assert spoken(client.get("/help/").content) == "en"
    answer = client.get("/help/", headers=SPANISH)
    assert spoken(answer.content) == "es"
    assert "Accept-Language" in answer.headers["Vary"]
    assert spoken(client.get("/help/?language=en", headers=SPANISH).content) == "en"
    assert spoken(client.get("/help/?language=es").content) == "es"


def test_E6_a_named_language_goes_along_from_page_to_page_without_a_cookie(client: Client) -> None:
    first = client.get("/help/?language=es")
    assert 'href="/promise/?language=es"' in first.content.decode()
    followed = client.get("/promise/", headers={"referer": "http://testserver/help/?language=es"}, follow=True)
    assert followed.redirect_chain == [("/promise/?language=es", 302)]
    assert spoken(followed.content) == "es"
    from_elsewhere = client.get("/promise/", headers={"referer": "http://elsewhere.example/?language=es"})
    assert spoken(from_elsewhere.content) == "en"
    assert not client.cookies


def test_E6_every_language_is_offered_in_its_own_words(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert '<a href="?language=es" lang="es" hreflang="es">Español</a>' in page
    assert '<a href="?language=en" lang="en" hreflang="en" aria-current="true">English</a>' in page


@pytest.mark.django_db
def test_E6_a_person_chooses_once_and_reads_every_page_in_that_language(client: Client, ours: Ours) -> None:
    client.force_login(ours.amara)
    page = client.get("/desk/").content.decode()
    assert spoken(page) == "en"
    assert '<a href="/desk/me/#language" lang="es" hreflang="es">Español</a>' in page
    assert 'id="language"' in client.get("/desk/me/").content.decode()
    answer = client.post("/desk/me/language/", {"language": "es"}, headers={"accept-language": "en"}, follow=True)
    assert answer.redirect_chain == [("/desk/me/", 302)]
    assert spoken(answer.content) == "es"
    assert 'lang="es" aria-pressed="true">Español</button>' in answer.content.decode()
    assert Person.objects.get(pk=ours.amara.pk).language == "es"
    assert spoken(client.get("/desk/?language=en").content) == "en"  # to look, without changing one's choice


@pytest.mark.django_db
def test_a_language_we_do_not_have_changes_nothing(client: Client, ours: Ours) -> None:
    client.force_login(ours.amara)
    client.post("/desk/me/language/", {"language": "xx"})
    assert Person.objects.get(pk=ours.amara.pk).language == ""


@pytest.mark.django_db
def test_a_page_that_answers_a_form_does_not_offer_its_own_address_in_another_language(client: Client) -> None:
    assert b'href="?language=es"' in client.get("/desk/sign-in/").content
    refused = client.post("/desk/sign-in/", {"email": "no address"})
    assert refused.status_code in {200, 422}
    assert b'href="?language=es"' not in refused.content
