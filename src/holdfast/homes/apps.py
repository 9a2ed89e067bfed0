"""Registers the app and its entry in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from holdfast.notifications import due
from holdfast.web import navigation


class HomesConfig(AppConfig):
    """The app `homes`."""

    name = "holdfast.homes"

    def ready(self) -> None:
        """Offer the desk to everybody who is signed in, and have the mail of the week asked for."""
        navigation.register(_("Home"), "homes.desk", place=10)
        due.register("holdfast.homes.digest.post_what_is_due")
