"""A letter to several readers: written anew for each in their own language, and posted once to each."""

from collections.abc import Callable, Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from holdfast.notifications.actions import post
from holdfast.web.language import spoken_by

Letter = tuple[str, list[str]]
"""A subject and the paragraphs of a mail; an empty paragraph is left out."""


class Reader(Protocol):
    """Somebody a letter is for. email: None or empty for whoever has none. language: empty for whoever chose none."""

    pk: int
    email: str | None
    language: str


def post_to_each(
    key: str, readers: Iterable[Reader], letter: Callable[[], Letter], *, zone: str, but: int | None = None
) -> int:
    """Post a letter to everybody who has an address, as part of the caller's transaction; return how many are new.

    letter: called for each reader, in their language. but: the key of whoever did it and is not told.
    """
    told = 0
    for reader in readers:
        if reader.email and reader.pk != but:
            with spoken_by(reader.language):
                subject, paragraphs = letter()
                told += post(key, address=reader.email, subject=subject, body=as_body(paragraphs), zone=zone)
    return told


def as_body(paragraphs: Iterable[str]) -> str:
    """Return the body of a mail: a greeting, and a paragraph each."""
    return "\n\n".join([_("Hello,"), *(part for part in paragraphs if part)])


def only_news(*sentences: str, address: str) -> list[str]:
    """Return the paragraphs that say what kind of news there is and where to read it, and never what it says."""
    read = _("Read it here: %(address)s") % {"address": address}
    unsaid = _("This mail says only that there is something new. What was written stays on the page.")
    return [" ".join(sentences), read, unsaid]
