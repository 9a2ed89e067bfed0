"""What the made-up groups did around their sessions."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme


@transaction.atomic
def keep_it_alive(programme: Programme, *, leader: Person, by: Person) -> None:
    """Fill in what surrounds the sessions of a group, once; done again it adds nothing."""
    if programme.hangings.exists():
        return
    day = programme.started_on + timedelta(days=2)
    plans.hang_up(programme, section=1, place="Staff kitchen, beside the calendar", who=by.name, hung_on=day, by=by)
    later, office = day + timedelta(days=5), _("The leader’s own office")
    for place, who, own in (("Corridor to the gym", by, False), (office, leader, True)):
        plans.hang_up(programme, section=2, place=place, who=who.name, hung_on=later, own_office=own, by=who)
