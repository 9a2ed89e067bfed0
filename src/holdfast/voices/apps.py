"""Registers the app."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """The app `voices`."""

    name = "holdfast.voices"
