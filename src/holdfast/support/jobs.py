"""The round of links: one thread of the server looks at each link once a week, at a new one soon."""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.utils import timezone

from holdfast.support import actions, queries
from holdfast.support.bell import BELL
from holdfast.support.looking import look_at

LOG = logging.getLogger("holdfast.support")
ROUND_SECONDS = 3600.0
AT_ONCE = 20


def look_at_what_is_due(most: int = AT_ONCE) -> int:
    """Look at the links that are due, and return how many were looked at."""
    links = queries.due_for_a_look(timezone.localdate(), most=most)
    for link in links:
        actions.note_look(link, look_at(link.url))
    return len(links)


class Watchman:
    """Goes round once an hour, and at once when the bell rings."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._on_duty: Callable[[], bool] = lambda: True

    def start(self, *, on_duty: Callable[[], bool] = lambda: True) -> None:
        """Begin in a thread of this process, unless the installation may not ask the internet.

        on_duty: whether it is for this server to look, where several share the database.
        """
        self._on_duty = on_duty
        if not settings.LOOK_AT_LINKS:
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="watchman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop; a look under way ends with the process."""
        self._stopping.set()
        BELL.set()
        if self._thread:
            self._thread.join(timeout=2)
            self._thread = None

    def _run(self) -> None:
        BELL.set()
        while not self._stopping.is_set():
            if BELL.wait(ROUND_SECONDS):
                BELL.clear()
            if self._stopping.is_set():
                break
            try:
                while self._on_duty() and look_at_what_is_due() == AT_ONCE and not self._stopping.is_set():
                    pass
            except Exception as error:  # noqa: BLE001 - the database may be busy or gone for a moment
                LOG.warning("links could not be looked at: %s", type(error).__name__)
            finally:
                connection.close()


WATCHMAN = Watchman()
