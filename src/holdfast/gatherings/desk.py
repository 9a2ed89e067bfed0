"""What the desk shows of a session: the plan as a run sheet, the activity of the moment, and notes to look through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from holdfast.curriculum import pack as packs
from holdfast.gatherings.at_hand import cards_of, takes_up_notes
from holdfast.gatherings.circle.shown import Ring, ring_of
from holdfast.gatherings.closing_words import Asked, asked_at_the_close
from holdfast.gatherings.flow.rules import beside
from holdfast.gatherings.flow.showing import rounds_of
from holdfast.gatherings.flow.shown import Unfinished, unfinished_of
from holdfast.gatherings.holding import REASONS, Reason
from holdfast.gatherings.hub import HUB, Glance
from holdfast.gatherings.items import Drivers, Handing, Typed, drivers_shown, handing_of
from holdfast.gatherings.joining import WayIn, way_in
from holdfast.gatherings.kinds import kind_of, look_of, scribe
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.paper.asked import asked_in
from holdfast.gatherings.parking.shown import Parking, parking_of
from holdfast.gatherings.piles import DeskNote, sorted_out
from holdfast.gatherings.priorities import Priorities, priorities_of
from holdfast.gatherings.queries import drivers_of, latest_room_of
from holdfast.gatherings.rules import is_small
from holdfast.gatherings.said import OpenWriting, writing_of
from holdfast.gatherings.sittings import LeftClosed, left_closed_in, next_sitting_of
from holdfast.gatherings.spoken import in_words_of_now
from holdfast.gatherings.unknown import NOTHING_ASKED, Asking, asking_of
from holdfast.gatherings.wall import ItemPage, WallPage, item_page, page_of, said_page
from holdfast.gatherings.worries import WorryShown, worries_of
from holdfast.programmes import queries as plans
from holdfast.programmes.models import Gathering, Mode, PlanItem
from holdfast.programmes.rules import running_clock
from holdfast.programmes.rules.history import Usual
from holdfast.voices.admission import OPEN, Viewer
from holdfast.voices.queries import counts_of

Phase = Round.Phase
BEFORE_OR_AFTER = frozenset(
    {Phase.PROMISE, Phase.SEALED, Phase.TALKING, Phase.QUIET, Phase.FINISHED, Phase.NOT_KEPT, Phase.KEPT}
)
OVER = frozenset({Phase.SEALED, Phase.FINISHED, Phase.NOT_KEPT, Phase.KEPT})
ON_PAPER = frozenset({Phase.PROMISE, Phase.WRITING, Phase.SCREENING, Phase.REVEALED, Phase.CLOSING})
NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class Line:
    """One activity of the plan. state: done, now, ahead or skipped.

    starts_at: when it comes if all keep to their minutes. counts: what became of the notes, each time it was held.
    back: the last time it was held, if it is closed for good and can be looked at again. before, after: the activities
    beside it that are ahead too, None at either end.
    """

    item: PlanItem
    state: str
    starts_at: datetime | None
    activity: packs.Activity | None
    counts: Sequence[Mapping[str, int]] = ()
    back: Round | None = None
    usual: Usual | None = None
    before: int | None = None
    after: int | None = None
    asides: plans.Asides | None = None
    typed: str = ""

    @property
    def gathers(self) -> bool:
        """Tell whether people would write notes without names in it."""
        return "screen" in kind_of(self.item.kind, self.item.mode).may("desk", "screening")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk. left: minutes of the suggested time still ahead, None before and after it.

    sitting: the next one, in words, where notes could be read with its. closed: what earlier ones have left closed.
    back: the activity on the screens is an earlier one that the room looks back at. times: how often it was begun.
    until: when it is over if it keeps to its minutes, None where nothing is going on.
    """

    gathering: Gathering
    section: packs.Section | None
    room: Room | None
    round: Round | None
    way_in: WayIn | None
    ticket: str
    changed: int
    people: int
    written: int
    done: int
    left: int | None
    closing: int | None
    few: bool
    lines: Sequence[Line]
    ends_at: datetime
    notes: Mapping[str, Sequence[DeskNote]]
    page: WallPage | ItemPage | None
    drivers: Drivers | None = None
    handing: Handing | None = None
    priorities: Priorities | None = None
    typed: Typed = NOTHING_TYPED
    writing: OpenWriting | None = None
    asked: Sequence[Asked] = ()
    ring: Ring | None = None
    sitting: str = ""
    closed: LeftClosed = field(default_factory=LeftClosed)
    back: bool = False
    times: int = 1
    until: datetime | None = None
    unfinished: Unfinished | None = None
    parking: Parking | None = None
    asking: Asking = NOTHING_ASKED
    worries: Sequence[WorryShown] = ()
    reasons: Mapping[str, Reason] = field(default_factory=lambda: REASONS)

    @property
    def look(self) -> str:
        """The template of an activity that has a look of its own, "" for the others."""
        return look_of(self.round.kind, self.round.mode, "desk") if self.round else ""

    @property
    def forward(self) -> Sequence[str]:
        """What the group took forward, where it is worded now: nobody should have to know it by heart."""
        words = self.round is not None and self.round.kind == "form"
        return [driver.wording for driver in drivers_of(self.gathering) if driver.forward] if words else ()

    @property
    def cards(self) -> Sequence[packs.ReadyText]:
        """The cards of this section."""
        return cards_of(self.section)

    @property
    def keeps_notes(self) -> bool:
        """Tell whether notes were shown that no later activity takes up: what matters of them is kept at the desk."""
        shown = self.sealed and self.round is not None and self.round.gathers and self.notes["accepted"]
        real = self.room is not None and not self.room.rehearsal
        return bool(shown) and real and not takes_up_notes(one.item for one in self.lines if one.state == "ahead")

    @property
    def besides(self) -> int:
        """Count those who take part without a phone in this room."""
        return self.round.besides if self.round else 0

    @property
    def together(self) -> bool:
        """Tell whether what is written now is kept closed until another sitting."""
        return bool(self.sitting and self.round and self.round.setup.get("together"))

    @property
    def paper(self) -> bool:
        """Tell whether the activity of the moment can be taken part in on paper."""
        return self.round is not None and self.round.phase in ON_PAPER and asked_in(self.round) is not None

    @property
    def may_be_typed(self) -> bool:
        """Tell whether one person could type for all instead."""
        return (
            self.round is not None
            and kind_of(self.round.kind, Mode.SCRIBE) is scribe
            and not self.round.in_the_open
            and not self.round.setup.get("joined")
        )

    @property
    def now(self) -> Line | None:
        """The activity on the screens, if it is one of the plan."""
        return next((line for line in self.lines if line.state == "now"), None)

    @property
    def next(self) -> Line | None:
        """The activity that would come next."""
        return next((line for line in self.lines if line.state == "ahead"), None)

    @property
    def coming(self) -> Gathering | None:
        """The session after this one, if it has a date."""
        return plans.next_gathering(self.gathering.programme, but=self.gathering)

    @property
    def paused(self) -> bool:
        """Tell whether everything stands still."""
        return self.is_open and self.room is not None and self.room.paused_at is not None

    @property
    def may_start(self) -> bool:
        """Tell whether another activity may be started now."""
        return self.is_open and not self.paused and (self.round is None or self.round.phase in BEFORE_OR_AFTER)

    @property
    def may_look_back(self) -> bool:
        """Tell whether an earlier activity may be shown again: never while somebody may be writing."""
        return self.may_start and (self.round is None or self.round.phase != Phase.QUIET)

    @property
    def may_extend(self) -> bool:
        """Tell whether what goes on can be given more time."""
        return self.is_open and not self.is_over and self.round is not None and self.round.phase != Phase.CLOSING

    @property
    def may_leave(self) -> bool:
        """Tell whether what is on the screens can be left without closing it: nothing was collected in it yet."""
        return self.may_extend and self.round is not None and self.round.phase == Phase.PROMISE

    @property
    def may_close(self) -> bool:
        """Tell whether what is written can be closed before it was shown; elsewhere closing is the next step anyway."""
        found = self.round
        if not self.may_extend or found is None or not found.gathers or found.phase == Phase.REVEALED or self.together:
            return False
        return "closing" in found.rules.MOVES.get(found.phase, ())

    @property
    def is_open(self) -> bool:
        """Tell whether the room is open."""
        return self.room is not None and self.room.ended_at is None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is on the screens that still goes on."""
        return self.round is None or self.round.phase in OVER

    @property
    def sealed(self) -> bool:
        """Tell whether the activity of the moment, if it collects anything, is closed for good."""
        return self.round is not None and self.round.phase == Phase.SEALED

    @property
    def has_title(self) -> bool:
        """Tell whether the group goes on with what it chose, so that what comes next stands further down."""
        return self.sealed and self.round is not None and self.round.kind in {"sort", "agree", "prioritise"}

    @property
    def may_ask(self) -> bool:
        """Tell whether the group can be asked about wordings now."""
        return self.may_start and self.handing is not None and self.handing.waiting > 0

    @property
    def leads_on(self) -> str:
        """Tell what is the one next thing once the group has chosen: hand, ask, work, or next."""
        if self.has_title and self.handing and self.handing.agreed and not self.handing.waiting:
            return "hand"
        if self.has_work and self.round and self.round.kind == "sort":
            return "work"
        if self.has_title and self.may_ask and not (self.next and self.next.item.kind == "agree"):
            return "ask"
        return "next"

    @property
    def has_work(self) -> bool:
        """Tell whether the group has still to do something with what it chose, before the next activity."""
        kind = self.round.kind if self.sealed and self.round else ""
        if self.drivers is None:
            return False
        return (kind == "sort" and self.drivers.unplaced > 0) or (kind == "agree" and self.drivers.unagreed > 0)

    @property
    def undecided(self) -> int:
        """Count the notes nobody has decided about."""
        return len(self.notes["waiting"])

    @property
    def has_notes(self) -> bool:
        """Tell whether there are notes to look at."""
        return any(self.notes.values())


def desk_of(gathering: Gathering, *, one: int = 0, about: int = 0, typed: Typed | None = None) -> Desk:
    """Put together what the desk of a session shows now. Of notes it knows what its own stream is told.

    one: the driver that is being changed. about: the note a question is being written about. typed: what was typed and
    chosen when a press was refused.
    """
    changes = HUB.changes()  # first: what changes while this is read is drawn once more
    room = latest_room_of(gathering)
    rounds = rounds_of(room) if room else []
    found = next((one for one in rounds if room and one.pk == room.looks_back_id), rounds[-1] if rounds else None)
    glance = HUB.glance(room.pk, Viewer.DESK) if room and room.ended_at is None else Glance()
    left = glance.round["left"] if glance.round else None
    section = plans.content_of(gathering.programme).section(gathering.section)
    back = found is not None and found != rounds[-1]
    asides = typed.aside if typed else {}
    counts = counts_of([one.pk for one in rounds if one.gathers])  # of doubts and ballots no number is shown
    lines, ends_at, until = run_sheet(
        gathering, section, rounds, left=None if back else left, room=room, counts=counts, typed=asides
    )
    live = bool(glance.round)
    drivers = drivers_shown(found, glance.cards if live else (), one=one) if found else None
    gathers = found is not None and found.gathers
    here = room if room and room.ended_at is None else None
    nothing_on = here is None or (not here.rehearsal and (found is None or found.phase in OVER))
    notes = sorted_out(found, glance.cards if live and gathers else ())
    return Desk(
        gathering=gathering,
        section=section,
        room=room,
        round=in_words_of_now(found),
        way_in=way_in(room) if room and room.ended_at is None else None,
        ticket=OPEN.issue(room.pk, viewer=Viewer.DESK) if room and room.ended_at is None else "",
        changed=changes.get(room.pk, 0) if room else 0,
        people=glance.people,
        written=glance.written,
        done=glance.done,
        left=None if left is None else -(-left // 60),
        closing=glance.round["closing"] if glance.round else None,
        few=found is not None and is_small(glance.people + found.besides, smallest=found.smallest_group),
        lines=lines,
        ends_at=ends_at,
        notes=notes,
        page=_page(found, drivers) if found and live else None,
        drivers=drivers,
        handing=handing_of(found) if found else None,
        priorities=priorities_of(found, [entry.item for entry in drivers.in_order] if drivers else []),
        typed=typed or NOTHING_TYPED,
        writing=writing_of(found, typed.said if typed else None),
        asked=asked_at_the_close(found),
        ring=ring_of(found) if found else None,
        worries=worries_of(gathering),
        back=back,
        times=sum(one.plan_item_id == found.plan_item_id for one in rounds) if found and found.plan_item_id else 1,
        until=until,
        parking=parking_of(gathering.programme),
        unfinished=unfinished_of(gathering, rounds, [line.item for line in lines], counts, open_notes=notes)
        if room and not room.rehearsal
        else None,
        asking=asking_of(found, glance.cards if live else (), about=about, typed=typed.asking if typed else {}),
        sitting=next_sitting_of(found),
        closed=left_closed_in(gathering, here=here) if nothing_on else LeftClosed(),
    )


def run_sheet(
    gathering: Gathering,
    section: packs.Section | None,
    rounds: Sequence[Round],
    *,
    left: int | None,
    room: Room | None,
    counts: Mapping[int, Mapping[str, int]],
    typed: Mapping[int, str],
) -> tuple[list[Line], datetime, datetime | None]:
    """Return the plan line by line, when it ends if the rest keeps to its minutes, and when what goes on now ends.

    left: seconds of the activity of the moment, where they are counted. counts: of each sealed round's notes.
    """
    held, skipped = {r.plan_item_id for r in rounds}, room.left_out if room else frozenset()
    over = room is not None and room.ended_at is not None
    newest = rounds[-1] if rounds and rounds[-1].phase not in OVER else None
    current = newest.plan_item_id if newest else None
    planned = plans.run_sheet(gathering, section, history=True).lines
    ahead = [one.item for one in planned if not over and one.item.pk not in held | skipped | {current}]
    begin = max(timezone.now(), gathering.starts_at) if not rounds else timezone.now()
    begin += timedelta(seconds=max(0, _still(planned, newest, left)))
    slots = running_clock(begin, [item.minutes for item in ahead])
    starts = {item.pk: slot.starts_at for item, slot in zip(ahead, slots, strict=True)}
    order, asides = [item.pk for item in ahead], plans.asides_about(gathering, [one.item for one in planned])
    lines = []
    for one in planned:
        key = one.item.pk
        state = "now" if key == current else "done" if key in held else "skipped" if over or key in skipped else "ahead"
        mine = [r for r in rounds if r.plan_item_id == key]
        before, after = beside(order, key)
        lines.append(
            Line(
                item=one.item,
                state=state,
                starts_at=starts.get(key),
                activity=one.activity,
                usual=one.usual,
                counts=[counts[r.pk] for r in mine if r.pk in counts],
                back=next((r for r in reversed(mine) if r.phase == Phase.SEALED), None),
                before=before,
                after=after,
                asides=asides.get(key),
                typed=typed.get(key, ""),
            )
        )
    return lines, slots[-1].ends_at if slots else begin, begin if newest else None


def _page(found: Round, drivers: Drivers | None) -> WallPage | ItemPage:
    return item_page(found, drivers) or said_page(found) or page_of(found, HUB.glance(found.room_id, Viewer.WALL).cards)


def _still(planned: Sequence[plans.Line], newest: Round | None, left: int | None) -> int:
    """Return how many seconds the activity of the moment is expected to take still."""
    if newest is None or left is not None:
        return left or 0
    item = next((one.item for one in planned if one.item.pk == newest.plan_item_id), None)
    passed = (timezone.now() - item.began_at).total_seconds() if item and item.began_at else 0
    return newest.minutes * 60 - round(passed)
