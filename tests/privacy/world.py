"""Gatherings simulated on the real application, and everything an attacker could have collected about them."""

import io
import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from holdfast.gatherings import actions, box
from holdfast.gatherings.actions.paper import Sheet, type_ballot, type_card
from holdfast.gatherings.hub import HUB
from holdfast.gatherings.kinds import kind_of, prioritise
from holdfast.gatherings.models import Driver, Room, Round
from holdfast.keys import random_key
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering, PlanItem
from holdfast.voices.admission import Viewer, new_code
from holdfast.voices.intake import open_round
from holdfast.voices.models import VoiceRound
from tests.gatherings.rooms import COLUMNS, a_gathering
from tests.privacy.loot import ServerFiles, SqliteFiles, loot
from tests.wire import Phone, Wire, phone


@dataclass(slots=True)
class Meeting:
    """One gathering as the attacker knows it.

    people: who came, in the order in which each pressed "Add" (the attacker watched the room: the worst case).
    wrote: the truth, person to text, looked at only by the referee. copies: the voices database after each note, as a
    backup that runs all night would have it. requests, answers: all bytes up and down. frames: what the desk's and a
    phone's stream sent, in order. log: every line the server logged. files, rows: both databases with their logs, and
    the sealed notes as (id, text) in row order, when the meeting is over. Each meeting is the only one its files hold:
    among the notes of others a page says less. bookkeeping: texts in the order of PostgreSQL's transaction numbers, and
    in the order of a dump; and what all other tables hold, row by row.
    """

    round_id: int
    people: list[str]
    wrote: dict[str, str]
    copies: list[dict[int, bytes]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    rows: list[tuple[int, str]] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)
    bookkeeping: dict[str, list[str]] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """Return the published texts in an order that says nothing."""
        return sorted(self.wrote.values())


ITEMS = 12
RATINGS = prioritise.SCALES["rating"]
SETUP = {"prioritise": {"manner": "rating", "budget": 0}}
WRITTEN = ("gather", "stories", "cards")
PAPER, HALF = "paper", "half on paper"
WORDS = [
    "plan",
    "cover",
    "door",
    "lunch",
    "bell",
    "notes",
    "phone",
    "class",
    "form",
    "hall",
    "desk",
    "child",
    "week",
    "shift",
    "ward",
    "file",
    "team",
    "late",
]


def a_text(rng: Random) -> str:
    """Return a note nobody else writes, of a length people write."""
    return f"{' '.join(rng.choices(WORDS, k=rng.randint(2, 14)))} {secrets.token_hex(4)}"


def simulate(
    wire: Wire, *, meetings: int, seed: int, people: tuple[int, int] = (6, 12), kind: str = "gather"
) -> list[Meeting]:
    """Hold gatherings over HTTP and collect the loot; each person writes one note or hands in one ballot.

    kind: gather, where all notes are shown at the end; cards, which stand on paper and are typed in at the desk;
    stories, which are handed round; sort, agree, prioritise or close, where a person's whole ballot must not be found;
    or box, where people reply to a question outside a meeting. Before a kind: "paper", where all ballots are typed in
    at the desk, or "half on paper", where every second one is.
    """
    rng = Random(seed)
    bo, gathering, item, _ = a_gathering()
    with listening() as lines:
        if kind == "box":
            return [_collect(wire, rng, lines, rng.randint(*people)) for _ in range(meetings)]
        return [_hold(wire, rng, bo, gathering, item, lines, rng.randint(*people), kind) for _ in range(meetings)]


def _hold(
    wire: Wire, rng: Random, bo: Person, gathering: Gathering, item: PlanItem, lines: io.StringIO, size: int, kind: str
) -> Meeting:
    manner, _, kind = kind.rpartition(" ")
    room, found = _room(gathering, item, bo, kind)
    names = [f"person {n}" for n in range(size)]
    rng.shuffle(names)
    meeting = Meeting(found.pk, names, _what_they_say(rng, names, kind))
    desk = wire.open_stream(room.code, room.pk, Viewer.DESK)
    wall = wire.open_stream(room.code, room.pk, Viewer.WALL)
    begin, found_here = lines.tell(), loot()
    found_here.begin()
    wire.keep_log, wire.log = True, []
    for number, name in enumerate(names):
        if manner == PAPER or (manner == HALF and number % 2):
            _type_in(found, meeting.wrote[name])
        else:
            _say(phone(wire, room.code, room.pk, found.pk), meeting.wrote[name], found, kind)
        meeting.copies.append(found_here.copy_of_intake())
    meeting.requests = [body for _, body, _ in wire.log]
    meeting.answers = [body for _, _, body in wire.log]
    wire.keep_log = False
    if kind in WRITTEN:
        actions.stop_writing(found, by=bo)
        wire.settle(0.01)
        actions.accept_all(found, by=bo)
        (actions.hand_round if kind == "stories" else actions.reveal)(found, by=bo)
        wire.settle(0.01)
    actions.close_round(found, by=bo)
    actions.seal_round(found.pk, by=bo)
    actions.end_room(room, by=bo)
    wire.settle()
    meeting.frames = [bytes(desk.body), bytes(wall.body)]
    wire.close_streams()
    lines.seek(begin)
    meeting.log = lines.read().splitlines()
    _collect_files(meeting, found_here)
    _forget(found.pk)
    meeting.keys = {path.stem: path.read_bytes() for path in (Path(settings.KEY_DIR) / "rounds").glob("*.key")}
    return meeting


