"""Registers the app and its entry in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from holdfast.web import navigation


class ReportBackConfig(AppConfig):
    """The app `report_back`."""

    name = "holdfast.report_back"

    def ready(self) -> None:
        """Offer answers to those who have plans to read: they facilitate, lead or coordinate a group."""
        from holdfast.gatherings import afterwards  # noqa: PLC0415 - needs the app registry
        from holdfast.programmes import loose_ends, queries  # noqa: PLC0415
        from holdfast.report_back.queries.handed import handed_from, listed_from  # noqa: PLC0415

        afterwards.register(afterwards.Asked(handed=handed_from, listed=listed_from))
        loose_ends.register("holdfast.report_back.loose_ends.unanswered_in")
        shown_to = queries.may_read_plans
        navigation.register(_("Answers"), "report_back.answers", place=30, shown_to=shown_to, opens="report_back.")
