"""How the made-up groups got ready: one did most of it, one long ago and again since, one has hardly begun."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person, Role, Site
from holdfast.people.queries import people_who
from holdfast.programmes import actions as plans
from holdfast.programmes import queries
from holdfast.programmes.models import LeaderPart, Programme

CIRCLE = (
    "What is said here stays here; what we learned may leave.",
    "Everybody may pass, and needs no reason.",
    "Phones lie face-down unless we write on them together.",
)
EARLY = {
    "wanted": "so", "fits": "partly", "worth": "not_yet", "time": "not_yet", "trust": "partly", "leaders": "unsure",
    "facilitate": "partly", "room": "so", "follow": "not_yet",
}  # fmt: skip
LATER = {**EARLY, "worth": "partly", "time": "partly", "trust": "so", "facilitate": "so", "follow": "so"}
EARLY_NOTES = {
    "motivation": "The winter survey made people tired of being asked. Show one thing that changed.",
    "general": "Cover on Thursdays, or the bus duty moved.",
}
LATER_NOTES = {"general": "A third person who can cover the front desk."}
CLOSED = (("Winter break", (12, 21), (1, 2)), ("Spring break", (3, 22), (3, 26)))


@transaction.atomic
def get_ready(programme: Programme, *, leader: Person, by: Person, again: bool = False) -> None:
    """Fill in how a group got ready, once; done again it adds nothing. again: it has looked at readiness since."""
    if queries.values_of(programme) is not None:
        return
    zone, began = programme.group.site.time_zone, programme.started_on
    close_days(programme.group.site, by=by)
    with on_day(began, zone):
        _values(programme, by=leader)
        plans.look_at_readiness(programme, answers=EARLY, notes=EARLY_NOTES, by=by)
        plans.choose_parts(
            programme, leader=leader, whole=LeaderPart.TAKING_PART, sections={4: LeaderPart.SUPPORTING}, by=leader
        )
        plans.give_pledge(programme, by=leader)
        for sentence in CIRCLE:
            plans.add_circle_agreement(programme, text=sentence, by=by)
        plans.mark_step(programme, step="kit", kind="done", by=by)
    with on_day(began + timedelta(days=14), zone):
        plans.write_hand_over(programme, **_hand_over(), by=by)
    if again:
        with on_day(timezone.localdate() - timedelta(days=30), zone):
            plans.look_at_readiness(programme, answers=LATER, notes=LATER_NOTES, by=by)
    _say_who_comes(programme)


def close_days(site: Site, *, by: Person) -> None:
    """Close the breaks of a school year, this one and the next, once."""
    if queries.no_go_of(site).exists():
        return
    this_year = timezone.localdate().year
    for year in (this_year, this_year + 1):
        for label, (month, day), (last_month, last_day) in CLOSED:
            first = date(year, month, day)
            last = date(year + (last_month < month), last_month, last_day)
            plans.add_no_go(site, label=label, first_day=first, last_day=last, by=by)


def _values(programme: Programme, *, by: Person) -> None:
    plans.write_values(
        programme,
        ours="Every child is somebody’s whole world. We tell each other the truth, kindly.",
        meet="Both say that care is work and needs strength. It rubs where we praise those who never say no.",
        missing_voices="The night cleaners and the bus drivers. Aides who are here two days a week. Spanish speakers.",
        by=by,
    )
    look_again = queries.today_at(programme) + timedelta(weeks=8)
    plans.note_gap(
        programme,
        kind="inclusion",
        text="Half-time aides are never in the staff meeting where things are decided.",
        coaching_step="Hold every second meeting on a day on which they work, and ask them first.",
        look_again_on=look_again,
        by=by,
    )
    plans.note_gap(
        programme,
        kind="skill",
        text="We give advice before anybody has finished speaking.",
        coaching_step="In each team meeting one round in which nobody answers.",
        look_again_on=look_again + timedelta(weeks=4),
        by=by,
    )


def _hand_over() -> Mapping[str, str]:
    return {
        "how_we_work": "One opens and closes, the other watches time and desk. This group likes to begin early.",
        "promised": "Never over time. The leader gets the handed-over wordings the same evening.",
        "open_things": "Cover for the session in the week of report cards is not arranged yet.",
        "where_things_are": "The box with the talking piece and cards: cupboard behind the library desk.",
    }  # fmt: skip


def _say_who_comes(programme: Programme) -> None:
    for member in people_who(Role.Kind.PARTICIPANT, programme.group):
        plans.answer_commitment(programme, answer="yes", by=member)