def _collect(wire: Wire, rng: Random, lines: io.StringIO, size: int) -> Meeting:
    """Let people reply to a question through its box, and close it."""
    key = random_key()
    box.open_box(key)
    names = [f"person {n}" for n in range(size)]
    rng.shuffle(names)
    meeting = Meeting(key, names, _what_they_say(rng, names, "box"))
    begin, found_here = lines.tell(), loot()
    found_here.begin()
    for name in names:
        form = {
            "id": str(random_key()),
            "secret": secrets.token_hex(16),
            "tag": secrets.token_hex(16),
            "rev": "1",
            "text": meeting.wrote[name],
        }
        wire.run(box.store_reply(key, form))
        meeting.requests.append(json.dumps(form).encode())
        meeting.copies.append(found_here.copy_of_intake())
    box.close_box(key)
    lines.seek(begin)
    meeting.log = lines.read().splitlines()
    _collect_files(meeting, found_here)
    _forget(key)
    meeting.keys = {path.stem: path.read_bytes() for path in (Path(settings.KEY_DIR) / "rounds").glob("*.key")}
    return meeting


def _what_they_say(rng: Random, names: list[str], kind: str) -> dict[str, str]:
    if kind in {*WRITTEN, "box"}:
        return {name: a_text(rng) for name in names}
    said: set[str] = set()
    while len(said) < len(names):
        rules = kind_of(kind, "unnamed")
        scale = RATINGS if kind == "prioritise" else rules.BALLOT
        said.add(",".join(rng.choice(scale) for _ in getattr(rules, "QUESTIONS", range(ITEMS))))
    return dict(zip(names, rng.sample(sorted(said), len(names)), strict=True))


def _say(one: Phone, text: str, found: Round, kind: str) -> None:
    if kind == "cards":
        sheet = Sheet(random_key(), secrets.token_hex(16), secrets.token_hex(16))
        type_card(found, column="drains", text=text, sheet=sheet)
        return
    if kind in WRITTEN:
        assert one.write(text).status == 201
        return
    slip = {
        "ticket": one.ticket,
        "round": str(found.pk),
        "id": str(secrets.randbits(62) + 1),
        "secret": secrets.token_hex(16),
        "tag": one.tag,
        "rev": 1,
        "choices": dict(zip(found.items, text.split(","), strict=True)),
    }
    assert one.wire.post(f"/r/{one.code}/ballots/", slip).status == 201


def _type_in(found: Round, text: str) -> None:
    sheet = Sheet(random_key(), secrets.token_hex(16), secrets.token_hex(16))
    type_ballot(found, choices=dict(zip(found.items, text.split(","), strict=True)), sheet=sheet)


def _room(gathering: Gathering, item: PlanItem, bo: Person, kind: str) -> tuple[Room, Round]:
    kind = "gather" if kind == "cards" else kind
    rules = kind_of(kind, "unnamed")
    questions: list[int] = list(getattr(rules, "QUESTIONS", ()))
    drivers = [
        Driver.objects.get_or_create(gathering=gathering, position=n, defaults={"wording": f"item {n}"})[0]
        for n in range(ITEMS if rules.BALLOT and not questions else 0)
    ]
    items = questions or [driver.pk for driver in drivers]
    room = Room.objects.create(gathering=gathering, code=new_code(), opened_by=bo, opened_at=timezone.now())
    found = Round.objects.create(
        room=room, plan_item=item, position=1, kind=kind, mode="unnamed", title=item.title, minutes=10,
        columns=COLUMNS, items=[str(i) for i in items], setup=SETUP.get(kind, {}), phase="writing", set_size=9,
        writing_since=timezone.now(),
    )  # fmt: skip
    open_round(found.pk, items=items)
    HUB.refresh(room.pk)
    return room, found


def _forget(round_id: int) -> None:
    """Begin the next meeting with fresh files."""
    VoiceRound.objects.filter(pk=round_id).delete()
    loot().empty()


def _collect_files(meeting: Meeting, found_here: SqliteFiles | ServerFiles) -> None:
    meeting.log += found_here.log()
    meeting.bookkeeping = found_here.bookkeeping()
    meeting.files, meeting.rows = found_here.files(), found_here.rows()


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """Collect everything any part of the server logs, at the most talkative level."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
