"""Who may ask for rosters, and who archives and deletes programmes."""

from tests.access.outcomes import ALL_COORDINATORS, OUR_COORDINATOR, PROGRAMME, SAVED, Page, of, only

ROWS: dict[str, Page] = {
    "people.roster_file": Page(
        get=only(*ALL_COORDINATORS),
        post=only(*ALL_COORDINATORS, status=SAVED),
        send=of(text=lambda _: "name,site,group\nAna,,"),
    ),
    # Only Dee has a roster on the table; what is on it is nobody else's.
    "people.roster_preview": Page(get=only(*OUR_COORDINATOR)),
    "people.roster_additions": Page(post=only(*OUR_COORDINATOR, status=SAVED)),
    "people.roster_changes": Page(post=only(*OUR_COORDINATOR, status=SAVED)),
    "people.roster_removal": Page(post=only(*ALL_COORDINATORS, status=SAVED)),
    "programmes.archiving": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=PROGRAMME),
    "programmes.archiving_return": Page(post=only(*OUR_COORDINATOR, status=SAVED), about=PROGRAMME),
    # A session was opened, so that it stays: the refusal is for who could delete it.
    "programmes.programme_removal": Page(post=only(*OUR_COORDINATOR, status=409), about=PROGRAMME),
}
