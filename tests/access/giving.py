"""Who may ask for what a section gives to read and to hang up."""

from tests.access.outcomes import PROGRAMME, READERS, SAVED, Page, of, only

GIVEN = ("pat", *READERS)
"""Whoever takes part in our group, facilitates, leads or coordinates it."""

SECTION = of(programme_id=lambda w: w.programme.pk, number=lambda _: 4)
ROWS: dict[str, Page] = {
    "programmes.share": Page(get=only(*GIVEN), about=SECTION),
    "programmes.share_on_paper": Page(get=only(*GIVEN), about=SECTION),
    "programmes.visual": Page(
        get=only(*GIVEN),
        post=only(*READERS, status=SAVED),
        about=SECTION,
        send=of(place=lambda _: "Break room", who=lambda _: "Bo", hung_on=lambda _: "2026-02-02"),
    ),
    "programmes.visual_on_paper": Page(get=only(*GIVEN), about=SECTION),
    "programmes.picture": Page(get=only(*GIVEN), about=SECTION),
    "programmes.hanging_removal": Page(
        post=only(*READERS, status=SAVED), about=of(hanging_id=lambda w: w.programme.hangings.get().pk)
    ),
    "programmes.circle_on_paper": Page(get=only(*GIVEN), about=PROGRAMME),
}
