"""What goes with a programme that is deleted and lies outside the tables: later chapters name what removes it."""

from importlib import import_module

from holdfast.programmes.models import Programme

_PATHS: list[str] = []


def register(path: str) -> None:
    """Call this function, named by its dotted path, before a programme is deleted; called in `AppConfig.ready`.

    It takes the programme, inside the transaction; what cannot be taken back it does once that is certain.
    """
    if path not in _PATHS:
        _PATHS.append(path)


def take_along(programme: Programme) -> None:
    """Have everything removed that goes with a programme and that no table holds."""
    for path in _PATHS:
        module, _dot, name = path.rpartition(".")
        getattr(import_module(module), name)(programme)
