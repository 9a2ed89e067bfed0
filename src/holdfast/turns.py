"""Taking turns: something that no two threads, of no two servers of an installation, may do at once."""

from threading import Lock
from types import TracebackType

from django.db import connections


class Turn:
    """A lock of this process, and on PostgreSQL of all processes that share the database; it ends with the process.

    number: the lock's own number in the database, different for each turn.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._here = Lock()

    def __enter__(self) -> None:
        self._here.acquire()
        try:
            self._say("SELECT pg_advisory_lock(%s)")
        except BaseException:
            self._here.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._say("SELECT pg_advisory_unlock(%s)")
        except Exception:
            connections["default"].close()  # the lock goes with the connection
            raise
        finally:
            self._here.release()

    def _say(self, statement: str) -> None:
        if connections["default"].vendor == "postgresql":
            with connections["default"].cursor() as cursor:
                cursor.execute(statement, [self.number])
