"""Who may ask for check-ins: whoever reads the plans of a group."""

from tests.access.outcomes import PROGRAMME, READERS, SAVED, Page, next_month, of, only

CHECK_IN = of(check_in_id=lambda w: w.programme.check_ins.get().pk)
ROWS: dict[str, Page] = {
    "programmes.check_ins": Page(
        get=only(*READERS),
        post=only(*READERS, status=SAVED),
        about=PROGRAMME,
        send=lambda _: {"planned_on": next_month(), "times": "1"},
    ),
    "programmes.check_in": Page(
        get=only(*READERS), post=only(*READERS, status=SAVED), about=CHECK_IN, send=of(found=lambda _: "going")
    ),
    "programmes.check_in_removal": Page(post=only(*READERS, status=SAVED), about=CHECK_IN),
}
