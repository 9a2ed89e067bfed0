"""A version is loaded once, whole, and stays as it was loaded."""

from pathlib import Path

import pytest
from django.http import Http404

from holdfast.audit.models import Entry
from holdfast.curriculum import queries
from holdfast.curriculum.actions import load_pack, load_packs
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.pack import from_json
from holdfast.curriculum.reading import read_pack
from holdfast.refusals import Refused
from holdfast.web.wording import words_for
from tests.curriculum.given import BUNDLED, PACK, SECTION, write

pytestmark = pytest.mark.django_db


def test_a_loaded_version_reads_back_as_the_pack_that_was_checked(tmp_path: Path) -> None:
    folder = write(tmp_path)
    version = load_pack(folder, by=7)
    assert (version.key, version.version, version.title) == ("small", "1.0", "A small pack")
    assert from_json(PackVersion.objects.get(pk=version.pk).content) == read_pack(folder).pack
    assert [(entry.act, entry.by, entry.on) for entry in Entry.objects.all()] == [("pack.loaded", 7, version.pk)]


def test_loading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path)
    first = load_pack(folder)
    again = load_pack(folder)
    assert (again.pk, again.loaded_at) == (first.pk, first.loaded_at)
    assert Entry.objects.count() == 1


def test_the_same_version_with_other_content_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    version = load_pack(write(tmp_path))
    write(tmp_path, sections={"01-why.toml": SECTION.replace("How are you?", "How are we?")})
    with pytest.raises(Refused) as refusal:
        load_pack(tmp_path)
    assert refusal.value.code == "curriculum.version_has_other_content"
    assert "1.0" in words_for(refusal.value)[0]
    kept = PackVersion.objects.get()
    assert (kept.pk, kept.digest, kept.content) == (version.pk, version.digest, version.content)


def test_a_new_version_stands_beside_the_old_one(tmp_path: Path) -> None:
    old = load_pack(write(tmp_path))
    content = old.content
    new = load_pack(
        write(
            tmp_path,
            pack=PACK.replace('"1.0"', '"1.10"'),
            sections={"01-why.toml": SECTION.replace("How are you?", "How are we?")},
        )
    )
    load_pack(write(tmp_path, pack=PACK.replace('"1.0"', '"1.9"')))
    assert PackVersion.objects.get(pk=old.pk).content == content
    assert [version.version for version in queries.loaded_packs()] == ["1.10", "1.9", "1.0"]
    assert queries.newest_packs() == [new]


def test_nothing_of_a_broken_pack_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, sections={"01-why.toml": SECTION, "02-b.toml": SECTION.replace("minutes = 10", "minutes = 0")})
    with pytest.raises(Refused) as refusal:
        load_pack(tmp_path)
    what, _next = words_for(refusal.value)
    assert "sections/02-b.toml:16: “minutes” is 0." in what
    assert refusal.value.status == 422
    assert not PackVersion.objects.exists()
    assert not Entry.objects.exists()


def test_one_broken_pack_does_not_keep_the_others_out(tmp_path: Path) -> None:
    write(tmp_path / "a-broken", pack=PACK.replace('"1.0"', '"one"'))
    write(tmp_path / "small")
    loaded, refused = load_packs(tmp_path)
    assert [version.key for version in loaded] == ["small"]
    assert [refusal.code for refusal in refused] == ["curriculum.pack_has_problems"]


def test_the_bundled_pack_loads() -> None:
    version = load_pack(BUNDLED)
    assert queries.pack_section(version, 4).short_title == "Drivers"


def test_what_is_not_there_is_not_there(tmp_path: Path) -> None:
    version = load_pack(write(tmp_path))
    with pytest.raises(Http404):
        queries.pack_version(version.pk + 1)
    with pytest.raises(Http404):
        queries.pack_section(version, 2)
