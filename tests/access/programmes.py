"""Who may ask for the pages of programmes."""

from tests.access.outcomes import (
    ALL_PLANNERS,
    ALL_READERS,
    GATHERING,
    ITEM,
    LATER,
    LEADERS,
    PLANNERS,
    PROGRAMME,
    READERS,
    SAVED,
    Page,
    next_month,
    of,
    only,
)

ROWS: dict[str, Page] = {
    # --- programmes: facilitators and coordinators plan, leaders read, nobody else sees a plan ---
    "programmes.programmes": Page(get=only(*ALL_READERS)),
    "programmes.new_programme": Page(
        get=only(*ALL_PLANNERS),
        # The other school's team is for its own people and the district; the form of others cannot choose it.
        post=only("dee", "fay", "sam", status=SAVED) | {"bo": 422, "hana": 422, "jun": 422},
        send=of(
            group=lambda w: w.ours.other_group.pk,
            pack=lambda w: w.pack.pk,
            setting=lambda _: "schools",
            started_on=lambda _: "2026-02-02",
        ),
    ),
    "programmes.programme": Page(get=only(*READERS), about=PROGRAMME),
    "programmes.new_gathering": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=PROGRAMME,
        send=lambda _: {"section": 1, "day": next_month(), "starts": "15:00", "ends": "16:00"},
    ),
    "programmes.gathering": Page(get=only(*READERS), about=GATHERING),
    "programmes.gathering_when": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=lambda _: {"day": next_month(), "starts": "15:00", "ends": "16:00"},
    ),
    # It has been opened, so that it stays: the refusal is for those who could remove it.
    "programmes.gathering_removal": Page(post=only(*PLANNERS, status=409), about=GATHERING),
    "programmes.new_activity": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=GATHERING,
        send=lambda _: {"title": "Walk", "minutes": 10, "kind": "talk"},
    ),
    "programmes.activity_from_pack": Page(
        post=only(*PLANNERS, status=409), about=GATHERING, send=of(activity_key=lambda w: w.item.activity_key)
    ),
    "programmes.activity": Page(
        get=only(*PLANNERS),
        post=only(*PLANNERS, status=SAVED),
        about=ITEM,
        send=of(title=lambda _: "Notes", minutes=lambda _: 12, mode=lambda w: w.item.mode),
    ),
    "programmes.activity_earlier": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_later": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_removal": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    "programmes.activity_pack_wording": Page(post=only(*PLANNERS, status=SAVED), about=ITEM),
    # --- a leader's own pages: why, and a list nobody else sees ---
    "programmes.whys": Page(
        get=only(*LEADERS),
        post=only(*LEADERS, status=SAVED),
        about=PROGRAMME,
        send=of(kind=lambda _: "own", text=lambda _: "To listen."),
    ),
    "programmes.why_striking": Page(post=only(*LEADERS, status=SAVED), about=of(why_id=lambda w: w.why.pk)),
    "programmes.communicate_later": Page(
        get=only(*LEADERS), post=only(*LEADERS, status=SAVED), about=PROGRAMME, send=of(text=lambda _: "Cover.")
    ),
    "programmes.later_note": Page(
        get=only(*LEADERS), post=only(*LEADERS, status=SAVED), about=LATER, send=of(text=lambda _: "Cover, by Chi.")
    ),
    "programmes.later_removal": Page(post=only(*LEADERS, status=SAVED), about=LATER),
}
