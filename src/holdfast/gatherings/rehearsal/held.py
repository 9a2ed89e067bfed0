"""A made-up session held from its first note to its last ballot, through the same doors as a real one."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdfast.gatherings import actions
from holdfast.gatherings.contributions import store_ballot, store_note
from holdfast.gatherings.kinds import kind_of
from holdfast.gatherings.live import LiveRoom
from holdfast.gatherings.models import Driver, Room, Round
from holdfast.gatherings.queries import drivers_of, room_view
from holdfast.keys import LARGEST_KEY
from holdfast.people.models import Person
from holdfast.programmes import actions as plans
from holdfast.programmes.models import Gathering, Mode, PlanItem
from holdfast.voices import intake
from holdfast.voices.admission import Viewer

TITLES = {
    "gather": _("What drains us, what restores us"),
    "condense": _("Bring together"),
    "sort": _("Whose is it?"),
    "agree": _("Read what goes to leadership"),
    "prioritise": _("What comes first"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing a made-up group brings up: the notes it comes from, what they become, and where it belongs.

    part: how many of ten place it there; the others are spread. smooth: everybody would hand over the wording.
    """

    column: str
    wording: str
    place: str
    notes: tuple[str, ...] = ()
    part: int = 9
    smooth: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        """The notes, one of the same words where none are given."""
        return self.notes or (self.wording,)


def hold_session(
    gathering: Gathering, heard: Sequence[Heard], *, people: int, by: Person, seed: int
) -> dict[str, Driver]:
    """Hold a session on what a group carries, from gathering to agreeing, and return its drivers by wording.

    Every step is the action a facilitator presses, and every note and ballot passes the checks a phone's would.
    people: how many write and choose; at least as many as the smallest group whose spread is shown.
    """
    rng = Random(seed)  # noqa: S311 - a demo is the same each time; nothing in it is anybody's secret
    by_wording = {one.wording: one for one in heard}
    room = actions.open_room(gathering, by=by)
    _gather(room, heard, by=by, rng=rng)
    _condense(room, heard, by=by)
    sorting = _choose(room, "sort", by_wording, _place, people=people, by=by, rng=rng)
    for driver in drivers_of(gathering):
        actions.place(sorting, driver_id=driver.pk, to=by_wording[driver.wording].place, by=by)
    _choose(room, "agree", by_wording, _consent, people=people, by=by, rng=rng)
    actions.end_room(room, by=by)
    return {driver.wording: driver for driver in drivers_of(gathering)}


def hold_until_weighed(
    gathering: Gathering, heard: Sequence[Heard], *, people: int, forward: int, by: Person, seed: int
) -> Room:
    """Hold a session until its first priorities are weighed and some taken forward; the room stays open.

    part of each: how much it matters to people, out of ten.
    """
    rng = Random(seed)  # noqa: S311 - a demo is the same each time; nothing in it is anybody's secret
    room = actions.open_room(gathering, by=by)
    held: dict[str, Callable[[], None]] = {
        "gather": lambda: _gather(room, heard, by=by, rng=rng),
        "condense": lambda: _condense(room, heard, by=by),
    }
    for item in gathering.plan.order_by("position", "pk"):
        if item.kind == "prioritise":
            break
        if item.kind in held:
            held[item.kind]()
        elif (talk := actions.start_round(room, item=item, by=by)).phase == Round.Phase.TALKING:
            actions.finish_talk(talk, by=by)
    found = begin(room, "prioritise", by=by)
    by_wording = {one.wording: one.part for one in heard}
    parts = {str(driver.pk): by_wording[driver.wording] for driver in drivers_of(gathering)}
    budget, live = found.setup["budget"], live_room(room)
    dots = [_chosen(parts, budget, rng) for _person in range(people)]
    at_once([store_ballot(live, Viewer.PARTICIPANT, slip(found, rng, choices=own)) for own in dots])
    seal(found, by=by)
    most = sorted(parts, key=lambda key: -sum(key in own for own in dots))
    for key in most[:forward]:
        actions.take_forward(found, driver_id=int(key), forward=True, by=by)
    return room


