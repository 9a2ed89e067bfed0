"""Made-up sessions that went otherwise than planned: paper, a held note, late words; and one that waits for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from holdfast.gatherings import actions
from holdfast.gatherings.actions import flow, holding, paper, sittings
from holdfast.gatherings.contributions import store_note
from holdfast.gatherings.hub import read_cards
from holdfast.gatherings.models import Room, Round
from holdfast.gatherings.parking.late import store_late_words
from holdfast.gatherings.rehearsal.held import at_once, item_of, live_room, seal, slip
from holdfast.keys import LARGEST_KEY
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.voices.admission import Viewer
from holdfast.voices.intake import Standing

Written = tuple[str, str]
"""In which column a note stands, and its words."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What happened: notes from phones, cards that were typed in, what was held and why, and what came too late.

    held: the words of the note and the reason its author was told. longer: by how many minutes the writing went on.
    """

    notes: Sequence[Written]
    cards: Sequence[Written]
    held: Sequence[Written]
    late: Sequence[str]
    longer: int


def hold_otherwise(gathering: Gathering, what: Otherwise, *, by: Person, seed: int) -> Room:
    """Hold a session in which the last talk is skipped, so that there is time to write; return its room, over."""
    rng = Random(seed)  # noqa: S311 - a demo is the same each time; nothing in it is anybody's secret
    room = actions.open_room(gathering, by=by)
    plan = list(gathering.plan.order_by("position", "pk"))
    skipped = [one for one in plan if one.kind == "talk"][-1]
    flow.leave_out(room, item=skipped, by=by)
    for item in plan:
        if item.kind == "gather":
            found = _write(room, item, what, by=by, rng=rng)
            seal(found, by=by)
        elif item != skipped:
            actions.finish_talk(actions.start_round(room, item=item, by=by), by=by)
    live = live_room(room)
    at_once([store_late_words(live, Viewer.PARTICIPANT, slip(found, rng, text=text)) for text in what.late])
    return actions.end_room(room, by=by)


def write_for_another_sitting(gathering: Gathering, notes: Sequence[Written], *, by: Person, seed: int) -> Round:
    """Let the first sitting of a session write, and leave it closed until the next has written too."""
    rng = Random(seed)  # noqa: S311 - as above
    room = actions.open_room(gathering, by=by)
    found = actions.start_round(room, item=item_of(room, "gather", by=by), by=by)
    sittings.read_together(found, together=True, by=by)
    found = actions.begin_writing(found, by=by, small_is_agreed=True)
    _send(found, notes, rng)
    kept = sittings.keep_closed(found, by=by)
    actions.end_room(room, by=by)
    return kept


def _write(room: Room, item: PlanItem, what: Otherwise, *, by: Person, rng: Random) -> Round:
    found = actions.start_round(room, item=item, by=by)
    paper.count_papers(found, people=len(what.cards), by=by)
    found = actions.begin_writing(found, by=by, small_is_agreed=True)
    _send(found, what.notes, rng)
    for column, text in what.cards:
        sheet = paper.Sheet(rng.randint(1, LARGEST_KEY), f"{rng.getrandbits(128):032x}", f"{rng.getrandbits(128):032x}")
        paper.type_card(found, column=column, text=text, sheet=sheet)
    flow.extend(found, minutes=what.longer, seen=found.minutes, by=by)
    actions.stop_writing(found, by=by)
    cards = read_cards(live_room(room).round)
    for text, reason in what.held:
        holding.hold_and_tell(found, public_ids=[c.id for c in cards if c.text == text], reason=reason, by=by)
    rest = [card.id for card in cards if card.text not in {text for text, _reason in what.held}]
    actions.screen_notes(found, public_ids=rest, standing=Standing.ACCEPTED, by=by)
    return actions.reveal(found, by=by)


def _send(found: Round, notes: Sequence[Written], rng: Random) -> None:
    live = live_room(found.room)
    mixed = rng.sample(list(notes), k=len(notes))
    at_once([store_note(live, Viewer.PARTICIPANT, slip(found, rng, column=c, text=text)) for c, text in mixed])
