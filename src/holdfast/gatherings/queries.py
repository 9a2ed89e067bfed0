"""Reading rooms and rounds."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from holdfast.gatherings.asked import AskedView, questions_in
from holdfast.gatherings.asked_before import Shown, tallies_to_show
from holdfast.gatherings.closing_words import tally_of
from holdfast.gatherings.drawn.shown import asks_for
from holdfast.gatherings.flow.showing import shown_in
from holdfast.gatherings.hands.shown import HandView, hands_on_the_wire
from holdfast.gatherings.kinds import kind_of, prioritise
from holdfast.gatherings.kinds.weighing import Weight, apart, weigh
from holdfast.gatherings.models import Driver, DriverStep, Room, Round, Saying
from holdfast.gatherings.rules import contested
from holdfast.people.models import Person, Role
from holdfast.people.queries import groups_for
from holdfast.programmes.models import Gathering
from holdfast.programmes.queries import pledges_of

RUNS_A_ROOM = (Role.Kind.FACILITATOR, Role.Kind.COORDINATOR)


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as the live room needs it: nothing of it changes while it is shown."""

    id: int
    kind: str
    mode: str
    phase: str
    title: str
    prompt: str
    minutes: int
    columns: list[dict[str, str]]
    leader_labelled: bool
    screened: bool
    set_size: int | None
    besides: int
    smallest_group: int
    writing_since: datetime | None
    page: int
    turn: int = 0
    items: "tuple[ItemView, ...]" = ()
    setup: Mapping[str, Any] = field(default_factory=dict)
    sayings: "tuple[SayingView, ...]" = ()
    tally: dict[str, dict[str, int]] | None = None
    stood_still: int = 0
    asked: tuple[AskedView, ...] = ()
    hands: tuple[HandView, ...] | None = None

    @property
    def rules(self) -> ModuleType:
        """The rules of its kind in its mode."""
        return kind_of(self.kind, self.mode)

    @property
    def look(self) -> str:
        """The page it has of its own, if any."""
        return getattr(self.rules, "LOOK", "")

    @property
    def in_the_open(self) -> bool:
        """Tell whether what is written in it has a name, or is written by one for all."""
        return getattr(self.rules, "IN_THE_OPEN", False)


@dataclass(frozen=True, slots=True)
class SayingView:
    """What was written in the open, as every screen that may see it shows it. secret: its hash, never sent."""

    id: int
    place: str
    parts: dict[str, str]
    name: str
    by_when: str
    from_leader: bool
    rev: int
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ItemView:
    """A driver as every screen of the room sees it.

    sources: how many notes it came from. place: where the group put it, or "". spread: after a sealed sort, how many
    placed it where, or None where too few did to show it. contested: 0 (all alike) to 1, None before.
    agreed: None unless the group was asked about this wording. weight: after sealed priorities, what may be shown.
    forward: the group takes it into what comes next. leaders: who said what by name, afterwards. said: its words; none
    once they are struck, so that each screen says so in its own language. kept_back: it was asked about before, and so
    few came, left or changed since that the numbers would show them.
    """

    id: int
    column: str
    tone: str
    said: str
    sources: int
    from_leader: bool
    place: str
    spread: dict[str, int] | None
    contested: float | None
    agreed: bool | None
    weight: Weight | None = None
    forward: bool = False
    leaders: tuple[tuple[str, str], ...] = ()
    kept_back: bool = False

    @property
    def wording(self) -> str:
        """What a page shows, in the language of the moment."""
        return self.said or _("Removed, because it named somebody.")


@dataclass(frozen=True, slots=True)
class RoomView:
    """An open room with its newest round, ready to be shown without further reading.

    pledged: who, of the leaders, gave their word. paused_at: since when all stands still. stopped: it ended early.
    draw: the key of the slips it lets in by, 0 for the open code.
    """

    id: int
    code: str
    title: str
    group: str
    site: str
    danger_contact: str
    help_card: str
    rehearsal: bool
    pledged: tuple[str, ...]
    round: RoundView | None
    ended: bool
    paused_at: datetime | None = None
    stopped: bool = False
    draw: int = 0


def room_view(room_id: int) -> RoomView | None:
    """Return a room as screens show it, or None when there is none."""
    room = (
        Room.objects.select_related("gathering__programme__group__site", "gathering__slip_draw")
        .filter(pk=room_id)
        .first()
    )
    if room is None:
        return None
    group = room.gathering.programme.group
    newest = shown_in(room)
    return RoomView(
        id=room.pk,
        code=room.code,
        title=room.gathering.title,
        group=group.name,
        site=group.site.name,
        danger_contact=group.site.danger_contact,
        help_card=group.site.help_card,
        rehearsal=room.rehearsal,
        pledged=tuple(pledge.leader.name for pledge in pledges_of(room.gathering.programme)),
        round=round_view(newest) if newest else None,
        ended=room.ended_at is not None,
        paused_at=room.paused_at,
        stopped=room.stopped,
        draw=asks_for(room),
    )


