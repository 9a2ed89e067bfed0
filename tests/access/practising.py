"""Who may practise a session and wipe it: only those who run the meeting."""

from tests.access.outcomes import GATHERING, PLANNERS, ROOM, SAVED, Page, of, only

ROWS: dict[str, Page] = {
    # A real room was opened for this session: the desk says so, and wipes nothing.
    "gatherings.practice": Page(
        post=only(*PLANNERS, status=SAVED), about=GATHERING, send=of(phones=lambda _: "6", temper=lambda _: "lively")
    ),
    "gatherings.wiping": Page(post=only(*PLANNERS, status=SAVED), about=ROOM),
}
