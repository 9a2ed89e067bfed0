"""Every activity of the bundled pack is held in a room, through all its phases, by rehearsal phones, to its end."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.utils import timezone

from holdfast.config.asgi import application
from holdfast.curriculum.pack import Section
from holdfast.curriculum.reading import read_pack
from holdfast.gatherings import actions
from holdfast.gatherings.actions.sayings import write_saying
from holdfast.gatherings.kinds.sheets import Right, Said
from holdfast.gatherings.models import Room, Round, Saying
from holdfast.gatherings.queries import drivers_of
from holdfast.gatherings.rehearsal import Phone, Script
from holdfast.gatherings.rehearsal import phone as phones
from holdfast.gatherings.rehearsal.wire import Answer, Event, Line, NoAnswer, Refusal, read_event
from holdfast.keys import random_key
from holdfast.people.models import Person
from holdfast.programmes.models import Gathering, PlanItem, Programme
from tests.gatherings.rooms import a_gathering
from tests.wire import Message, Wire, _ask, _scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "voices"])
PHONES = 5
"""As many as the smallest group; the first of them leads."""
OVER = ("sealed", "finished")


class Inside(Line):
    """A phone's way to the application in this process: the same requests, without a socket."""

    async def ask(self, method: str, path: str, content: object = None) -> Answer:
        """Send one request."""
        body = b"" if content is None else json.dumps(content).encode()
        answer = await _ask(method, path, body, ((b"content-type", b"application/json"),))
        return Answer(answer.status, answer.headers, answer.body)

    async def events(self, path: str) -> AsyncGenerator[Event, None]:
        """Open a stream."""
        scope, _ = _scope("GET", path, ())
        sent: asyncio.Queue[Message] = asyncio.Queue()
        left, begun = asyncio.Event(), asyncio.Event()

        async def receive() -> Message:
            if not begun.is_set():
                begun.set()
                return {"type": "http.request", "body": b"", "more_body": False}
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            await sent.put(message)

        streaming = asyncio.ensure_future(application(scope, receive, send))
        try:
            start = await sent.get()
            if start["status"] != 200:
                raise Refusal(Answer(int(str(start["status"])), {}, b""))
            pending = b""
            while True:
                message = await sent.get()
                *blocks, pending = (pending + bytes(message.get("body", b""))).split(b"\n\n")
                for block in blocks:
                    if event := read_event(block):
                        yield event
                if not message.get("more_body"):
                    raise NoAnswer("the stream has ended")
        finally:
            left.set()
            streaming.cancel()


def the_sections() -> tuple[Section, ...]:
    pack = read_pack(settings.PACKS_DIR / "compassion-resilience").pack
    assert pack is not None
    return pack.sections


@contextmanager
def people_in(wire: Wire, room: Room) -> Iterator[list[Phone]]:
    """Let simulated phones live in a room until it ends."""
    script = Script(
        url="http://testserver", code=room.code, notes_each=1, seconds=0.05, texts={"": ("a word", "another word")}
    )
    crowd = [Phone(script, Random(f"{room.pk} {n}"), leads=n == 0, scribe=n == 1) for n in range(PHONES)]
    living: list[Future[None]] = [asyncio.run_coroutine_threadsafe(one.live(), wire.loop) for one in crowd]
    until(lambda: all(one.joined for one in crowd), "everybody is in")
    yield crowd
    for one in living:
        one.result(30)


def until(what: object, words: str) -> None:
    """Wait for something on the phones."""
    end = monotonic() + 30
    while not what():  # type: ignore[operator]
        assert monotonic() < end, words
        sleep(0.01)


def everybody_is_done(found: Round, crowd: list[Phone]) -> None:
    """Wait until each phone has seen the phase and has said what it wants to say in it."""
    key, phase = str(found.pk), found.phase
    until(lambda: all((p.state.get("round") or {}).get("id") == key and p.phase() == phase for p in crowd), phase)
    until(lambda: all(not p.writing and not p.outbox.waiting for p in crowd), f"written in {phase}")


def step(found: Round, by: Person) -> Round:
    """Take the next step a facilitator would take, towards the end of the activity."""
    if found.phase == "talking" and found.in_the_open:
        said = Said("", {"then": "somebody’s promise"}, "Ada", None)
        write_saying(found.pk, said=said, right=Right(random_key(), ""), by=by)
    steps: dict[str, Callable[[], Round]] = {
        "sealed": lambda: actions.seal_round(found.pk, by=by),
        "screening": lambda: actions.stop_writing(found, by=by),
        "handed": lambda: actions.hand_round(found, by=by),
        "revealed": lambda: actions.reveal(found, by=by),
        "promise": lambda: actions.ask_at_the_close(found, by=by),
        "closing": lambda: actions.close_round(found, by=by),
        "finished": lambda: actions.finish_talk(found, by=by),
    }
    if found.phase == "promise":
        return actions.begin_writing(found, by=by, small_is_agreed=True)
    if found.phase == "screening":
        actions.accept_all(found, by=by)
    ahead = found.rules.MOVES[found.phase]
    return next(take for to, take in steps.items() if to in ahead)()


def plan_of(section: Section, programme: Programme) -> Gathering:
    """Put every activity of a section into the plan of one session, those that are spare too."""
    now = timezone.now()
    gathering = Gathering.objects.create(
        programme=programme, section=section.number, title=section.title, starts_at=now,
        ends_at=now + timedelta(hours=2),
    )  # fmt: skip
    for position, activity in enumerate(section.activities, start=1):
        PlanItem.objects.create(
            gathering=gathering, position=position, activity_key=activity.key, title=activity.title,
            prompt=activity.prompt, minutes=activity.minutes, kind=activity.kind, mode=activity.mode,
            columns=[{"key": c.key, "label": c.label, "hint": c.hint, "tone": c.tone} for c in activity.columns],
        )  # fmt: skip
    return gathering


def test_E4_all_95_activities_of_the_pack_are_held_from_their_first_phase_to_their_last(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phones, "Line", Inside)
    bo, first, _, _ = a_gathering()
    held: dict[tuple[int, str], list[str]] = {}
    for section in the_sections():
        gathering = plan_of(section, first.programme)
        room = actions.open_room(gathering, by=bo)
        with people_in(wire, room) as crowd:
            for item in gathering.plan.order_by("position", "pk"):
                found = actions.start_round(room, item=item, by=bo)
                phases = held[section.number, item.activity_key] = [found.phase]
                while found.phase not in OVER:
                    everybody_is_done(found, crowd)
                    found = step(found, bo)
                    phases.append(found.phase)
                if item.kind == "sort":
                    for driver in drivers_of(gathering):
                        actions.place(found, driver_id=driver.pk, to="leadership", by=bo)
            everybody_is_done(found, crowd)
            actions.end_room(room, by=bo)
        late = [(section.number, paper) for phone in crowd for paper in phone.outbox.late]
        assert not late
        assert all(phone.ended for phone in crowd), section.number
    assert len(held) == 95
    assert {phases[-1] for phases in held.values()} == set(OVER)
    assert held[9, "strength-we-have-seen"][-1] == "finished"
    assert held[4, "what-drains-what-restores"] == [
        "promise", "writing", "screening", "revealed", "closing", "sealed"
    ]  # fmt: skip
    assert held[2, "closing-circle"] == ["talking", "promise", "writing", "closing", "sealed"]
    assert Saying.objects.filter(round__kind="commit").count() > 8
    assert Saying.objects.filter(round__kind="form", round__mode="scribe").count() == 3
