"""What is still open in a programme, said before it is archived: later chapters name, by dotted path, what tells it."""

from importlib import import_module

from holdfast.programmes.models import Programme

_PATHS: list[str] = []


def register(path: str) -> None:
    """Ask this function, named by its dotted path, what is still open; called in `AppConfig.ready`.

    It takes a programme and returns sentences: what is open, and what becomes of it.
    """
    if path not in _PATHS:
        _PATHS.append(path)


def loose_ends_of(programme: Programme) -> list[str]:
    """Return what is still open in a programme, a sentence each, with what becomes of it."""
    found: list[str] = []
    for path in _PATHS:
        module, _dot, name = path.rpartition(".")
        found += getattr(import_module(module), name)(programme)
    return found
