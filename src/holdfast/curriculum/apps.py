"""Registers the app and its entry in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from holdfast.web import navigation


class CurriculumConfig(AppConfig):
    """The app `curriculum`."""

    name = "holdfast.curriculum"

    def ready(self) -> None:
        """Offer the toolkits to whoever is signed in."""
        navigation.register(_("Toolkits"), "curriculum.packs", place=60)
