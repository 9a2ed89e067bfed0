"""What accompanies the made-up leaders: a word to the group, own ticks, and what to say more clearly later."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.actions import companion, leadership
from holdfast.programmes.actions import touch_bases as talks
from holdfast.programmes.models import Programme
from holdfast.programmes.queries.companion import own_word
from holdfast.programmes.queries.touch_bases import days_to_propose
from holdfast.programmes.rules.companion import Lighter
from holdfast.programmes.rules.touch_bases import Agreement
from holdfast.surveys.actions import share

WORD = {
    "interest": "You carry much more than your tasks say. I want this team to stay, and to stay well.",
    "learned": "I noticed that I answer before you have finished. It makes people shorter, not faster.",
    "engaged": "I sit in the circle like everybody. In section 4 I stay outside and answer within four weeks.",
}

NOTES = "The group wants to know first what happens to what it hands over. Begin and end on time."
AGREED = ("Clear the bus duty on the day of the session", "the leader")
USUAL = timedelta(days=14)
RELIEF = (
    ("zealot", "Each new colleague hears in the first week what can wait for the second year.", "the leader", 20),
    ("irritability", "One small, annoying thing is mended each month, and we say that it is.", "Facilities", 30),
    ("withdrawal", "The most tangled families get two people from the start.", "the leader", 45),
    ("numb", "A slow way back after an absence, week by week, with cover.", "the district’s office", 60),
)
STEPS = {
    "notice": (
        "The training on trauma two years ago",
        "In the handover we say what we noticed, not what we think.",
    ),
    "listen": ("Restorative circles", "“Do you want me to listen or to help?” could be asked by everybody."),
}
SHARED = (
    ("self-kindness", "group", "I speak to myself in a tone I would not allow towards you. I try to stop halfway."),
    ("looking-back", "facilitators", "In my fourth year nobody asked. One boss took two tasks off me; I still know."),
)


@transaction.atomic
def accompany(programme: Programme, *, leader: Person, by: Person) -> None:
    """Fill in what a leader has done beside the sessions, once; done again it adds nothing."""
    if own_word(programme, leader) is not None:
        return
    zone = programme.group.site.time_zone
    with on_day(programme.started_on + timedelta(days=3), zone):
        companion.say_to_group(programme, **WORD, by=leader)
    for asked in ("D4.1-hands", "D4.2-calendar"):
        companion.mark_asked(programme, section=4, asked=asked, kind="ready", by=leader)
    companion.mark_asked(programme, section=4, asked="DV", kind="not_now", by=leader)
    with on_day(timezone.localdate() - timedelta(days=20), zone):
        later = plans.note_for_later(programme, text="Who decides about cover, and when people hear of it.", by=leader)
        plans.note_for_later(programme, text="That help outside the house is paid working time.", by=leader)
        plans.change_later(
            later, text=later.text, handed_to="", said_on=timezone.localdate() + timedelta(days=2),
            how="In the Monday huddle, with the list in hand", by=leader,
        )  # fmt: skip
    _talk(programme, leader=leader, by=by)
    _prepare(programme, leader=leader, by=by)


def _talk(programme: Programme, *, leader: Person, by: Person) -> None:
    """Let facilitator and leader have talked once before, missed one, and have a day for the next."""
    zone = programme.group.site.time_zone
    held = list(programme.gatherings.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "pk")[:2])
    for session, talked in zip(reversed(held), (True, False), strict=False):
        day = session.starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=7)
        with on_day(day, zone):
            [made] = talks.plan_touch_bases(programme, leader=leader, days={session.pk: day}, by=by)
            if talked:
                talks.keep_touch_base(made, notes=NOTES, agreed=[Agreement(*AGREED, day + USUAL)], by=by)
    ahead = {one.gathering.pk: one.day for one in days_to_propose(programme, leader)}
    if ahead:
        talks.plan_touch_bases(programme, leader=leader, days=ahead, by=by)


def _prepare(programme: Programme, *, leader: Person, by: Person) -> None:
    """Let them have planned relief, mapped two of the steps, and shared one thing each way."""
    zone, today = programme.group.site.time_zone, timezone.localdate()
    places = {place: Lighter(text, who, today + timedelta(days=days)) for place, text, who, days in RELIEF}
    with on_day(today - timedelta(days=12), zone):
        leadership.plan_relief(programme, places=places, again=False, by=leader)
        leadership.map_steps(programme, steps=STEPS, by=by)
        for kind, audience, text in SHARED:
            share(programme, kind=kind, section=0, text=text, audience=audience, by=leader)
