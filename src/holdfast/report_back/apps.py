"""Registers the app."""

from django.apps import AppConfig


class ReportBackConfig(AppConfig):
    """The app `report_back`."""

    name = "holdfast.report_back"
