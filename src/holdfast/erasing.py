"""Erased for good: SQLite's write-ahead log holds every page as it was, with the words on it, until it is emptied."""

import time

from django.db import connections

TRIES = 12
"""About a second and a half besides the database's own patience: a reader in the log leaves soon."""


def empty_the_log(alias: str) -> bool:
    """Empty the write-ahead log of a database; False when something was reading it all the time.

    Called outside of any transaction. Together with `secure_delete` no byte of what was erased stays in the file.
    """
    if connections[alias].vendor != "sqlite":
        return True
    for attempt in range(TRIES):
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _frames, _moved = cursor.fetchone()
        if not busy:
            return True
        time.sleep(0.02 * (attempt + 1))
    return False
