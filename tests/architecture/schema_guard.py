"""Reads a real database file and says what in it could remember who wrote, when, or in which order."""

import re
import sqlite3
from collections.abc import Iterator

SCHEMA_HISTORY = "django_migrations"
"""Django's own list of schema changes: no row of it is about anybody."""
TIME = re.compile(r"date|time|year|stamp", re.IGNORECASE)
TELLING = re.compile(
    r"(^|_)(at|on|when|since|until|created|updated|changed|modified|order|position|sequence|seq|number|nr|rev|version|"
    r"person|author|writer|user|member|by|session|device|phone|ip|agent|address|ticket|token|secret|tag|hash|leader_id)(_|$)",
    re.IGNORECASE,
)
ALLOWED_COLUMNS = {
    "voices_voiceround": {"id", "state", "items", "shown", "held", "waiting", "withdrawn"},
    "voices_intake": {"id", "round_id", "sealed"},
    "voices_note": {"id", "round_id", "column", "text", "from_leader", "standing", "about_id", "question"},
    # about_id and question: what is answered hangs below its note's fresh row, without a time or an author
    "voices_tally": {"id", "round_id", "item", "choice", "count"},  # written once, at the seal, in random order
}
"""Every column there may be; a new one is argued for here, in the review of this very line."""


def findings(connection: sqlite3.Connection, *, allowed: dict[str, set[str]] = ALLOWED_COLUMNS) -> Iterator[str]:
    """Yield one sentence for everything in the database that could give a writer away."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    tables = {name: sql for kind, name, _, sql in rows if kind == "table" and not name.startswith("sqlite_")}
    for kind, name, table, _ in rows:
        if kind in {"trigger", "view"}:
            yield f"{kind} {name} on {table}: nothing runs behind the store's back."
    for table, sql in sorted(tables.items()):
        if table != SCHEMA_HISTORY:
            yield from _table(connection, table, sql, allowed)


def _table(connection: sqlite3.Connection, table: str, sql: str, allowed: dict[str, set[str]]) -> Iterator[str]:
    columns = [(name, kind, key) for _, name, kind, _, _, key in connection.execute(f'PRAGMA table_info("{table}")')]
    yield from _key(table, sql, [(name, kind) for name, kind, key in columns if key])
    for name, kind, _ in columns:
        if TIME.search(kind) or TIME.search(name):
            yield f"{table}.{name} ({kind}) can hold a time."
        if TELLING.search(name):
            yield f"{table}.{name} is named like something that tells who, when or in which order."
        if name not in allowed.get(table, set()):
            yield f"{table}.{name} is not on the list of columns."
    for _, _, target, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
        if not target.startswith("voices_"):
            yield f"{table}.{column} refers to {target}, outside the store."
    for _, index, *_ in connection.execute(f'PRAGMA index_list("{table}")'):
        over = [name for _, _, name in connection.execute(f'PRAGMA index_info("{index}")')]
        if over != ["round_id"]:
            yield f"{table} has an index over {', '.join(map(str, over))}: a second order of its rows."


def _key(table: str, sql: str, keys: list[tuple[str, str]]) -> Iterator[str]:
    """A key that is not exactly one `integer` leaves SQLite's hidden rowid, which counts arrivals."""
    if [kind.lower() for _, kind in keys] != ["integer"]:
        yield f"{table} has the key {keys}: anything but one `integer` keeps the order of arrival in a hidden rowid."
    if re.search(r"\bautoincrement\b", sql, re.IGNORECASE):
        yield f"{table} counts its rows (AUTOINCREMENT)."
    if re.search(r"\bwithout\s+rowid\b", sql, re.IGNORECASE):
        yield f"{table} is WITHOUT ROWID: pages then hold rows in the order of the declared key; use `integer`."