def open_rooms() -> list[RoomView]:
    """Return every open room, for the start of the server."""
    ids = Room.objects.filter(ended_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    return [view for room_id in ids if (view := room_view(room_id))]


def open_room_by_code(code: str) -> int | None:
    """Return the number of the open room with this code, or None."""
    return Room.objects.filter(code=code, ended_at__isnull=True).order_by("pk").values_list("pk", flat=True).first()


def codes_ended_lately() -> list[str]:
    """Return the codes of rooms that ended in the last two days, so that a late phone hears the truth."""
    since = timezone.now() - timedelta(days=2)
    return list(Room.objects.filter(ended_at__gte=since).order_by("pk").values_list("code", flat=True))


def gathering_to_run(person: Person, gathering_id: int) -> Gathering:
    """Return a gathering this person may run; somebody else's answers like one that is not there."""
    gathering = (
        Gathering.objects.select_related("programme__group__site", "programme__pack", "slip_draw")
        .filter(pk=gathering_id, programme__group__in=groups_for(person, RUNS_A_ROOM))
        .first()
    )
    if gathering is None:
        raise Http404
    return gathering


def room_to_run(person: Person, room_id: int) -> Room:
    """Return a room this person may run, or answer as if there were none."""
    room = (
        Room.objects.select_related("gathering__programme__group__site", "gathering__slip_draw")
        .filter(pk=room_id, gathering__programme__group__in=groups_for(person, RUNS_A_ROOM))
        .first()
    )
    if room is None:
        raise Http404
    return room


def round_to_run(person: Person, round_id: int) -> Round:
    """Return a round this person may run, or answer as if there were none."""
    found = (
        Round.objects.select_related("room__gathering__programme__group__site")
        .filter(pk=round_id, room__gathering__programme__group__in=groups_for(person, RUNS_A_ROOM))
        .first()
    )
    if found is None:
        raise Http404
    return found


def open_room_of(gathering: Gathering) -> Room | None:
    """Return the room of a gathering that is open now, if any."""
    return gathering.rooms.filter(ended_at__isnull=True).first()


def latest_room_of(gathering: Gathering) -> Room | None:
    """Return the room of a gathering that is open, or the one that was opened last, if any."""
    return open_room_of(gathering) or gathering.rooms.filter(rehearsal=False).order_by("-opened_at", "pk").first()


def round_view(found: Round) -> RoundView:
    """Return an activity as the live room needs it."""
    return RoundView(
        id=found.pk,
        kind=found.kind,
        mode=found.mode,
        phase=found.phase,
        title=found.title,
        prompt=found.prompt,
        minutes=found.minutes,
        columns=list(found.columns) or (gathered_columns(found.room.gathering) if found.rules.SHOWS_ITEMS else []),
        leader_labelled=found.leader_labelled,
        screened=found.screened,
        set_size=found.set_size,
        besides=found.besides,
        smallest_group=found.smallest_group,
        writing_since=found.writing_since,
        page=found.wall_page,
        turn=found.circle.changes if hasattr(found, "circle") else 0,
        items=items_of(found) if found.rules.SHOWS_ITEMS else (),
        setup=found.setup,
        sayings=sayings_of(found) if found.in_the_open else (),
        tally=tally_of(found),
        stood_still=found.stood_still,
        asked=questions_in(found),
        hands=hands_on_the_wire(found, getattr(found, "circle", None)),
    )


def sayings_of(found: Round) -> tuple[SayingView, ...]:
    """Return what was written in the open and not taken back: a scribe's in order, the others by their random keys."""
    order = ("pk",) if found.rules.LOOK == "named" else ("position", "pk")
    rows = found.sayings.filter(withdrawn=False).order_by(*order)
    return tuple(_saying_view(row, row.by_when.isoformat() if row.by_when else "") for row in rows)


def _saying_view(row: Saying, by_when: str) -> SayingView:
    return SayingView(row.pk, row.place, row.parts, row.name, by_when, row.from_leader, row.rev, row.secret)


def drivers_of(gathering: Gathering) -> list[Driver]:
    """Return the drivers of a gathering that count, in the order the group sees them."""
    return list(gathering.drivers.filter(retired=False).order_by("position", "pk"))


def last_step_of(found: Round) -> DriverStep | None:
    """Return the step that can be taken back in this activity: the last one, if it was made in it.

    What was brought together is not taken back once it was sorted, nor a place while likes are brought together.
    """
    step = found.room.gathering.driver_steps.select_related("by").order_by("-number", "-pk").first()
    if step is None or (found.kind == "condense" and step.act not in {"together", "apart", "reworded"}):
        return None
    if found.kind != "condense" and (found.writing_since is None or step.at < found.writing_since):
        return None
    return step


def steps_of(gathering: Gathering, *, most: int) -> list[DriverStep]:
    """Return what was done with the drivers of a gathering, the latest first."""
    return list(gathering.driver_steps.select_related("by").defer("before").order_by("-number", "-pk")[:most])


def notes_behind(driver: Driver) -> list[Driver]:
    """Return the single drivers one was brought together from, in the order the group saw them."""
    singles = driver.gathering.drivers.filter(retired=True).order_by("position", "pk")
    wanted = set(driver.sources)
    return [d for d in singles if len(d.sources) == 1 and d.sources[0] in wanted and d.pk != driver.part_of_id]


def gathered_columns(gathering: Gathering) -> list[dict[str, Any]]:
    """Return the columns of everything that was gathered, each key once."""
    rounds = Round.objects.filter(room__gathering=gathering, kind="gather").order_by("pk")
    known = {column["key"]: column for found in rounds for column in found.columns}
    return list(known.values())


def items_of(found: Round) -> tuple[ItemView, ...]:
    """Return what a round is about: the drivers as they are now, and after the seal what the group said."""
    gathering = found.room.gathering
    asked = {d: d.pk for d in drivers_of(gathering)}
    if found.kind != "condense":
        above = dict(gathering.drivers.filter(part_of__isnull=False).values_list("pk", "part_of_id"))
        frozen = {int(key) for key in found.items}
        asked = {d: key for d in asked if (key := _asked_as(d.pk, above, frozen))}
    shown = tallies_to_show(found) if found.rules.BALLOT and found.phase == Round.Phase.SEALED else None
    if found.rules is prioritise:
        return _weighed(found, list(asked), shown)
    return tuple(_item_view(driver, found, shown, key) for driver, key in asked.items())


def _asked_as(key: int | None, above: Mapping[int, int | None], frozen: Set[int]) -> int | None:
    """Return as which item people were asked about a driver: itself, or what it was cut from, however often."""
    while key and key not in frozen:
        key = above.get(key)
    return key or None


def _item_view(driver: Driver, found: Round, shown: Shown | None, asked: int) -> ItemView:
    said = shown.tallies.of.get(driver.pk) if shown else None
    of_all = shown.tallies.of.get(asked) if shown else None
    enough = of_all is not None and sum(of_all.values()) >= found.smallest_group
    sorting = found.kind == "sort"
    return ItemView(
        id=driver.pk,
        column=driver.column,
        tone=driver.tone,
        said=driver.wording,
        sources=len(driver.sources),
        from_leader=driver.from_leader,
        place=driver.place,
        spread=said if said is not None and enough and sorting else None,
        contested=contested(of_all) if of_all is not None and enough and sorting else None,
        agreed=None if sorting or said is None else driver.agreed,
        kept_back=shown is not None and asked in shown.kept_back,
    )


def _weighed(found: Round, drivers: Sequence[Driver], shown: Shown | None) -> tuple[ItemView, ...]:
    """Return the items of priorities; before the seal, and about what too few answered, nothing of what was said."""
    items, weights = [int(key) for key in found.items], {}
    tallies, back = (shown.tallies, bool(shown.kept_back)) if shown else (None, False)
    if tallies:
        weights = weigh(found.setup, items, tallies.of, ballots=tallies.ballots, smallest=found.smallest_group)
    said = answers_of_leaders(found) if tallies else {}
    return tuple(
        ItemView(
            id=driver.pk,
            column=driver.column,
            tone=driver.tone,
            said=driver.wording,
            sources=len(driver.sources),
            from_leader=driver.from_leader,
            place=driver.place,
            spread=tallies.of.get(driver.pk) if tallies and driver.pk in weights else None,
            contested=apart(found.setup, weights.get(driver.pk)),
            agreed=None,
            weight=weights.get(driver.pk),
            forward=driver.forward,
            leaders=said.get(driver.pk, ()),
            kept_back=back and driver.pk not in weights,
        )
        for driver in drivers
    )


def answers_of_leaders(found: Round) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return for each driver what leaders said to it by name, by their names."""
    said: dict[int, tuple[tuple[str, str], ...]] = {}
    rows = found.leader_answers.order_by("leader__name", "pk").values_list("driver_id", "leader__name", "choice")
    for driver, name, choice in rows:
        said[driver] = (*said.get(driver, ()), (name, choice))
    return said
