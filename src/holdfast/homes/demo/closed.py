"""A group whose way is over: three sessions, certificates of hours, and a programme in the archive."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.gatherings.actions import close_with_certificates, note_everybody
from holdfast.homes.demo.calendar import on_day, thursday_before
from holdfast.people import actions as people
from holdfast.people.models import Group, Person, Role
from holdfast.programmes import actions as plans
from holdfast.programmes.actions.archiving import archive_programme
from holdfast.programmes.models import Setting

BEGINS, LENGTH = time(15, 30), timedelta(minutes=60)
SECTIONS = (1, 2, 3)


@transaction.atomic
def be_over(group: Group, pack: PackVersion, *, team: dict[Role.Kind, Person], archived_by: Person) -> None:
    """Let a group have met, closed its programme and had it archived, once; done again it adds nothing."""
    if group.programmes.exists():
        return
    for kind, person in team.items():
        people.give_role(person, kind=kind, at=group)
    by, zone = team[Role.Kind.FACILITATOR], group.site.time_zone
    first = thursday_before(timezone.localdate() - timedelta(days=260))
    programme = plans.start_programme(group, pack=pack, started_on=first, setting=Setting.SCHOOLS, by=by)
    for number, section in enumerate(SECTIONS):
        day = first + timedelta(days=14 * number)
        starts_at = datetime.combine(day, BEGINS, ZoneInfo(zone))
        with on_day(day, zone):
            session = plans.add_gathering(
                programme, section=section, starts_at=starts_at, ends_at=starts_at + LENGTH, place="Library", by=by
            )
            note_everybody(session, by=by)
    with on_day(first + timedelta(days=30), zone):
        close_with_certificates(programme, by=by)
        archive_programme(programme, by=archived_by)
