"""Which activity the screens of a room show."""

from holdfast.gatherings.models import Room, Round


def shown_in(room: Room) -> Round | None:
    """Return the activity that all screens show: the newest, or an earlier one that the room looks back at."""
    rounds = room.rounds.select_related("circle")
    earlier = rounds.filter(pk=room.looks_back_id).first() if room.looks_back_id else None
    return earlier or rounds.order_by("-position", "-pk").first()


def rounds_of(room: Room) -> list[Round]:
    """Return what was held in a room, in order."""
    return list(room.rounds.order_by("position", "pk"))
