"""A night team in the middle of its agreements: dots are given, three of them go forward, and a second look is next."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from holdfast.gatherings.rehearsal.held import Heard, hold_until_weighed
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Mode, Programme
from holdfast.refusals import Refused

SECTION = 7
LENGTH = timedelta(minutes=75)
PLACE = "Staff room, ward 3"
VOTERS, FORWARD = 9, 3
WE = (
    Heard(
        "we-do", "We let each other finish, at the handover too.", "ours",
        ("We let each other finish.", "Nobody is interrupted at the handover."), part=9,
    ),
    Heard("we-do", "We say it to the person, and to nobody else first.", "ours", part=8),
    Heard("we-do", "Whoever calls for help gets it at once; questions come later.", "ours", part=6),
    Heard("we-do", "We greet agency staff by name on their first night.", "ours", part=4),
    Heard("we-do", "At three in the morning we take turns to sit down for ten minutes.", "ours", part=3),
    Heard("we-do", "We thank the day shift for what it left ready.", "ours", part=2),
)  # fmt: skip


def weigh_first(programme: Programme, *, by: Person) -> None:
    """Let the team be in its session on agreements, once: the dots are given, and a second look is what comes next.

    Done again it only moves a session that is over to now.
    """
    now = timezone.now().replace(second=0, microsecond=0)
    now -= timedelta(minutes=now.minute % 5)
    end = now + LENGTH
    known = programme.gatherings.filter(section=SECTION).order_by("-starts_at", "pk").first()
    if known is not None:
        if known.ends_at <= now:
            with suppress(Refused):  # somebody planned another session for now: theirs is the one to look at
                plans.move_gathering(known, starts_at=now, ends_at=end, place=PLACE, by=by)
        return
    session = plans.add_gathering(programme, section=SECTION, starts_at=now, ends_at=end, place=PLACE, by=by)
    first = session.plan.filter(kind="prioritise").order_by("position", "pk").first()
    assert first is not None
    again = plans.add_activity(
        session,
        title="A second look",
        prompt="Which of the three we take forward matters most?",
        minutes=6,
        kind="prioritise",
        mode=Mode.UNNAMED,
        by=by,
    )
    plans.move_activity(again, places=first.position + 1 - again.position, by=by)
    hold_until_weighed(session, WE, people=VOTERS, forward=FORWARD, by=by, seed=7)