def rest() -> None:
    """Close the store after the last made-up session; a server that starts then opens it anew."""
    intake.stop()


def _gather(room: Room, heard: Sequence[Heard], *, by: Person, rng: Random) -> None:
    found = begin(room, "gather", by=by)
    notes = [(one.column, text) for one in heard for text in one.texts]
    rng.shuffle(notes)
    live = live_room(room)
    at_once([store_note(live, Viewer.PARTICIPANT, slip(found, rng, column=c, text=text)) for c, text in notes])
    actions.reveal(found, by=by)
    seal(found, by=by)


def _condense(room: Room, heard: Sequence[Heard], *, by: Person) -> None:
    found = actions.start_round(room, item=item_of(room, "condense", by=by), by=by)
    for one in heard:
        if len(one.texts) > 1:
            likes = [driver.pk for driver in drivers_of(room.gathering) if driver.wording in one.texts]
            actions.bring_together(found, driver_ids=likes, wording=one.wording, by=by)
    seal(found, by=by)


def _choose(
    room: Room, kind: str, heard: Mapping[str, Heard], say: "Callable[[Heard, Random], str]", *,
    people: int, by: Person, rng: Random,
) -> Round:  # fmt: skip
    found = begin(room, kind, by=by)
    live = live_room(room)
    items = live.round.items if live.round else ()
    ballots = [{str(item.id): say(heard[item.wording], rng) for item in items} for _person in range(people)]
    at_once([store_ballot(live, Viewer.PARTICIPANT, slip(found, rng, choices=choices)) for choices in ballots])
    seal(found, by=by)
    return found


def _place(one: Heard, rng: Random) -> str:
    return one.place if rng.randrange(10) < one.part else rng.choice(kind_of("sort").BALLOT)


def _consent(one: Heard, rng: Random) -> str:
    return "yes" if one.smooth or rng.randrange(10) < 8 else "reword"


def _chosen(parts: Mapping[str, int], budget: int, rng: Random) -> dict[str, str]:
    """Return one person's dots: what matters more to people is drawn more often."""
    drawn = sorted(parts, key=lambda key: rng.random() ** (1 / parts[key]))
    return dict.fromkeys(drawn[-budget:], "dot")


def begin(room: Room, kind: str, *, by: Person) -> Round:
    """Begin the first activity of a kind, and let everybody write or choose."""
    started = actions.start_round(room, item=item_of(room, kind, by=by), by=by, screened=False)
    return actions.begin_writing(started, by=by, small_is_agreed=True)


def seal(found: Round, *, by: Person) -> None:
    """Close an activity for good."""
    actions.close_round(found, by=by)
    actions.close_for_good(found, by=by)


def item_of(room: Room, kind: str, *, by: Person) -> PlanItem:
    """Return the first activity of a kind; one is added where the plan has none."""
    planned = room.gathering.plan.filter(kind=kind).order_by("position", "pk").first()
    title = str(TITLES[kind])
    return planned or plans.add_activity(
        room.gathering, title=title, prompt=title, minutes=10, kind=kind, mode=Mode.UNNAMED, by=by
    )


def live_room(room: Room) -> LiveRoom:
    """Return a room as phones meet it."""
    view = room_view(room.pk)
    assert view is not None
    return LiveRoom(view, "held")


def slip(found: Round, rng: Random, **fields: object) -> dict[str, Any]:
    """Return what a phone would send, with rights of its own."""
    secrets = {name: f"{rng.getrandbits(128):032x}" for name in ("secret", "tag")}
    return {"round": str(found.pk), "id": str(rng.randint(1, LARGEST_KEY)), "rev": 1, **secrets, **fields}


def at_once(work: "Sequence[Coroutine[Any, Any, Any]]") -> None:
    """Do what phones do, all at once."""

    async def together() -> None:
        await asyncio.gather(*work)

    asyncio.run(together())
