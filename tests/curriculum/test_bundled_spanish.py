"""The pack that comes with the product, in Spanish: whole, read by people as Spanish, planned in Spanish."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from holdfast.curriculum.actions import load_pack
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.pack import Setting
from holdfast.curriculum.queries import pack_of
from holdfast.curriculum.reading import read_pack
from holdfast.programmes import actions as plans
from holdfast.programmes.queries import run_sheet
from tests.curriculum.given import BUNDLED
from tests.given import Ours

SPANISH = {"accept-language": "es"}
ENGLISH = re.compile(r"\b(the|and|with|you|what|they)\b")


@pytest.fixture
def version(db: None) -> PackVersion:
    return load_pack(BUNDLED)


def test_E6_every_text_of_the_pack_is_there_in_spanish_and_says_that_it_waits_for_a_reader() -> None:
    reading = read_pack(BUNDLED)
    assert reading.problems == ()
    spanish = reading.translations["es"]
    assert set(spanish.texts) == set(reading.sentences)
    assert spanish.read_by == ""  # the page of languages says so
    english = [text for text in reading.sentences if ENGLISH.search(text)]
    assert len(english) > 1000  # these words would be seen
    assert [text for text in spanish.texts.values() if ENGLISH.search(text)] == []


def test_E6_what_the_program_puts_in_is_spanish_too(version: PackVersion) -> None:
    for setting, word in ((Setting.SCHOOLS, "nuestra escuela"), (Setting.HEALTH, "nuestra clínica")):
        whole = repr(pack_of(version, setting=setting, language="es"))
        assert word in whole
        assert not re.search(r"\{[a-z-]+\}", whole)


def test_E6_the_list_of_toolkits_says_their_titles_in_spanish(client: Client, ours: Ours, version: PackVersion) -> None:
    client.force_login(ours.amara)
    title = pack_of(version, language="es").title
    assert title != version.title
    assert title in client.get("/desk/packs/", headers=SPANISH).content.decode()
    assert title not in client.get("/desk/packs/").content.decode()
    with translation.override("es-mx"):
        assert str(version) == f"{title} {version.version}"


def test_E6_a_section_is_read_in_spanish_and_so_is_its_page_to_share(
    client: Client, ours: Ours, version: PackVersion
) -> None:
    client.force_login(ours.amara)
    spanish = pack_of(version, language="es").section(4)
    assert spanish is not None
    english = pack_of(version, language="en").section(4)
    assert english is not None
    assert spanish.share is not None
    assert english.share is not None
    assert spanish.share.title != english.share.title
    address = f"/desk/packs/{version.pk}/sections/4/"
    page = client.get(address, headers=SPANISH).content.decode()
    for text in (spanish.title, spanish.activities[0].title, spanish.considerations[0].title):
        assert text in page
        assert text not in client.get(address).content.decode()


def test_E6_a_plan_is_made_in_the_language_of_whoever_makes_it(ours: Ours, version: PackVersion) -> None:
    programme = plans.start_programme(ours.group, pack=version, started_on=date(2026, 1, 5), by=ours.bo)
    starts_at = timezone.now() + timedelta(days=9)
    ends_at = starts_at + timedelta(minutes=60)
    with translation.override("es"):
        gathering = plans.add_gathering(programme, section=4, starts_at=starts_at, ends_at=ends_at, by=ours.bo)
        plans.add_activity(gathering, title="Una más", prompt="", minutes=5, kind="gather", mode="unnamed", by=ours.bo)
    section = pack_of(version, language="es").section(4)
    assert section is not None
    assert gathering.title == section.title
    titles = [item.title for item in gathering.plan.order_by("position", "pk")]
    *before, closing = [activity.title for activity in section.plan]
    assert titles == [*before, "Una más", closing]
    columns = gathering.plan.get(title="Una más").columns
    assert [column["label"] for column in columns] == [columns_in_spanish(1), columns_in_spanish(2)]


def test_E6_titles_of_the_toolkit_are_read_in_each_readers_language_whoever_set_the_date(
    ours: Ours, version: PackVersion
) -> None:
    programme = plans.start_programme(ours.group, pack=version, started_on=date(2026, 1, 5), by=ours.bo)
    starts_at = timezone.now() + timedelta(days=9)
    with translation.override("es"):
        gathering = plans.add_gathering(
            programme, section=4, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=60), by=ours.bo
        )
    own, first = gathering.plan.order_by("position", "pk")[:2]
    plans.change_activity(own, title="Lo de siempre", prompt="", minutes=5, mode=own.mode, by=ours.bo)
    for language in ("en", "es"):
        section = pack_of(version, language=language).section(4)
        assert section is not None
        with translation.override(language):
            assert gathering.title_now == section.title
            lines = run_sheet(gathering, section).lines
        assert lines[0].title == "Lo de siempre"  # the team’s own words stay as they are
        assert lines[1].title == next(one.title for one in section.plan if one.key == first.activity_key)


def columns_in_spanish(number: int) -> str:
    with translation.override("es"):
        return str(plans.OWN_COLUMNS[number - 1]["label"])
