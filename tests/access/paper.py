"""Who may print cards and ballots and type them in: only those who run the meeting."""

from tests.access.outcomes import GATHERING, PLANNERS, ROUND, SAVED, Page, of, only

SHEET = {
    "id": lambda _: "12345", "secret": lambda _: "a" * 32, "tag": lambda _: "b" * 32, "column": lambda _: "drains",
    "text": lambda _: "no cover",
}  # fmt: skip
ROWS: dict[str, Page] = {
    "gatherings.papers": Page(get=only(*PLANNERS), about=GATHERING),
    "gatherings.paper_cards": Page(get=only(*PLANNERS), about=lambda w: {**GATHERING(w), "item_id": w.item.pk}),
    # The room of the matrix is not being written in: the refusal is for those who may type.
    "gatherings.paper": Page(get=only(*PLANNERS), post=only(*PLANNERS, status=409), about=ROUND, send=of(**SHEET)),
    "gatherings.paper_sheets": Page(get=only(*PLANNERS), about=ROUND),
    "gatherings.paper_people": Page(post=only(*PLANNERS, status=SAVED), about=ROUND, send=of(people=lambda _: "2")),
    "gatherings.paper_removal": Page(post=only(*PLANNERS, status=409), about=ROUND, send=of(**SHEET)),
}
