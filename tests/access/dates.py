"""Who may ask for dates: one's own page is everybody's, and an address is whoever's hands it is in."""

from tests.access.outcomes import GATHERING, PLANNERS, SAVED, Page, everyone, of, only, signed_in

ROWS: dict[str, Page] = {
    # --- one's own dates: everybody who is signed in has such a page; it shows the groups one is a member of ---
    "programmes.dates": Page(get=signed_in()),
    "programmes.dates_address": Page(post=signed_in(SAVED)),
    "programmes.dates_address_end": Page(post=signed_in(SAVED)),
    # Members know when their group meets, and so do those who read its plan.
    "programmes.calendar_file": Page(get=only("pat", "bo", "amara", "dee"), about=GATHERING),
    # A calendar program signs in nowhere: the address is the key. A made-up one is not there, for anybody.
    "programmes.feed": Page(get=everyone(), about=of(token=lambda w: w.start.address.token)),
    "programmes.cancellation": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=of(why=lambda _: "A visit of the board. We meet a week later."),
    ),
    "programmes.cancellation_return": Page(post=only(*PLANNERS, status=SAVED), about=GATHERING),
}
