"""Who may ask for the pages of getting ready, of the launch kit and of the calendar."""

from holdfast.programmes.rules import QUESTIONS
from tests.access.outcomes import GATHERING, LEADERS, PLANNERS, PROGRAMME, READERS, SAVED, Page, next_month, of, only
from tests.access.world import World

MEMBERS = ("pat",)
GAP = of(gap_id=lambda w: w.start.gap.pk)
AGREEMENT = of(agreement_id=lambda w: w.start.agreement.pk)
CLOSED = of(no_go_id=lambda w: w.start.no_go.pk)
SITTING = of(sitting_id=lambda w: w.start.sitting.pk)
SHEET = of(programme_id=lambda w: w.programme.pk, kind=lambda _: "union")


def a_gap(_world: World) -> dict[str, object]:
    """Return what a gap says."""
    step = "One round without answers."
    return {"kind": "skill", "text": "Advice comes too soon.", "coaching_step": step, "look_again_on": next_month()}


def a_sitting(_world: World) -> dict[str, object]:
    """Return a sitting on a free day."""
    return {"label": "Online", "day": next_month(), "starts": "17:00", "ends": "18:00"}


ROWS: dict[str, Page] = {
    # --- getting ready: facilitators, leaders and coordinators of the group, together ---
    "programmes.start": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.marks": Page(
        post=only(*READERS, status=SAVED), about=PROGRAMME, send=of(step=lambda _: "kit", kind=lambda _: "done")
    ),
    "programmes.values": Page(
        get=only(*READERS),
        post=only(*READERS, status=SAVED),
        about=PROGRAMME,
        send=of(ours=lambda _: "We tell the truth."),
    ),
    "programmes.new_gap": Page(get=only(*READERS), post=only(*READERS, status=SAVED), about=PROGRAMME, send=a_gap),
    "programmes.gap": Page(get=only(*READERS), post=only(*READERS, status=SAVED), about=GAP, send=a_gap),
    "programmes.gap_removal": Page(post=only(*READERS, status=SAVED), about=GAP),
    "programmes.readiness": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.new_readiness": Page(
        get=only(*READERS),
        post=only(*READERS, status=SAVED),
        about=PROGRAMME,
        send=lambda _: {key: "so" for keys in QUESTIONS.values() for key in keys},
    ),
    "programmes.leaders": Page(get=only(*READERS), about=PROGRAMME),
    # Planners choose for every leader; Amara is asked about herself here.
    "programmes.leader": Page(
        get=only(*READERS),
        post=only(*READERS, status=SAVED),
        about=of(programme_id=lambda w: w.programme.pk, person_id=lambda w: w.ours.amara.pk),
        send=of(whole=lambda _: "supporting"),
    ),
    "programmes.team": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.successor": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=PROGRAMME,
        send=of(how_we_work=lambda _: "Bo opens."),
    ),
    # --- the circle's sentences are written by those who hold the circle, and read by leaders as well ---
    "programmes.circle": Page(
        get=only(*READERS),
        post=only(*PLANNERS, status=SAVED),
        about=PROGRAMME,
        send=of(text=lambda _: "We may pass."),
    ),
    "programmes.circle_agreement": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=AGREEMENT,
        send=of(text=lambda _: "We may pass."),
    ),
    "programmes.circle_removal": Page(post=only(*PLANNERS, status=SAVED), about=AGREEMENT),
    # --- a leader's word is the leader's alone to give and to take back ---
    "programmes.pledge": Page(get=only(*READERS), post=only(*LEADERS, status=SAVED), about=PROGRAMME),
    "programmes.pledge_return": Page(post=only(*LEADERS, status=SAVED), about=PROGRAMME),
    # --- others see a rounded number; whether one takes part is asked of members alone ---
    "programmes.commitment": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.taking_part": Page(
        get=only(*MEMBERS),
        post=only(*MEMBERS, status=SAVED),
        about=PROGRAMME,
        send=of(answer=lambda _: "yes"),
    ),
    "programmes.launch_kit": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.sheet": Page(get=only(*READERS), about=SHEET),
    "programmes.sheet_on_paper": Page(get=only(*READERS), about=SHEET),
    # --- the calendar: those who plan; closed days belong to the site, so whoever plans a group there ---
    "programmes.calendar": Page(
        get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=PROGRAMME, send=of(accept=lambda _: "1")
    ),
    "programmes.clock": Page(post=only(*PLANNERS, status=SAVED), about=PROGRAMME, send=of(keep=lambda _: "clock")),
    "programmes.no_go": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=of(site_id=lambda w: w.ours.site.pk),
        send=of(label=lambda _: "Exams", first_day=lambda _: next_month(), last_day=lambda _: next_month()),
    ),
    "programmes.closed_time": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=CLOSED,
        send=of(label=lambda _: "Exams", first_day=lambda _: next_month(), last_day=lambda _: next_month()),
    ),
    "programmes.closed_time_removal": Page(post=only(*PLANNERS, status=SAVED), about=CLOSED),
    "programmes.sittings": Page(
        get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=GATHERING, send=a_sitting
    ),
    "programmes.sitting": Page(get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=SITTING, send=a_sitting),
    "programmes.sitting_removal": Page(post=only(*PLANNERS, status=SAVED), about=SITTING),
}
