"""Letting it be another moment: everything here asks the clock through `django.utils.timezone`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Let it be this moment inside."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield moment
