"""Rooms that are open, said before a programme is archived."""

from django.utils.translation import gettext as _

from holdfast.gatherings.models import Room
from holdfast.programmes.models import Programme


def open_rooms_in(programme: Programme) -> list[str]:
    """Say of each open room that it goes on until somebody ends it at its desk."""
    rooms = Room.objects.filter(gathering__programme=programme, ended_at__isnull=True, rehearsal=False)
    said = _("The room of “%(title)s” is open. It goes on and is sealed as usual; end it at its desk.")
    return [
        said % {"title": room.gathering.title_now}
        for room in rooms.select_related("gathering").order_by("gathering__starts_at", "pk")
    ]
