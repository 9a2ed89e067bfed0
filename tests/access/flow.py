"""Who may let a session go otherwise than planned: only those who run the meeting."""

from tests.access.outcomes import GATHERING, PLANNERS, ROOM, ROUND, SAVED, Page, of, only

ROWS: dict[str, Page] = {
    # A press that does not fit the moment goes back to the desk with its reason, so that all of these redirect.
    "gatherings.extension": Page(
        post=only(*PLANNERS, status=SAVED), about=ROUND, send=of(minutes=lambda _: "5", seen=lambda _: "10")
    ),
    "gatherings.aside": Page(
        post=only(*PLANNERS, status=SAVED),
        about=of(gathering_id=lambda w: w.gathering.pk, item_id=lambda w: w.item.pk),
        send=of(text=lambda _: "Leave more time for the second question.", seen=lambda _: "0"),
    ),
    # Notes are being written: the desk says that no hands are raised now.
    "gatherings.calling": Page(
        post=only(*PLANNERS, status=SAVED), about=ROUND, send=of(did=lambda _: "next", seen=lambda _: "0")
    ),
    "gatherings.leaving": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.skipping": Page(post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk)),
    "gatherings.taking_up": Page(post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk)),
    **{
        f"gatherings.{press}": Page(post=only(*PLANNERS, status=SAVED), about=ROOM)
        for press in ("pause", "pause_ending", "stopping")
    },
    "gatherings.parking": Page(
        post=only(*PLANNERS, status=SAVED), about=GATHERING, send=of(text=lambda _: "Who opens the door early?")
    ),
    "gatherings.parked": Page(
        post=only(*PLANNERS, status=SAVED),
        about=of(gathering_id=lambda w: w.gathering.pk, parked_id=lambda w: w.parked.pk),
        send=of(did=lambda _: "dealt"),
    ),
    # Notes are still being written: the desk says that nothing of them can be kept yet.
    "gatherings.parked_of_round": Page(post=only(*PLANNERS, status=SAVED), about=ROUND, send=of(note=lambda _: "1")),
    # Without an item the desk says that there is nothing to look at.
    "gatherings.preview": Page(get=only(*PLANNERS, status=SAVED), about=ROOM),
    "gatherings.order": Page(
        post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(item=lambda w: w.item.pk, before=lambda w: w.item.pk)
    ),
    "gatherings.looking_back": Page(
        post=only(*PLANNERS, status=SAVED), about=ROOM, send=of(round=lambda w: w.round.pk)
    ),
}
