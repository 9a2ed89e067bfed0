"""Erased for good: a database keeps what was removed in its log, or in the file, until both are emptied."""

import time

from django.db import DatabaseError, connections

TRIES = 12
"""About a second and a half besides the database's own patience: a reader in the log leaves soon."""
TABLES_WITH_REMAINS = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_table_size(oid) < 67108864
AND relname <> 'django_session' ORDER BY relname
"""
"""Larger ones than 64 MB are left to autovacuum: writing them anew would stop everybody for too long."""


def empty_the_log(alias: str) -> bool:
    """Leave no byte of what was erased in the files of a database; False when something was reading it all the time.

    Called outside of any transaction. SQLite: its write-ahead log is emptied; `secure_delete` has done the rest.
    PostgreSQL: tables are written anew into files of their own. Its write-ahead log is the operator's to keep short.
    """
    if connections[alias].vendor == "postgresql":
        return _write_tables_anew(alias)
    for attempt in range(TRIES):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _frames, _moved = cursor.fetchone()
        if not busy:
            return True
        time.sleep(0.02 * (attempt + 1))
    return False


def forget_old_rows(alias: str, table: str) -> None:
    """Free what PostgreSQL keeps of rows as they were before their last change; SQLite keeps none."""
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute(f"VACUUM {connections[alias].ops.quote_name(table)}")


def _write_tables_anew(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute(TABLES_WITH_REMAINS)
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            try:
                cursor.execute(f"VACUUM (FULL) {table}")
            except DatabaseError:  # somebody was reading it for longer than the database waits
                return False
    return True
