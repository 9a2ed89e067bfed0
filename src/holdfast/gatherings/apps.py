"""Registers the app."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """The app `gatherings`."""

    name = "holdfast.gatherings"
