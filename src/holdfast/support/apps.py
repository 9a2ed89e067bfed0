"""Registers the app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The app `support`."""

    name = "holdfast.support"

    def ready(self) -> None:
        """Have the files of handouts go with a programme that is deleted."""
        from holdfast.programmes import deleting  # noqa: PLC0415 - needs the app registry

        deleting.register("holdfast.support.actions.resources.remove_files_of")
