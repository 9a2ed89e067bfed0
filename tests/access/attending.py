"""Who may ask for the pages of coming, of what keeps people from it, and of who was there."""

from holdfast.programmes.queries import barrier_token
from tests.access.outcomes import GATHERING, LEADERS, PLANNERS, PROGRAMME, READERS, SAVED, Page, everyone, of, only

MEMBERS = ("pat",)
THE_GROUP = ("pat", "bo", "amara")
"""Everybody with a role in this very group; the district’s coordinator has none."""

ROWS: dict[str, Page] = {
    # Who takes part answers for themselves; who leads reads what stands in the way; planners write down who came.
    "programmes.coming": Page(post=only(*MEMBERS, status=SAVED), about=GATHERING, send=of(answer=lambda _: "yes")),
    "programmes.in_the_way": Page(
        get=only(*MEMBERS, "bo"),
        post=only(*MEMBERS, "bo", status=SAVED),
        about=PROGRAMME,
        send=of(kind=lambda _: "cover"),
    ),
    # Outside desk/ no cookie comes, so that its form can have no token; whoever forged it would send a message
    # without a name, as anybody with the address may.
    "programmes.unnamed_barrier": Page(
        get=everyone(),
        post=everyone(SAVED),
        about=of(token=lambda w: barrier_token(w.programme)),
        send=of(kind=lambda _: "cover"),
        guarded=False,
    ),
    "programmes.barriers": Page(get=only(*LEADERS), about=PROGRAMME),
    "programmes.barrier": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=of(barrier_id=lambda w: w.barrier.pk),
        send=of(done=lambda _: "There is cover now."),
    ),
    "gatherings.attendance": Page(get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=GATHERING),
    "gatherings.attendance_of": Page(
        post=only(*PLANNERS, status=SAVED),
        about=of(gathering_id=lambda w: w.gathering.pk, person_id=lambda w: w.ours.pat.pk),
        send=of(here=lambda _: "1"),
    ),
    "gatherings.sign_in_sheet": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING, send=of(open=lambda _: "1")),
    "gatherings.here": Page(get=everyone(), about=of(code=lambda w: w.sheet.code)),
    "gatherings.own_presence": Page(
        get=only(*THE_GROUP),
        post=only(*THE_GROUP, status=SAVED),
        about=of(code=lambda w: w.sheet.code),
        send=of(here=lambda _: "1"),
    ),
    "gatherings.rates": Page(get=only(*READERS), about=PROGRAMME),
    "gatherings.closing": Page(get=only(*PLANNERS), post=only(*PLANNERS, status=SAVED), about=PROGRAMME),
    "gatherings.reopening": Page(post=only(*PLANNERS, status=SAVED), about=PROGRAMME),
    "gatherings.certificates": Page(get=only(*PLANNERS), about=PROGRAMME),
    "gatherings.certificate": Page(get=only(*MEMBERS), about=of(certificate_id=lambda w: w.certificate.pk)),
}
