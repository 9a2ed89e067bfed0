"""Packs can be read by whoever is signed in, whatever their role and organisation; nobody else sees them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.models import PackVersion
from tests.curriculum.given import BUNDLED
from tests.given import Ours, Theirs


@pytest.fixture
def version(db: None) -> PackVersion:
    return load_pack(BUNDLED)


def addresses(version: PackVersion) -> list[str]:
    return [
        reverse("curriculum.packs"),
        reverse("curriculum.pack", kwargs={"pack_id": version.pk}),
        reverse("curriculum.section", kwargs={"pack_id": version.pk, "number": 4}),
    ]


def test_the_list_leads_to_the_pack_and_the_pack_to_its_sections(
    client: Client, ours: Ours, version: PackVersion
) -> None:
    client.force_login(ours.pat)
    packs, pack, section = addresses(version)
    assert f'href="{pack}"' in client.get(packs).content.decode()
    page = client.get(pack).content.decode()
    assert f'href="{section}"' in page
    assert "Check my story" in page


def test_a_section_shows_everything_a_team_needs(client: Client, ours: Ours, version: PackVersion) -> None:
    client.force_login(ours.amara)
    page = client.get(addresses(version)[2]).content.decode()
    for words in (
        "What drains us and what restores us",
        "Talk in a circle · Spoken, phones face-down",
        "If you take part",
        "If you support from outside",
        'id="D4.2"',
        "Opening words, when you take part",
        "Before the first note: danger",
        "A connection between sessions",
        "Sorting",
        "Agreeing on wordings · Without names, on phones",
    ):
        assert words in page, words
    assert "The printer" not in page
    assert "Two short again." not in page  # examples for rehearsal are not content


def test_people_of_every_organisation_read_the_same(
    client: Client, ours: Ours, theirs: Theirs, version: PackVersion
) -> None:
    pages = []
    for person in (ours.pat, theirs.gil):
        client.force_login(person)
        pages.append(client.get(addresses(version)[2]).content.decode().split("<main")[1])
    assert pages[0] == pages[1]


def test_nobody_reads_without_signing_in(client: Client, version: PackVersion) -> None:
    assert {client.get(address).status_code for address in addresses(version)} == {302}


def test_a_section_that_is_not_there_answers_like_a_pack_that_is_not_there(
    client: Client, ours: Ours, version: PackVersion
) -> None:
    client.force_login(ours.pat)
    pack, section = addresses(version)[1:]
    for missing in (section.replace("/4/", "/13/"), pack.replace(str(version.pk), "17"), section.replace("/4/", "/0/")):
        assert client.get(missing).status_code == 404


def test_pages_take_the_same_few_queries_however_many_packs_there_are(
    client: Client, ours: Ours, version: PackVersion
) -> None:
    client.force_login(ours.nia)
    asked = []
    for count in (1, 3):
        while PackVersion.objects.count() < count:
            number = f"9.{PackVersion.objects.count()}"
            PackVersion.objects.create(
                key=version.key,
                version=number,
                title=version.title,
                digest=number,
                content=version.content,
                loaded_at=version.loaded_at,
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(addresses(version)[0]).content.decode().count('class="rows__main"') == count
        asked.append([query["sql"] for query in queries if "packversion" in query["sql"]])
    assert [len(queries) for queries in asked] == [1, 1]
    assert "content" not in asked[1][0]  # the list does not drag whole packs along


def test_no_pack_yet_is_a_sentence(client: Client, ours: Ours) -> None:
    client.force_login(ours.pat)
    assert "No toolkit is loaded yet." in client.get(reverse("curriculum.packs")).content.decode()
