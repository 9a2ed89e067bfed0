"""Adding links and handouts to a section, changing and removing them, and noting what a look at a link found."""

import hashlib
from collections.abc import Mapping
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from holdfast.audit.actions import record
from holdfast.people.models import Person
from holdfast.programmes.models import Programme
from holdfast.refusals import Refused
from holdfast.support import files
from holdfast.support.bell import BELL
from holdfast.support.models import Handout, Link
from holdfast.support.rules import LARGEST_FILE, LinkState, kind_of

MEGABYTE = 1024 * 1024


@transaction.atomic
def add_link(
    programme: Programme,
    *,
    section: int,
    slot: str,
    title: str,
    url: str,
    recommended_by: str,
    for_all: bool,
    by: Person,
) -> Link:
    """Set a link in a section; the server looks at it soon, and then every week."""
    link = Link.objects.create(
        **_place(programme, section, slot, for_all=for_all),
        title=title,
        url=url,
        recommended_by=recommended_by,
        added_by=by,
        added_on=timezone.localdate(),
    )
    record("support.link_added", by=by.pk, on=link.pk)
    transaction.on_commit(BELL.set)
    return link


@transaction.atomic
def change_link(link: Link, *, title: str, url: str, recommended_by: str, by: Person) -> Link:
    """Change a link; another address is looked at anew."""
    if url != link.url:
        link.state, link.checked_on, link.working_on = LinkState.NEW, None, None
    link.title, link.url, link.recommended_by = title, url, recommended_by
    link.save(update_fields=["title", "url", "recommended_by", "state", "checked_on", "working_on"])
    record("support.link_changed", by=by.pk, on=link.pk)
    transaction.on_commit(BELL.set)
    return link


@transaction.atomic
def remove_link(link: Link, *, by: Person) -> None:
    """Take a link out."""
    record("support.link_removed", by=by.pk, on=link.pk)
    link.delete()


def note_look(link: Link, state: LinkState) -> None:
    """Write down what the server found behind a link, unless it was changed in the meantime."""
    today = timezone.localdate()
    found = {"state": state, "checked_on": today} | ({"working_on": today} if state is LinkState.WORKS else {})
    Link.objects.filter(pk=link.pk, url=link.url).update(**found)


@transaction.atomic
def add_handout(
    programme: Programme,
    *,
    section: int,
    slot: str,
    title: str,
    file: "File[bytes]",
    licence: str,
    for_all: bool,
    by: Person,
) -> Handout:
    """Keep a file of the organisation's own for a section. What it is is read from its content. Raises Refused."""
    if file.size > LARGEST_FILE:
        raise Refused("support.file_too_large", {"most": LARGEST_FILE // MEGABYTE}, status=413)
    content = file.read()
    kind = kind_of(content)
    if kind is None:
        raise Refused("support.not_a_kind_we_take", status=422)
    handout = Handout.objects.create(
        **_place(programme, section, slot, for_all=for_all),
        title=title,
        kind=kind,
        licence=licence,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        added_by=by,
        added_on=timezone.localdate(),
    )
    # Written before the row is there for others: a crash in between leaves a file nobody names, never a name without.
    files.keep(handout, content)
    record("support.handout_added", by=by.pk, on=handout.pk)
    return handout


@transaction.atomic
def remove_handout(handout: Handout, *, by: Person) -> None:
    """Remove a handout and, once that is certain, its file."""
    record("support.handout_removed", by=by.pk, on=handout.pk)
    path = files.path_of(handout)
    handout.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def remove_files_of(programme: Programme) -> None:
    """Remove the files of a programme's own handouts, once it is certain that the programme is deleted."""
    paths = [files.path_of(handout) for handout in Handout.objects.filter(programme=programme).order_by("pk")]
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _place(programme: Programme, section: int, slot: str, *, for_all: bool) -> Mapping[str, object]:
    return {
        "organisation": programme.group.site.organisation,
        "programme": None if for_all else programme,
        "pack_key": programme.pack.key,
        "section": section,
        "slot": slot,
    }
