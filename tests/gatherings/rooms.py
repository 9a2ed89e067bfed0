"""Rooms made for tests: a gathering with one activity of each kind, opened and brought to the phase wanted."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from holdfast.curriculum.models import PackVersion
from holdfast.gatherings import actions
from holdfast.gatherings.models import Room, Round
from holdfast.people.models import Group, Organisation, Person, Role, Site
from holdfast.programmes.models import Gathering, Mode, PlanItem, Programme
from holdfast.voices.admission import Viewer
from tests.wire import Phone, Stream, Wire, phone

EMPTY_PACK = {
    **dict.fromkeys(("key", "title", "version", "language", "licence", "about"), ""), "authors": [], "sections": [],
}  # fmt: skip
COLUMNS = [
    {"key": "drains", "label": "Drains", "hint": "", "tone": "drains"},
    {"key": "restores", "label": "Restores", "hint": "", "tone": "restores"},
]


@dataclass(slots=True)
class Stage:
    """One room with its people."""

    bo: Person
    gathering: Gathering
    gather: PlanItem
    talk: PlanItem
    room: Room
    round: Round

    def phone(self, wire: Wire, viewer: Viewer = Viewer.PARTICIPANT) -> Phone:
        """Return a phone that has joined this room's round."""
        return phone(wire, self.room.code, self.room.pk, self.round.pk, viewer)

    def stream(self, wire: Wire, viewer: Viewer) -> Stream:
        """Return an open stream of this room."""
        return wire.open_stream(self.room.code, self.room.pk, viewer)


def a_gathering() -> tuple[Person, Gathering, PlanItem, PlanItem]:
    """Return a facilitator and a gathering with a gather and a talk in its plan."""
    organisation = Organisation.objects.create(name="Maple County Schools")
    site = Site.objects.create(
        organisation=organisation, name="Maple Street School", danger_contact="the office, 555 0100"
    )
    group = Group.objects.create(site=site, name="Grade 4 team")
    bo = Person.objects.create(organisation=organisation, name="Bo Lindqvist")
    Role.objects.create(person=bo, kind=Role.Kind.FACILITATOR, group=group)
    pack, _ = PackVersion.objects.get_or_create(
        key="p",
        version="1",
        defaults={"title": "Pack", "digest": "0", "content": EMPTY_PACK, "loaded_at": timezone.now()},
    )
    programme = Programme.objects.create(group=group, pack=pack, started_on=timezone.now().date())
    now = timezone.now()
    gathering = Gathering.objects.create(
        programme=programme, section=4, title="Drivers", starts_at=now, ends_at=now + timedelta(hours=1)
    )
    gather = PlanItem.objects.create(
        gathering=gathering, position=1, title="What drains us, what restores us", minutes=10,
        kind="gather", mode=Mode.UNNAMED, columns=COLUMNS,
    )  # fmt: skip
    talk = PlanItem.objects.create(
        gathering=gathering, position=2, title="What surprises you?", minutes=10, kind="talk", mode=Mode.SPOKEN
    )
    return bo, gathering, gather, talk


def a_room(*, writing: bool = True, screened: bool = True) -> Stage:
    """Return an open room whose gather is before writing, or already writing."""
    bo, gathering, gather, talk = a_gathering()
    room = actions.open_room(gathering, by=bo)
    found = actions.start_round(room, item=gather, by=bo, screened=screened)
    if writing:
        found = actions.begin_writing(found, by=bo, small_is_agreed=True)
    return Stage(bo, gathering, gather, talk, room, found)
