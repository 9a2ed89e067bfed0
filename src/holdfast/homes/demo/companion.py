"""What accompanies the made-up leaders: a word to the group, own ticks, and what to say more clearly later."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from holdfast.homes.demo.calendar import on_day
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.actions import companion
from holdfast.programmes.models import Programme
from holdfast.programmes.queries.companion import own_word

WORD = {
    "interest": "You carry much more than your tasks say. I want this team to stay, and to stay well.",
    "learned": "I noticed that I answer before you have finished. It makes people shorter, not faster.",
    "engaged": "I sit in the circle like everybody. In section 4 I stay outside and answer within four weeks.",
}


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
