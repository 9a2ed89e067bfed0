"""Rooms that are open, said before a programme is archived."""

from django.utils.translation import gettext as _

from holdfast.gatherings.models import Room
from holdfast.programmes.models import Programme


def open_rooms_in(programme: Programme) -> list[str]:
    """Say of each open room that it goes on until somebody ends it at its desk."""
    rooms = Room.objects.filter(gathering__programme=programme, ended_at__isnull=True)
    said = _("The room of “%(title)s” is open. It goes on and is sealed as usual; end it at its desk.")
    open_ones = rooms.select_related("gathering__programme__pack").defer("gathering__programme__pack__content")
    return [said % {"title": room.gathering} for room in open_ones.order_by("gathering__starts_at", "pk")]
