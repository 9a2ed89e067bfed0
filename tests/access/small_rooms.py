"""Who may do in a room what few people need: only those who run the meeting."""

from tests.access.outcomes import PLANNERS, ROUND, SAVED, Page, only

ROWS: dict[str, Page] = {
    "gatherings.scribe_instead": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.together": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.waiting": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.reading_after_all": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
    "gatherings.together_ending": Page(post=only(*PLANNERS, status=SAVED), about=ROUND),
}
