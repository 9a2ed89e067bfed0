"""Registers the app."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """The app `curriculum`."""

    name = "holdfast.curriculum"
