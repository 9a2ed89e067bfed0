"""What the made-up groups did around their sessions: much of the first ones, less of the later, and a wish for help."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes import queries
from holdfast.programmes.actions.check_ins import look_again, plan_check_ins
from holdfast.programmes.models import Programme
from holdfast.programmes.rules import HowAndWho

DONE = {1: ("C1", "C2", "C3", "C4", "C5", "C7"), 2: ("C1", "C2", "C3", "C4"), 3: ("C1", "C2"), 4: ("C1", "C2")}
LEFT_OUT = {1: ("C6",), 2: ("C7",), 3: ("C3", "C7")}
AHEAD = (
    (4, "C3", "A3 beside the copier, A4 at both doors.", 1),
    (4, "C4", "Five minutes at the start of the team meeting.", 6),
    (4, "C7", "Three questions on cards at the door.", 2),
    (5, "C2", "Quarter of an hour in the leader’s office.", 12),
)
IDEAS = (
    (1, "Begin every Monday meeting with: what helped last week?"),
    (2, "A compass on the wall that is renewed each season."),
    (3, "Each newcomer gets a person who has stayed well in this work."),
)


@transaction.atomic
def keep_it_alive(programme: Programme, *, leader: Person, by: Person) -> None:
    """Fill in what surrounds the sessions of a group, once; done again it adds nothing."""
    if programme.hangings.exists():
        return
    began, today = programme.started_on, queries.today_at(programme)
    _hang(programme, leader=leader, by=by)
    with on_day(began + timedelta(days=20), programme.group.site.time_zone):
        for state, marked in (("done", DONE), ("not_now", LEFT_OUT)):
            for section, components in marked.items():
                for key in components:
                    plans.mark_component(programme, section=section, component=key, state=state, by=by)
        for section, text in IDEAS:
            plans.note_idea(programme, section=section, text=text, by=by)
    team = list(queries.facilitators_of(programme.group))
    for turn, (section, key, how, days) in enumerate(AHEAD):
        plan = HowAndWho(how, team[turn % len(team)].name, today + timedelta(days=days))
        plans.plan_component(programme, section=section, component=key, state="planned", plan=plan, by=by)
    plans.want_help(programme, section=5, component="C6", wanted=True, by=by)
    _keep(programme, by=by)
    _look_again(programme, by=by)


def _hang(programme: Programme, *, leader: Person, by: Person) -> None:
    day = programme.started_on + timedelta(days=2)
    plans.hang_up(programme, section=1, place="Staff kitchen, beside the calendar", who=by.name, hung_on=day, by=by)
    later, office = day + timedelta(days=5), _("The leader’s own office")
    for place, who, own in (("Corridor to the gym", by, False), (office, leader, True)):
        plans.hang_up(programme, section=2, place=place, who=who.name, hung_on=later, own_office=own, by=who)


def _keep(programme: Programme, *, by: Person) -> None:
    first = queries.ideas_of(programme).order_by("section", "pk").first()
    assert first is not None
    plans.note_practice(
        programme, text=first.text, since=programme.started_on + timedelta(days=21),
        written_where="Agenda of the Monday meeting", section=1, idea=first, by=by,
    )  # fmt: skip
    plans.note_practice(
        programme, text="After a hard talk with a parent, ten minutes are free. The office covers.",
        since=programme.started_on + timedelta(days=28), section=2, by=by,
    )  # fmt: skip


def _look_again(programme: Programme, *, by: Person) -> None:
    """Let a team that has gone on for long have looked once, and both look again before long."""
    today, zone = queries.today_at(programme), programme.group.site.time_zone
    then = today - timedelta(days=88)
    if then > programme.started_on:
        with on_day(then, zone):
            [one] = plan_check_ins(programme, planned_on=then, by=by)
            look_again(
                one, found="partly", alive="The Monday question: each time, without anybody asking.",
                quiet="The compass on the wall. A new one for the season would wake it up.", by=by,
            )  # fmt: skip
    plan_check_ins(programme, planned_on=today + timedelta(days=5), by=by)
