"""Registers the app."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """The app `gatherings`."""

    name = "holdfast.gatherings"

    def ready(self) -> None:
        """Have open rooms said before a programme is archived."""
        from holdfast.programmes import loose_ends  # noqa: PLC0415 - needs the app registry

        loose_ends.register("holdfast.gatherings.loose_ends.open_rooms_in")
