"""Loading packs: a version is written once, whole, and never changed."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.curriculum.models import PackVersion
from holdfast.curriculum.reading import Reading, read_pack
from holdfast.refusals import Refused


def load_pack(folder: Path, *, by: int | None = None) -> PackVersion:
    """Read, check and keep the pack in a folder; a version that is there already is returned. Raises Refused."""
    reading = read_pack(folder)
    if reading.pack is None:
        first = reading.problems[0]
        said = f"{first.file}:{first.line}: {first.what} {first.next}"
        details = {"folder": folder.name, "count": len(reading.problems), "first": said}
        raise Refused("curriculum.pack_has_problems", details, status=422)
    return _keep(reading, by=by)


def load_packs(folder: Path) -> tuple[list[PackVersion], list[Refused]]:
    """Load every pack in a folder of packs; one that is refused does not keep the others out."""
    loaded: list[PackVersion] = []
    refused: list[Refused] = []
    for head in sorted(folder.glob("*/pack.toml")):
        try:
            loaded.append(load_pack(head.parent))
        except Refused as refusal:
            refused.append(refusal)
    return loaded, refused


@transaction.atomic
def _keep(reading: Reading, *, by: int | None) -> PackVersion:
    pack, digest = reading.pack, reading.digest
    assert pack is not None
    spoken = {language.lower(): found.texts.get(pack.title, "") for language, found in reading.translations.items()}
    words = {"title": pack.title, "titles": spoken, "content": reading.content}
    version, is_new = PackVersion.objects.get_or_create(
        key=pack.key,
        version=pack.version,
        defaults={**words, "digest": digest, "loaded_at": timezone.now()},
    )
    if version.digest != digest:
        # Programmes read the version they began with: writing over it would change a session that is being held.
        raise Refused("curriculum.version_has_other_content", {"key": pack.key, "version": pack.version})
    if is_new:
        record("pack.loaded", by=by, on=version.pk)
    return version
