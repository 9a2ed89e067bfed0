"""Who may let a session go otherwise than planned: only those who run the meeting."""

from tests.access.outcomes import PLANNERS, ROOM, ROUND, SAVED, Page, of, only

ROWS: dict[str, Page] = {
    # A press that does not fit the moment goes back to the desk with its reason, so that all of these redirect.
    "gatherings.extension": Page(
        post=only(*PLANNERS, status=SAVED), about=ROUND, send=of(minutes=lambda _: "5", seen=lambda _: "10")
    ),
    "gatherings.leaving": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.skipping": Page(post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk)),
    "gatherings.taking_up": Page(post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk)),
    **{
        f"gatherings.{press}": Page(post=only(*PLANNERS, status=SAVED), about=ROOM)
        for press in ("pause", "pause_ending", "stopping")
    },
    "gatherings.order": Page(
        post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk, before=lambda w: w.item.pk)
    ),
    "gatherings.looking_back": Page(
        post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(round=lambda w: w.round.pk)
    ),
}
