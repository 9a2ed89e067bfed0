"""Registers the app and its entry in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from holdfast.notifications import due
from holdfast.web import navigation


class ProgrammesConfig(AppConfig):
    """The app `programmes`."""

    name = "holdfast.programmes"

    def ready(self) -> None:
        """Offer programmes to those who have plans to read, and have the mail the evening before asked for."""
        from holdfast.programmes import queries  # noqa: PLC0415 - needs the app registry

        navigation.register(_("Programmes"), "programmes.programmes", place=20, shown_to=queries.may_read_plans)
        due.register("holdfast.programmes.reminders.post_what_is_due")
