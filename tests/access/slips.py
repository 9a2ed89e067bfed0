"""Who may ask for slips and print them: only those who run the meeting; a slip itself is for whoever holds it."""

from tests.access.outcomes import GATHERING, PLANNERS, SAVED, Page, of, only

ROWS: dict[str, Page] = {
    # Answers with the sheets, once.
    "gatherings.slips": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS),
        about=GATHERING,
        send=of(count=lambda _: "3", paper=lambda _: "a4"),
    ),
    "gatherings.slip_removal": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING),
}
