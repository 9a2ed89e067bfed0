"""Registers the app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The app `notifications`."""

    name = "holdfast.notifications"
