"""Whether a programme is out of the way, and who may put it there."""

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, F, OuterRef, ProtectedError, Q, QuerySet, Subquery, When
from django.db.models.deletion import Collector
from django.utils import timezone

from holdfast.people.models import Group, Person, Role
from holdfast.people.queries import groups_for
from holdfast.programmes.models import Gathering, Programme
from holdfast.programmes.models.archiving import Archiving
from holdfast.programmes.queries.over import meets_again
from holdfast.refusals import Refused


def check_not_archived(programme_id: int) -> None:
    """Let only a programme pass that can be changed. Raises Refused."""
    if Archiving.objects.filter(programme=programme_id).exists():
        raise Refused("programmes.archived")


def standing_of(person: Person, programme: Programme) -> dict[str, object]:
    """Return whether a programme is archived, and whether somebody may plan, leads, may archive and delete it."""
    archived = Archiving.objects.filter(programme=programme).first()
    kinds = set(Role.objects.filter(covering(programme.group), person=person).values_list("kind", flat=True))
    coordinates = Role.Kind.COORDINATOR in kinds
    return {
        "archived": archived,
        "may_plan": archived is None and bool(kinds & {Role.Kind.COORDINATOR, Role.Kind.FACILITATOR}),
        "leads": Role.Kind.LEADER in kinds,
        "may_archive": coordinates,
        "may_delete": coordinates and archived is None and _holds_nothing(programme),
    }


def _holds_nothing(programme: Programme) -> bool:
    """Tell whether nothing later chapters know of keeps a programme: no room was opened, nothing was handed over."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=programme).collect([programme])
    except ProtectedError:
        return False
    return True


def covering(group: Group) -> Q:
    """Say which roles hold for a group: its own, its site's and its organisation's."""
    return Q(group=group) | Q(site=group.site_id) | Q(organisation=group.site.organisation_id)


def programmes_at_a_glance(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Return programmes with the moments of their latest session and the day they were archived, and nothing more.

    meets_again: whether that session is still to come, or on.
    """
    latest = Gathering.objects.filter(programme=OuterRef("pk")).order_by("-starts_at", "pk")
    ahead = latest.annotate(ahead=Case(When(meets_again(timezone.now()), then=True), default=False))
    return programmes.prefetch_related(None).annotate(
        archived=F("archiving__archived_on"),
        latest_starts_at=Subquery(latest.values("starts_at")[:1]),
        latest_ends_at=Subquery(latest.values("ends_at")[:1]),
        meets_again=Subquery(ahead.values("ahead")[:1]),
    )


def programmes_to_archive(person: Person) -> QuerySet[Programme]:
    """Return the programmes of groups somebody coordinates."""
    groups = groups_for(person, (Role.Kind.COORDINATOR,)).order_by()
    return Programme.objects.filter(group__in=groups).select_related("group__site").order_by("pk")
