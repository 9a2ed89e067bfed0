"""Links and handouts of a programme: section by section, slot by slot, with who may read and who may change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from holdfast.curriculum.pack import Pack, Resource
from holdfast.people.models import Person
from holdfast.people.queries import groups_for, may_coordinate_organisation, one_of
from holdfast.programmes.models import Programme
from holdfast.programmes.queries import EVERYBODY, content_of, may_plan
from holdfast.support.models import Added, Handout, Link
from holdfast.support.rules import DAYS_BETWEEN_LOOKS

A = TypeVar("A", bound=Added)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One slot of a section, or what was added besides (slot is None), with what stands there."""

    slot: Resource | None
    links: Sequence[Link]
    handouts: Sequence[Handout]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands there."""
        return not (self.links or self.handouts)


@dataclass(frozen=True, slots=True)
class SectionShelf:
    """One section with its slots."""

    number: int
    title: str
    shelves: Sequence[Shelf]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was added to this section."""
        return all(shelf.is_empty for shelf in self.shelves)


def of_programme(kind: type[A], programme: Programme) -> QuerySet[A]:
    """Return what stands in a programme: its own, and what its organisation set for all who work with this pack."""
    shared = Q(programme__isnull=True, organisation=programme.group.site.organisation_id)
    found = kind._default_manager.filter(Q(programme=programme) | shared, pack_key=programme.pack.key)
    return found.order_by("section", "title", "pk")


def shelves(programme: Programme) -> list[SectionShelf]:
    """Return every section of the pack with its slots and what stands in them."""
    pack: Pack = content_of(programme)
    links, handouts = list(of_programme(Link, programme)), list(of_programme(Handout, programme))
    found = []
    for section in pack.sections:
        here = [one for one in links if one.section == section.number]
        files = [one for one in handouts if one.section == section.number]
        known = {slot.key for slot in section.resources}
        filled = [
            Shelf(slot, [o for o in here if o.slot == slot.key], [o for o in files if o.slot == slot.key])
            for slot in section.resources
        ]
        # What a newer pack has no slot for any more is not lost: it stands besides.
        rest = Shelf(None, [o for o in here if o.slot not in known], [o for o in files if o.slot not in known])
        found.append(SectionShelf(section.number, section.short_title, [*filled, rest]))
    return found


def link_to_change(person: Person, link_id: int) -> Link:
    """Return one link somebody may change. Raises Http404."""
    return _to_change(person, Link.objects.filter(pk=link_id))


def handout_to_change(person: Person, handout_id: int) -> Handout:
    """Return one handout somebody may remove. Raises Http404."""
    return _to_change(person, Handout.objects.filter(pk=handout_id))


def handout_for(person: Person, handout_id: int) -> Handout:
    """Return one handout somebody may read: of their group's programme, or of all that work with this pack."""
    groups = groups_for(person, EVERYBODY).order_by()
    shared = Q(programme__isnull=True, organisation=person.organisation_id)
    handout = one_of(Handout.objects.filter(Q(programme__group__in=groups) | shared, pk=handout_id))
    if handout.programme is None and not groups.filter(programmes__pack__key=handout.pack_key).exists():
        raise Http404
    return handout


def due_for_a_look(today: date, *, most: int) -> list[Link]:
    """Return the links nobody looked at for a week, the longest first; a new one before all others."""
    before = today - timedelta(days=DAYS_BETWEEN_LOOKS)
    new = Link.objects.filter(checked_on__isnull=True).order_by("added_on", "pk")[:most]
    old = Link.objects.filter(checked_on__lte=before).order_by("checked_on", "pk")[:most]
    return list(chain(new, old))[:most]


def _to_change(person: Person, found: QuerySet[A]) -> A:
    one = one_of(found.select_related("programme__group__site", "programme__pack"))
    if one.programme is not None:
        if not may_plan(person, one.programme.group):
            raise Http404
    elif one.organisation_id != person.organisation_id or not may_coordinate_organisation(person):
        raise Http404
    return one
