"""Who may ask for what accompanies a leader."""

from tests.access.outcomes import LEADERS, PROGRAMME, SAVED, Page, of, only

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
    "programmes.word": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(interest=lambda _: "You.", engaged=lambda _: "I come."),
    ),
    "programmes.word_removal": Page(post=only(*LEADERS, status=SAVED), about=PROGRAMME),
}
