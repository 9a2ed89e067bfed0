"""Registers the system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app that holds everything together; it has no tables."""

    name = "holdfast.config"

    def ready(self) -> None:
        """Load the checks, which register themselves."""
        from holdfast.config import checks  # noqa: F401, PLC0415 - needs the app registry
