"""What a person may see of check-ins: whoever reads the plans of the group; only its team and leader are reminded."""

from django.db.models import QuerySet
from django.utils import timezone

from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for, one_of
from holdfast.programmes.models import Programme
from holdfast.programmes.models.check_ins import CheckIn
from holdfast.programmes.queries.plan import GROUP_AND_PLACE, programmes_for
from holdfast.programmes.queries.starting import today_at
from holdfast.programmes.rules.check_ins import SOON, is_near


def check_ins_ahead(programme: Programme) -> QuerySet[CheckIn]:
    """Return the check-ins nobody has looked at yet, the soonest first."""
    return programme.check_ins.filter(looked_on__isnull=True).order_by("planned_on", "pk")


def check_ins_done(programme: Programme) -> QuerySet[CheckIn]:
    """Return what was found, the latest first."""
    return programme.check_ins.filter(looked_on__isnull=False).order_by("-looked_on", "-planned_on", "pk")


def check_in_for(person: Person, check_in_id: int) -> CheckIn:
    """Return one check-in of a programme somebody may read plans of. Raises Http404."""
    theirs = CheckIn.objects.filter(pk=check_in_id, programme__in=programmes_for(person).order_by())
    return one_of(theirs.select_related(f"programme__{GROUP_AND_PLACE}", "programme__pack"))


def check_ins_due(person: Person) -> list[CheckIn]:
    """Return the check-ins that come up, or are still to be done, where somebody facilitates or leads."""
    groups = groups_for(person, (Role.Kind.FACILITATOR, Role.Kind.LEADER)).order_by()
    near = CheckIn.objects.filter(
        programme__group__in=groups, programme__archiving__isnull=True,
        looked_on__isnull=True, planned_on__lte=timezone.now().date() + 2 * SOON,
    )  # fmt: skip
    together = (
        near.select_related(f"programme__{GROUP_AND_PLACE}").defer("programme__pack").order_by("planned_on", "pk")
    )
    return [one for one in together if is_near(one.planned_on, today_at(one.programme))]
