"""A room in several languages: each phone has its own words, and all of them get the same bytes of what happens."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from holdfast.gatherings.models import Driver
from holdfast.voices.admission import Viewer
from tests.gatherings.driving import with_drivers
from tests.gatherings.rooms import a_room
from tests.gatherings.test_ballots_on_the_wire import start, with_notes
from tests.wire import Answer, Wire

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
SPOKEN = re.compile(rb'<html lang="([^"]+)"')
SPANISH = ((b"accept-language", b"es-MX,es;q=0.9,en;q=0.5"),)


def spoken(answer: Answer) -> str:
    found = SPOKEN.search(answer.body)
    assert found is not None
    return found[1].decode()


def test_E6_joining_speaks_the_language_of_the_phone_or_of_the_address(wire: Wire) -> None:
    by_browser = wire.request("GET", "/join/", headers=SPANISH)
    by_address, unknown = wire.get("/join/?language=es"), wire.get("/join/?code=ABCDEF&language=es")
    assert [spoken(page) for page in (wire.get("/join/"), by_browser, by_address, unknown)] == ["en", "es", "es", "es"]
    assert unknown.status == 404
    assert b'<input type="hidden" name="language" value="es">' in by_address.body
    assert b'href="/help/?language=es"' in by_address.body
    assert b"?language=es" not in by_browser.body.replace(
        b'<a href="?language=es"', b""
    )  # the browser goes on saying it
    assert all("set-cookie" not in page.headers for page in (by_browser, by_address))


def test_E6_a_phone_keeps_the_language_of_its_address_through_the_room(wire: Wire) -> None:
    stage = a_room()
    sent_on = wire.get(f"/join/?code={stage.room.code}&language=es")
    assert (sent_on.status, sent_on.headers["location"]) == (303, f"/r/{stage.room.code}/?language=es")
    page = wire.get(sent_on.headers["location"])
    assert spoken(page) == "es"
    assert f"/r/{stage.room.code}/plain/?language=es".encode() in page.body
    plain = wire.get(f"/r/{stage.room.code}/plain/?language=es")
    assert spoken(plain) == "es"
    forms = re.findall(rb'<form[^>]* action="([^"]+)"', plain.body)
    assert forms
    assert {address.endswith(b"?language=es") for address in forms} == {True}


def test_E6_two_phones_of_one_room_have_pages_in_their_own_languages(wire: Wire) -> None:
    stage = a_room()
    address = f"/r/{stage.room.code}/"
    pages = [wire.request("GET", address, headers=headers) for headers in ((), SPANISH, (), SPANISH)]
    assert [spoken(page) for page in pages] == ["en", "es", "en", "es"]
    assert pages[0].body == pages[2].body  # the same bytes for everyone who reads one language
    assert pages[1].body == pages[3].body


def test_E6_a_refusal_reaches_a_phone_in_its_own_language(wire: Wire) -> None:
    stage = a_room()
    code, phone = stage.room.code, stage.phone(wire)
    english = phone.write("")
    spanish = wire.request("POST", f"/r/{code}/notes/", b'{"ticket": "x"}', headers=((b"accept-language", b"es"),))
    again = wire.request("POST", f"/r/{code}/notes/", b'{"ticket": "x"}')
    assert english.status == 422
    assert spanish.status == again.status == 403
    assert spanish.json()["code"] == again.json()["code"]
    assert spanish.json()["what"] != again.json()["what"]


def test_E6_what_happens_is_sent_to_all_without_a_sentence_of_one_language(wire: Wire) -> None:
    stage = with_notes(wire)
    with_drivers(stage, "cover", "Zebulon never helps")
    Driver.objects.filter(gathering=stage.gathering, wording__startswith="Zebulon").update(wording="")
    with translation.override("es"):  # whoever presses reads another language
        start(stage, "condense")
    stream = stage.stream(wire, Viewer.PARTICIPANT)
    wire.settle(0.1)
    (items,) = [data["items"] for _, event, data in stream.events() if event == "items"][-1:]
    assert sorted(item["wording"] for item in items) == ["", "cover"]  # each phone has the sentence for a struck one
    for language in ("en", "es"):
        with translation.override(language):
            said = _("Removed, because it named somebody.")
        page = wire.get(f"/r/{stage.room.code}/?language={language}").body.decode()
        assert f'<i data-w="struck">{said}</i>' in page
        assert said in wire.get(f"/r/{stage.room.code}/plain/?language={language}").body.decode()
