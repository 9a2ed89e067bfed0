"""Registers the app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The app `programmes`."""

    name = "holdfast.programmes"
