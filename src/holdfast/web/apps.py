"""Registers the app."""

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The app `web`."""

    name = "holdfast.web"

    def ready(self) -> None:
        """Let every form ask for what is missing in the words of the product."""
        Field.default_error_messages["required"] = _("Please fill this in.")
