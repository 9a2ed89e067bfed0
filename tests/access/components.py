"""Who may ask for what surrounds the sessions."""

from tests.access.giving import GIVEN, SECTION
from tests.access.outcomes import ALL_COORDINATORS, PROGRAMME, READERS, SAVED, Page, of, only

COMPONENT = of(programme_id=lambda w: w.programme.pk, number=lambda _: 4, key=lambda _: "C4")
IDEA = of(idea_id=lambda w: w.programme.ideas.get().pk)
PRACTICE = of(practice_id=lambda w: w.programme.practices.get().pk)
A_PRACTICE = of(text=lambda _: "We begin on time.", since=lambda _: "2026-02-02")
ROWS: dict[str, Page] = {
    # Whoever reads the plans of a group keeps what surrounds its sessions: facilitators, leaders, coordinators.
    "programmes.components": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.section_components": Page(get=only(*READERS), about=SECTION),
    "programmes.component": Page(
        get=only(*READERS), post=only(*READERS, status=SAVED), about=COMPONENT, send=of(state=lambda _: "planned")
    ),
    "programmes.component_marks": Page(
        post=only(*READERS, status=SAVED), about=COMPONENT, send=of(state=lambda _: "done")
    ),
    "programmes.questions_on_paper": Page(get=only(*READERS), about=SECTION),
    "programmes.help_wanted": Page(post=only(*READERS, status=SAVED), about=PROGRAMME, send=of(wanted=lambda _: "on")),
    "programmes.ideas": Page(
        get=only(*READERS), post=only(*READERS, status=SAVED), about=PROGRAMME, send=of(text=lambda _: "Walk.")
    ),
    "programmes.idea": Page(
        get=only(*READERS), post=only(*READERS, status=SAVED), about=IDEA, send=of(text=lambda _: "Walk.")
    ),
    "programmes.idea_removal": Page(post=only(*READERS, status=SAVED), about=IDEA),
    "programmes.practices": Page(
        get=only(*READERS), post=only(*READERS, status=SAVED), about=PROGRAMME, send=A_PRACTICE
    ),
    "programmes.practice": Page(get=only(*READERS), post=only(*READERS, status=SAVED), about=PRACTICE, send=A_PRACTICE),
    "programmes.practice_removal": Page(post=only(*READERS, status=SAVED), about=PRACTICE),
    # The path is everybody's; what stands beside it depends on the role.
    "homes.pathway": Page(get=only(*GIVEN), about=PROGRAMME),
    # Sites in numbers, for those who coordinate or coach one; each sees their own.
    "homes.site_components": Page(get=only(*ALL_COORDINATORS, "cole", "kit")),
}
