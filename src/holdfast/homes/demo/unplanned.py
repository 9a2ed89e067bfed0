"""Sessions that did not go as planned: one with paper, a held note and late words, and one that waits for a sitting."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from holdfast.gatherings.models import Round
from holdfast.gatherings.rehearsal.otherwise import Otherwise, hold_otherwise, write_for_another_sitting
from holdfast.homes.demo.calendar import on_day, thursday_before
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Programme

STRENGTH, BOUNDARIES = 10, 6
BEGINS, LENGTH = time(15, 30), timedelta(minutes=75)
LATER = "After the night"
HELP = Otherwise(
    notes=(
        ("makes-it-hard", "Whoever rings in sick leaves the others with the phones."),
        ("makes-it-hard", "I would have to ask the person who judges my work."),
        ("makes-it-hard", "No toilet between eight and noon."),
        ("makes-it-hard", "The new one in the cafeteria rolls her eyes when somebody asks."),
        ("makes-it-easy", "Somebody who says: good that you came."),
        ("makes-it-easy", "A word for it, such as: I am on yellow."),
        ("makes-it-easy", "Ten minutes together after something bad."),
        ("makes-it-easy", "Being relieved at the desk for three minutes, without a reason."),
    ),
    cards=(
        ("makes-it-hard", "I clean up alone when everybody has gone."),
        ("makes-it-easy", "A chair behind the gym, in the sun."),
    ),
    held=(("The new one in the cafeteria rolls her eyes when somebody asks.", "names"),),
    late=("What about those who only come two days a week?", "I would like the three minutes too."),
    longer=5,
)
NIGHT = (
    ("more", "We ask before we help."),
    ("more", "Nobody eats alone at three in the morning."),
    ("more", "We say who has the second phone."),
    ("more", "Whoever is new gets the good torch."),
    ("more", "We knock, also when it is urgent."),
    ("more", "We say goodnight to those who stay."),
)


def go_otherwise(programme: Programme, *, by: Person) -> None:
    """Hold a session otherwise than planned, once: its record and what it left can be looked at."""
    if programme.gatherings.filter(section=STRENGTH).exists():
        return
    zone = programme.group.site.time_zone
    day = thursday_before(timezone.localdate() - timedelta(days=9))
    with on_day(day, zone):
        starts_at = datetime.combine(day, BEGINS, ZoneInfo(zone))
        session = plans.add_gathering(
            programme,
            section=STRENGTH,
            starts_at=starts_at,
            ends_at=starts_at + LENGTH,
            place="Teachers’ lounge",
            by=by,
        )
        hold_otherwise(session, HELP, by=by, seed=10)


def wait_for_a_sitting(programme: Programme, *, by: Person) -> None:
    """Let half a team have written yesterday, and its notes wait for the other half tomorrow.

    Done again it only moves a sitting that is over to tomorrow, as long as the notes wait.
    """
    now = timezone.now().replace(second=0, microsecond=0)
    ahead, zone = now + timedelta(hours=29) - timedelta(minutes=now.minute % 5), programme.group.site.time_zone
    then: dict[str, Any] = {
        "label": LATER,
        "starts_at": ahead,
        "ends_at": ahead + LENGTH,
        "place": "Staff room, ward 3",
        "by": by,
    }
    known = programme.gatherings.filter(section=BOUNDARIES).order_by("-starts_at", "pk").first()
    if known is not None:
        over = known.further_sittings.filter(ends_at__lte=now).first()
        if over and Round.objects.filter(room__gathering=known, phase=Round.Phase.KEPT).exists():
            plans.change_sitting(over, **then)
        return
    yesterday = timezone.localdate() - timedelta(days=1)
    with on_day(yesterday, zone):
        starts_at = timezone.now()
        session = plans.add_gathering(
            programme, section=BOUNDARIES, starts_at=starts_at, ends_at=starts_at + LENGTH, place="Day room", by=by
        )
        plans.add_sitting(session, **then)
        write_for_another_sitting(session, NIGHT, by=by, seed=6)
