"""Registers the app and its entries in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from holdfast.web import navigation


class PeopleConfig(AppConfig):
    """The app `people`."""

    name = "holdfast.people"

    def ready(self) -> None:
        """Offer people to coordinators, and one's own page to everybody."""
        from holdfast.people import queries  # noqa: PLC0415 - needs the app registry

        navigation.register(_("People"), "people.organisation", place=80, shown_to=queries.may_coordinate)
        navigation.register(_("You"), "people.me", place=90)
        navigation.choose_language_at("people.me")
