"""Reading packs; they hold no organisation's data, so every signed-in person sees the same."""

from functools import lru_cache

from django.http import Http404
from django.utils.translation import get_language

from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.pack import Pack, Section, Setting, from_json
from holdfast.curriculum.texts import in_language, in_setting


@lru_cache(maxsize=64)
def _pack_by_digest(digest: str, pack_id: int, setting: Setting, language: str) -> Pack:
    content = PackVersion.objects.values_list("content", flat=True).get(pk=pack_id)
    return from_json(in_setting(in_language(content, language), setting))


def pack_of(version: PackVersion, *, setting: str = Setting.ELSEWHERE, language: str | None = None) -> Pack:
    """Return what a version holds as typed objects, in the words of a setting and a language.

    language: the active one when it is not given; a text that is not translated stays as it was written.
    Made once per process for each of both, since a version never changes.
    """
    return _pack_by_digest(version.digest, version.pk, Setting(setting), language or get_language() or "")


def loaded_packs() -> list[PackVersion]:
    """List all loaded versions without their content, the newest version of each pack first."""
    versions = PackVersion.objects.defer("content").order_by("title", "key", "pk")
    by_number = sorted(versions, key=_number, reverse=True)
    return sorted(by_number, key=lambda v: (v.title, v.key))


def newest_packs() -> list[PackVersion]:
    """List the newest version of each pack, without content: what a new programme may begin with."""
    newest: dict[str, PackVersion] = {}
    for version in loaded_packs():
        newest.setdefault(version.key, version)
    return list(newest.values())


def newer_than(version: PackVersion) -> PackVersion | None:
    """Return the newest loaded version of the same pack, without content, when it is newer than this one."""
    newest = next((other for other in newest_packs() if other.key == version.key), None)
    return newest if newest and _number(newest) > _number(version) else None


def _number(version: PackVersion) -> list[int]:
    return [int(part) for part in version.version.split(".")]


def pack_version(pack_id: int) -> PackVersion:
    """Return one loaded version, without its content. Raises Http404."""
    version = PackVersion.objects.defer("content").filter(pk=pack_id).first()
    if version is None:
        raise Http404
    return version


def pack_section(version: PackVersion, number: int) -> Section:
    """Return one section of a loaded version. Raises Http404."""
    section = pack_of(version).section(number)
    if section is None:
        raise Http404
    return section
