"""Who of the made-up people comes, what keeps some of them from it, and what their leader did about that."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person, Role
from holdfast.people.queries import people_who
from holdfast.programmes import actions as plans
from holdfast.programmes import queries
from holdfast.programmes.models import Barrier, Coming, Programme

CLEARED = "On session days the secretary takes the front desk from 15:15. It stands in the cover plan."


@transaction.atomic
def say_what_keeps_them(programme: Programme, *, leader: Person) -> None:
    """Let members say whether they come, and what is in the way, once."""
    if programme.barriers.exists():
        return
    zone, today = programme.group.site.time_zone, timezone.localdate()
    members = list(people_who(Role.Kind.PARTICIPANT, programme.group))
    for gathering in queries.coming_of(programme)[:1]:
        for number, member in enumerate(members):
            answer = Coming.Answer.UNSURE if number else Coming.Answer.YES
            plans.answer_coming(gathering, answer=answer, by=member)
    with on_day(today - timedelta(days=40), zone):
        text = "At 15:30 nobody sits at the front desk when I am in the circle."
        named = plans.name_barrier(programme, kind=Barrier.Kind.COVER, text=text, by=members[0])
    with on_day(today - timedelta(days=36), zone):
        plans.act_on_barrier(named, done=CLEARED, close=True, told_group=True, by=leader)
    with on_day(today - timedelta(days=2), zone):
        text = "The bus list has to be done in exactly that half hour."
        plans.name_barrier_unnamed(programme, kind=Barrier.Kind.CLASH, text=text)
