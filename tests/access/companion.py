"""Who may ask for what accompanies a leader."""

from datetime import date

from holdfast.programmes.models import Agreed, TouchBase
from tests.access.outcomes import LEADERS, PLANNERS, PROGRAMME, READERS, SAVED, Page, next_month, of, only
from tests.access.world import World

MEETING = ("bo", "amara")
"""Who talks: those who facilitate the group, and the leader they meet. Whoever coordinates sees none of it."""

MEMBERS = ("bo", "amara", "pat")
"""Who belongs to the group: those who facilitate it, lead it, or take part."""


def a_touch_base(world: World) -> TouchBase:
    """Return the one touch-base of our group, with one thing that was agreed."""
    told = {"programme": world.programme, "leader": world.ours.amara}
    touch_base, _new = TouchBase.objects.get_or_create(**told, defaults={"planned_on": date(2026, 1, 5)})
    Agreed.objects.get_or_create(
        touch_base=touch_base, defaults={"text": "Cover", "who": "Amara", "due_on": date(2026, 2, 2)}
    )
    return touch_base


ALONE = of(programme_id=lambda w: w.programme.pk, kind=lambda _: "boundaries")
WOULD_SHARE = of(programme_id=lambda w: w.programme.pk, section=lambda _: 4)
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
        # Whether a day is left before its session, which is within the hour, depends on the hour: it is sent empty,
        # and those who may plan are told to write one.
        post=only(*MEETING, status=422),
        about=PROGRAMME,
        send=lambda w: {f"g{w.gathering.pk}": ""},
    ),
    "homes.touch_base": Page(
        get=only(*MEETING), post=only(*MEETING, status=SAVED), about=TALK, send=of(notes=lambda _: "Begin on time.")
    ),
    "homes.touch_base_on_paper": Page(get=only(*MEETING), about=TALK),
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
    # --- looked at alone: some of it by everybody of the group; what was shared is read by those it was shared with ---
    "surveys.reflection": Page(
        get=only(*MEMBERS),
        post=only(*MEMBERS, status=SAVED),
        about=ALONE,
        send=of(text=lambda _: "One insight.", audience=lambda _: "group"),
    ),
    "surveys.removal": Page(post=only(*MEMBERS, status=SAVED), about=ALONE),
    "surveys.sharing": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=WOULD_SHARE,
        send=of(text=lambda _: "One insight.", audience=lambda _: "group"),
    ),
    "surveys.sharing_removal": Page(post=only(*LEADERS, status=SAVED), about=WOULD_SHARE),
    "surveys.shared": Page(get=only("bo", "amara", "pat"), about=PROGRAMME),
    # --- what leadership and the facilitation team prepare ---
    "homes.relief": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(text0=lambda _: "Say what is good enough.", who0=lambda _: "Amara"),
    ),
    "programmes.steps": Page(
        get=only(*READERS), post=only(*PLANNERS, status=SAVED), about=PROGRAMME, send=of(known0=lambda _: "A training")
    ),
    "programmes.supervision_card": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.supervision_card_on_paper": Page(get=only(*READERS), about=PROGRAMME),
}
