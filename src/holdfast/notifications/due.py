"""What is asked for time and again: apps name, by dotted path, what posts the mails that have become due."""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from django.utils import timezone

LOG = logging.getLogger("holdfast.notifications")
_PATHS: list[str] = []


def register(path: str) -> None:
    """Ask this function, named by its dotted path, whether something is due; called in `AppConfig.ready`.

    It takes the moment of asking, posts what is due, each thing once, and returns how many mails that made.
    """
    if path not in _PATHS:
        _PATHS.append(path)


def registered() -> tuple[str, ...]:
    """Return everything that is asked."""
    return tuple(_PATHS)


def post_what_is_due(now: datetime | None = None) -> int:
    """Ask everyone; whoever fails is asked again in the next round and keeps nobody else from being asked."""
    now, made = now or timezone.now(), 0
    for path in _PATHS:
        try:
            made += _called(path)(now)
        except Exception as error:  # noqa: BLE001 - one kind of reminder must not silence the others
            LOG.warning("%s could not be asked: %s", path, type(error).__name__)
    return made


def _called(path: str) -> Callable[[datetime], int]:
    module, _dot, name = path.rpartition(".")
    found: Callable[[datetime], int] = getattr(import_module(module), name)
    return found
