"""Registers the app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The app `support`."""

    name = "holdfast.support"
