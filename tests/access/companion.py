"""Who may ask for what accompanies a leader."""

from datetime import date

from holdfast.programmes.models import Agreed, TouchBase
from tests.access.outcomes import LEADERS, PROGRAMME, SAVED, Page, next_month, of, only
from tests.access.world import World

MEETING = ("bo", "amara")
"""Who talks: those who facilitate the group, and the leader they meet. Whoever coordinates sees none of it."""


def a_touch_base(world: World) -> TouchBase:
    """Return the one touch-base of our group, with one thing that was agreed."""
    told = {"programme": world.programme, "leader": world.ours.amara}
    touch_base, _new = TouchBase.objects.get_or_create(**told, defaults={"planned_on": date(2026, 1, 5)})
    Agreed.objects.get_or_create(
        touch_base=touch_base, defaults={"text": "Cover", "who": "Amara", "due_on": date(2026, 2, 2)}
    )
    return touch_base


TALK = of(touch_base_id=lambda w: a_touch_base(w).pk)
SECTION = of(programme_id=lambda w: w.programme.pk, number=lambda _: 4)
ROWS: dict[str, Page] = {
    # A briefing and its ticks are its leader's own; whoever facilitates reads what a section asks beside the plan.
    "programmes.briefing": Page(get=only(*LEADERS), about=SECTION),
    "programmes.briefing_marks": Page(
        post=only(*LEADERS, status=SAVED),
        about=SECTION,
        send=of(asked=lambda _: "D4.2", kind=lambda _: "ready"),
    ),
    "programmes.briefing_on_paper": Page(get=only(*LEADERS), about=SECTION),
    "programmes.later": Page(get=only("amara", "gil", status=SAVED)),
    "programmes.word": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(interest=lambda _: "You.", engaged=lambda _: "I come."),
    ),
    "programmes.word_removal": Page(post=only(*LEADERS, status=SAVED), about=PROGRAMME),
    # --- touch-bases ---
    "programmes.touch_bases": Page(
        get=only(*MEETING),
        post=only(*MEETING, status=SAVED),
        about=PROGRAMME,
        send=lambda w: {f"g{w.gathering.pk}": next_month()},
    ),
    "homes.touch_base": Page(
        get=only(*MEETING), post=only(*MEETING, status=SAVED), about=TALK, send=of(notes=lambda _: "Begin on time.")
    ),
    "programmes.touch_base_day": Page(
        get=only(*MEETING),
        post=only(*MEETING, status=SAVED),
        about=TALK,
        send=lambda _: {"planned_on": next_month()},
    ),
    "programmes.touch_base_catch_up": Page(post=only(*MEETING, status=SAVED), about=TALK),
    "programmes.touch_base_omission": Page(post=only(*MEETING, status=SAVED), about=TALK, send=of(on=lambda _: "1")),
    "programmes.agreed_settlement": Page(
        post=only(*MEETING, status=SAVED),
        about=of(agreed_id=lambda w: a_touch_base(w).agreed.get().pk),
        send=of(done=lambda _: "1"),
    ),
}
