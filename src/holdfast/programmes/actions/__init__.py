"""The only code that writes programmes, sessions, plans and what surrounds them."""

from holdfast.programmes.actions.plan import (
    ASIDE,
    OWN_COLUMNS,
    add_activity,
    add_gathering,
    change_activity,
    change_later,
    drop_later,
    move_activity,
    move_gathering,
    note_for_later,
    put_in_from_pack,
    remove_activity,
    remove_gathering,
    restore_from_pack,
    start_programme,
    write_why,
)

__all__ = [
    "ASIDE",
    "OWN_COLUMNS",
    "add_activity",
    "add_gathering",
    "change_activity",
    "change_later",
    "drop_later",
    "move_activity",
    "move_gathering",
    "note_for_later",
    "put_in_from_pack",
    "remove_activity",
    "remove_gathering",
    "restore_from_pack",
    "start_programme",
    "write_why",
]
