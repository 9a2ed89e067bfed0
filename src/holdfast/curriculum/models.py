"""Loaded packs: each version is kept whole and never changed."""

from collections.abc import Mapping

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import get_language

from holdfast.documents import Document
from holdfast.keys import RandomKey


def in_language_now(texts: Mapping[str, str]) -> str:
    """Return which of some texts, by their language, is in the active one; empty where none is."""
    language = (get_language() or "").lower()
    return texts.get(language) or texts.get(language.split("-", maxsplit=1)[0]) or ""


class PackVersion(models.Model):
    """One version of a pack as it was loaded. A running programme keeps the version it began with.

    content: the whole checked pack; `holdfast.curriculum.pack` reads it as typed objects.
    digest: SHA-256 of the pack's files, hexadecimal. titles: the title in other languages, by their codes.
    """

    id = RandomKey()
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    titles = Document(default=dict)
    digest = models.CharField(max_length=64)
    content = Document()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["key", "version"], name="a_pack_version_is_loaded_once")]

    def __str__(self) -> str:
        return f"{self.title_now} {self.version}"

    @property
    def title_now(self) -> str:
        """The title in the active language, as it was written where there is none."""
        return in_language_now(self.titles) or self.title
