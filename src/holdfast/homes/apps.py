"""Registers the app."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """The app `homes`."""

    name = "holdfast.homes"
