"""One transaction of the named records at a time, as on SQLite: every rule was written and tested for that."""

from django.db.backends.postgresql import base

ONE_WRITER = 4_242_001
"""The number of the lock. It is PostgreSQL's own, so that it holds for all servers of an installation."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the lock when a transaction begins; PostgreSQL gives it back with the commit, or with the connection.

    Without it two desks that press at once would each check, then each write: SQLite's IMMEDIATE transactions never let
    them. Reading outside a transaction waits for nobody.
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_WRITER])
