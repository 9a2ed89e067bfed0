"""Reading who was there: by name for those who write it down, rounded for those who lead, one's own for everybody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from holdfast.gatherings.models import Attendance, Certificate, SignInSheet
from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for, people_of
from holdfast.privacy.rounding import coarse, rounded_share
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.queries import ON
from holdfast.programmes.queries.over import meets_again
from holdfast.programmes.rules import length_of
from holdfast.web.printing import qr_of


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was at one session. people: everybody who can be written down, each with whether they are."""

    people: Sequence[tuple[Person, bool]]
    here: int
    sheet: SignInSheet | None
    address: str
    qr: SafeString


@dataclass(frozen=True, slots=True)
class RoughCount:
    """How many were at one session, rounded down to fives; 0 for fewer than five, or when nobody wrote it down."""

    gathering: Gathering
    at_least: int


@dataclass(frozen=True, slots=True)
class Hours:
    """How long one person took part in a programme."""

    person_id: int
    minutes: int
    sessions: int


def members_of(gathering: Gathering) -> QuerySet[Person]:
    """Return whose attendance can be written down: the group's people, and whoever is written down already."""
    group = people_of(gathering.programme.group).order_by()
    there = Person.objects.filter(attendance__gathering=gathering)
    return Person.objects.filter(Q(pk__in=group) | Q(pk__in=there)).order_by("name", "pk")


def attending(gathering: Gathering) -> list[int]:
    """Return the keys of those who are written down as having been there."""
    return list(gathering.attendance.order_by("person_id").values_list("person_id", flat=True))


def presence_at(gathering: Gathering) -> Presence:
    """Return who was at a session, and the code with which members write themselves down, as long as it works."""
    there = set(attending(gathering))
    people = [(person, person.pk in there) for person in members_of(gathering)]
    sheet = SignInSheet.objects.filter(gathering=gathering, closes_at__gt=timezone.now()).first()
    address = f"{settings.PUBLIC_URL}{reverse('gatherings.here', kwargs={'code': sheet.code})}" if sheet else ""
    qr = mark_safe(qr_of(address)) if sheet else SafeString()  # noqa: S308 - drawn by the QR library from our own address
    return Presence(people, len(there), sheet, address, qr)


def member_to_note(gathering: Gathering, person_id: int) -> Person:
    """Return somebody who can be written down for this session. Raises Http404."""
    person = members_of(gathering).filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person


def sheet_with(code: str) -> SignInSheet:
    """Return the sheet with this code, while it is open. Raises Http404."""
    together = SignInSheet.objects.select_related("gathering__programme__group__site")
    sheet = together.filter(code=code.upper(), closes_at__gt=timezone.now()).first()
    if sheet is None:
        raise Http404
    return sheet


def own_sheet(person: Person, code: str) -> SignInSheet:
    """Return the sheet with this code, for somebody who belongs to its group. Raises Http404."""
    sheet = sheet_with(code)
    if not people_of(sheet.gathering.programme.group).filter(pk=person.pk).exists():
        raise Http404
    return sheet


def open_sheets_of(person: Person) -> list[SignInSheet]:
    """Return the sheets on which somebody can write themselves down now."""
    theirs = groups_for(person, (Role.Kind.PARTICIPANT,)).order_by()
    found = SignInSheet.objects.filter(closes_at__gt=timezone.now(), gathering__programme__group__in=theirs)
    return list(found.select_related("gathering__programme__group").order_by("closes_at", "pk"))


def is_here(sheet: SignInSheet, person: Person) -> bool:
    """Tell whether somebody is written down."""
    return sheet.gathering.attendance.filter(person=person).exists()


def rough_counts(programme: Programme) -> tuple[list[RoughCount], int | None]:
    """Return how many were at each session, rounded, and the share of the group over all of them, in tens per cent.

    Never who, and never how many were missing. Sessions for which nothing is written down do not count.
    """
    now = timezone.now()
    held = programme.gatherings.filter(Q(starts_at__lte=now) | ~meets_again(now)).annotate(there=Count("attendance"))
    sessions = list(held.order_by("-starts_at", "pk"))
    counts = [RoughCount(one, coarse(one.there)) for one in sessions]
    written = [one.there for one in sessions if one.there]
    size = people_of(programme.group).count()
    return counts, rounded_share(sum(min(n, size) for n in written), size * len(written))


def hours_of(programme: Programme) -> list[Hours]:
    """Return for everybody who was at any session of a programme how long they took part, in no order that tells."""
    minutes: dict[int, int] = defaultdict(int)
    sessions: dict[int, int] = defaultdict(int)
    noted = Attendance.objects.filter(gathering__programme=programme).select_related("gathering")
    for one in noted.order_by("person", "pk"):
        minutes[one.person_id] += length_of(one.gathering.starts_at, one.gathering.ends_at)
        sessions[one.person_id] += 1
    return [Hours(person, minutes[person], sessions[person]) for person in minutes]


def sessions_without_attendance(programme: Programme) -> list[Gathering]:
    """Return the sessions that are over and for which nobody is written down."""
    over = programme.gatherings.filter(ON, ~meets_again(timezone.now()), attendance__isnull=True)
    return list(over.order_by("starts_at", "pk"))


def certificates_of(programme: Programme) -> QuerySet[Certificate]:
    """Return a programme's certificates by name."""
    return _certificates().filter(programme=programme).order_by("person__name", "pk")


def own_certificates(person: Person) -> list[Certificate]:
    """Return somebody's own certificates, the newest first."""
    return list(_certificates().filter(person=person).order_by("-issued_on", "pk"))


def own_certificate(person: Person, certificate_id: int) -> Certificate:
    """Return one of somebody's own certificates. Raises Http404."""
    found = _certificates().filter(person=person, pk=certificate_id).first()
    if found is None:
        raise Http404
    return found


def _certificates() -> QuerySet[Certificate]:
    together = Certificate.objects.select_related("person", "programme__group__site__organisation", "programme__pack")
    return together.defer("programme__pack__content")
